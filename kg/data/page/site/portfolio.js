/* What each place does as a set of programmes, and how alike two sets are. */
(function () {
  "use strict";
  KG.alive = (cell) => Boolean(cell) && cell.realised + cell.planned > 0;

  /* Place that has a report -> the programmes it realises or plans, as far as they pass the filter. */
  KG.portfolios = function () {
    const found = new Map(KG.shownRegions().filter((r) => KG.covered.has(r)).map((r) => [r, new Set()]));
    KG.cells().forEach((row, programme) => row.forEach(function (cell, region) {
      if (found.has(region) && KG.alive(cell)) found.get(region).add(programme);
    }));
    return found;
  };
  /* The same turned round: programme -> the places that have it, the widest spread first. */
  KG.spreads = function () {
    const found = new Map();
    KG.portfolios().forEach((programmes, region) => programmes.forEach(function (p) {
      if (!found.has(p)) found.set(p, new Set());
      found.get(p).add(region);
    }));
    return new Map(Array.from(found).sort((a, b) => b[1].size - a[1].size || a[0] - b[0]));
  };
  /* |A∩B| / |A∪B| (Jaccard 1901) and |A∩B| / √(|A|·|B|) (Salton and McGill 1983), as kg/views/alike.py has them. */
  KG.alike = function (one, two) {
    const shared = Array.from(one).filter((n) => two.has(n)).sort((a, b) => a - b), all = one.size + two.size - shared.length;
    return {
      shared, all, onlyA: one.size - shared.length, onlyB: two.size - shared.length,
      jaccard: all ? shared.length / all : 0, cosine: shared.length ? shared.length / Math.sqrt(one.size * two.size) : 0,
    };
  };
  /* The other places by how alike they are to one, those that share nothing left out. */
  KG.nearest = function (place, portfolios) {
    const own = portfolios.get(place), found = [];
    portfolios.forEach(function (other, n) {
      if (n === place) return;
      const like = KG.alike(own, other);
      if (like.shared.length) found.push(Object.assign(like, { place, n }));
    });
    return found.sort((a, b) => b.jaccard - a.jaccard || b.cosine - a.cosine || a.n - b.n);
  };
  KG.comma = () => (KG.language() === "zh" ? "、" : ", ");
  KG.ofShare = (share) => share.toFixed(2);
  KG.reportsOf = (place) => KG.R.map((_, r) => r).filter((r) => KG.R[r].place === place);
}());
