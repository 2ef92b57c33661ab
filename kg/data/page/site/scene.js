/* What the network shows: programmes and regions, what is unfolded, and lines of statements between them. */
(function () {
  "use strict";
  const SATELLITES = ["township", "zone"]; /* levels that stand round another region, see kg/views/layout.py */
  const C = KG.C;

  /* Programmes stand in the middle of the picture; they get the room the regions leave there. */
  const nodes = Array.from({ length: KG.count }, (_, n) => n);
  const far = (n) => Math.hypot(...KG.at(n));
  const inner = nodes.filter((n) => KG.type(n) === "Program").reduce((most, n) => Math.max(most, far(n)), 1);
  const outer = nodes.filter((n) => KG.isRegion(n)).reduce((least, n) => Math.min(least, far(n)), Infinity);
  const stretch = outer < Infinity ? Math.max(1, (0.72 * outer) / inner) : 1;
  const spot = (n) => (KG.type(n) === "Program" ? KG.at(n).map((z) => z * stretch) : KG.at(n));

  const isCentre = (n) => KG.covered.has(n) || !SATELLITES.includes(KG.level(n));

  /* Who stands for whom: a folded organisation is drawn as the region around it. */
  function folding(claims) {
    const base = new Set(KG.shownRegions().filter(isCentre)), known = new Map(), single = new Set();
    function around(n) {
      let top = -1;
      for (let m = n, steps = 0; m >= 0 && steps < 12; m = KG.parent(m), steps += 1) {
        if (base.has(m)) return m;
        if (KG.isRegion(m)) top = m;
      }
      return top;
    }
    function home(n) {
      if (!known.has(n)) known.set(n, around(n));
      return known.get(n);
    }
    const listed = KG.listed("open"), all = listed.includes("all"), open = new Set(listed.map(KG.find).filter((n) => n >= 0));
    const unfolds = (i) => all || open.has(C.o[i]) || open.has(home(C.s[i])) || open.has(home(C.o[i])) || KG.places(i).some((r) => open.has(r));
    const own = (n) => KG.type(n) !== "Program" && !base.has(n);
    claims.forEach(function (i) {
      if (unfolds(i)) [C.s[i], C.o[i]].filter(own).forEach((n) => single.add(n));
    });
    const stands = (n) => (KG.type(n) === "Program" || single.has(n) ? n : home(n));
    return { base, single, stands };
  }

  /* The lines, one for each pair, relation and status, with the claims they stand for. */
  function joined(claims, fold) {
    const lines = new Map();
    let inside = 0;
    function join(a, b, i) {
      if (a < 0 || b < 0 || a === b) return void (inside += 1);
      const [from, to] = C.p[i] === "partnersWith" && b < a ? [b, a] : [a, b], key = [from, to, C.p[i], C.status[i]].join("|");
      if (!lines.has(key)) lines.set(key, { a: from, b: to, predicate: C.p[i], status: C.status[i], claims: [] });
      lines.get(key).claims.push(i);
    }
    /* A folded place has exactly the claims of its cell in the matrix. */
    function ends(i) {
      const s = C.s[i], places = KG.placesShown(i);
      return fold.single.has(s) || !places.length ? [fold.stands(s)] : Array.from(new Set(places.map(fold.stands)));
    }
    claims.forEach(function (i) {
      if (C.p[i] === "implements" && KG.type(C.o[i]) === "Program") ends(i).forEach((end) => join(end, C.o[i], i));
      else join(fold.stands(C.s[i]), fold.stands(C.o[i]), i);
    });
    return { lines: Array.from(lines.values()), inside };
  }

  const tally = (items, what) => items.reduce((counts, item) => counts.set(what(item), (counts.get(what(item)) || 0) + 1), new Map());
  /* Lines between the same two nodes run side by side. */
  function inLanes(lines) {
    const used = new Map();
    lines.forEach(function (line) {
      const key = Math.min(line.a, line.b) + "|" + Math.max(line.a, line.b);
      if (!used.has(key)) used.set(key, []);
      used.get(key).push(line);
    });
    used.forEach((group) => group.forEach((line, k) => { line.lane = (k - (group.length - 1) / 2) * (line.a < line.b ? 1 : -1); }));
    return lines;
  }

  function node(n) {
    const [x, y] = spot(n);
    return { n, x, y, kind: KG.type(n), weight: 0, hollow: KG.isRegion(n) && !KG.covered.has(n), match: false };
  }
  /* Everything to be drawn: nodes (the most important first), lines, and counts before anything is switched off. */
  KG.scene = function () {
    const claims = KG.claims(), fold = folding(claims), drawn = joined(claims, fold), q = KG.state.q.trim();
    const hidden = new Set(KG.listed("nokinds")), silent = new Set(KG.listed("nolines"));
    const ends = drawn.lines.filter((line) => !silent.has(line.predicate));
    const kept = new Set(Array.from(fold.base).concat(Array.from(fold.single)));
    ends.forEach((line) => kept.add(line.a).add(line.b));
    const kinds = tally(Array.from(kept), KG.type), shown = new Map();
    Array.from(kept).filter((n) => !hidden.has(KG.type(n))).forEach((n) => shown.set(n, node(n)));
    const lines = inLanes(ends.filter((line) => shown.has(line.a) && shown.has(line.b)));
    lines.forEach(function (line) {
      shown.get(line.a).weight += line.claims.length;
      shown.get(line.b).weight += line.claims.length;
    });
    if (q) shown.forEach((item) => { item.match = KG.named(item.n, q); });
    const rank = (item) => (item.match ? 1e9 : 0) + (fold.single.has(item.n) ? 0 : 1e6) + item.weight;
    const sorted = Array.from(shown.values()).sort((a, b) => rank(b) - rank(a) || a.n - b.n);
    return { nodes: sorted, at: shown, lines, kinds, predicates: tally(drawn.lines, (line) => line.predicate), inside: drawn.inside, single: fold.single };
  };

  /* The selection that opens the sentences of a line. */
  const LISTED = 200; /* an address holds no more */
  KG.selectionOf = function (line) {
    const cell = KG.type(line.b) === "Program" && KG.isRegion(line.a) ? KG.cell(line.b, line.a) : undefined;
    if (cell && cell[line.status] === line.claims.length) return "cell|" + KG.ref(line.b, line.a);
    const exact = line.claims.every((i) => (C.s[i] === line.a && C.o[i] === line.b) || (C.s[i] === line.b && C.o[i] === line.a));
    return exact ? "pair|" + KG.ref(line.a, line.b) : "claims|" + line.claims.slice(0, LISTED).map((i) => C.id[i]).join(",");
  };

  /* The part of a scene that goes with one node, with two, or with chosen claims; null: none of it is shown. */
  KG.partOf = function (scene, sel) {
    const [kind, ...rest] = sel.split("|");
    let lines = [], nodes = [];
    if (kind === "claims") {
      const chosen = new Set(rest.join("|").split(",").map(KG.claimOf));
      lines = scene.lines.filter((line) => line.claims.some((i) => chosen.has(i)));
    } else {
      nodes = rest.map(KG.find).filter((n) => scene.at.has(n));
      const ends = new Set(nodes), single = kind === "node";
      if (nodes.length) lines = scene.lines.filter((line) => (single ? ends.has(line.a) || ends.has(line.b) : ends.has(line.a) && ends.has(line.b)));
    }
    const kept = new Set(nodes);
    lines.forEach((line) => kept.add(line.a).add(line.b));
    if (!kept.size) return null;
    const main = new Set(nodes), sorted = scene.nodes.filter((item) => kept.has(item.n));
    return { nodes: sorted.filter((item) => main.has(item.n)).concat(sorted.filter((item) => !main.has(item.n))), at: scene.at, lines, main };
  };
}());
