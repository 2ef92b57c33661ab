/* What the reader has chosen: view, filters and selection. All of it stands in the address. */
(function () {
  "use strict";
  const FACETS = ["family", "province", "level", "status", "year", "kind"];
  const defaults = { v: "matrix", id: "", q: "", sel: "", lang: "" };
  FACETS.forEach((facet) => { defaults[facet] = ""; });
  let hash = null, cached = {};

  KG.FACETS = FACETS;
  KG.state = Object.assign({}, defaults);
  /* Further keys that a view keeps in the address, with their defaults. */
  KG.declare = function (keys) {
    Object.assign(defaults, keys);
    KG.state = Object.assign({}, keys, KG.state);
  };

  const readable = (text) => encodeURIComponent(text).replace(/%2F/g, "/").replace(/%7C/g, "|").replace(/%2C/g, ",");
  function written(state) {
    const parts = Object.keys(defaults).filter((k) => state[k] !== defaults[k]).map((k) => k + "=" + readable(state[k]));
    return "#" + parts.join("&");
  }
  function unescaped(text) {
    try { return decodeURIComponent(text); } catch (fault) { return text; }
  }
  function read(text) {
    const state = Object.assign({}, defaults);
    text.replace(/^#/, "").split("&").forEach(function (part) {
      const at = part.indexOf("="), key = part.slice(0, at);
      if (at > 0 && Object.prototype.hasOwnProperty.call(defaults, key)) state[key] = unescaped(part.slice(at + 1));
    });
    return state;
  }

  KG.href = (patch) => written(Object.assign({}, KG.state, patch));
  KG.go = function (patch, how) {
    const next = KG.href(patch);
    if (next === written(KG.state)) return;
    history[how && how.replace ? "replaceState" : "pushState"](null, "", next);
    KG.follow();
  };
  /* Take over what the address says and tell the page what has changed (nothing: draw all of it). */
  KG.follow = function () {
    if (location.hash === hash) return;
    const before = KG.state, first = hash === null;
    hash = location.hash;
    KG.state = read(hash);
    const changed = Object.keys(defaults).filter((k) => before[k] !== KG.state[k]);
    if (changed.some((k) => k === "q" || FACETS.indexOf(k) >= 0)) cached = {};
    KG.changed(first ? [] : changed);
  };

  KG.listed = (key) => KG.state[key].split(",").filter(Boolean);
  KG.toggle = function (key, value) {
    const chosen = KG.listed(key), at = chosen.indexOf(value);
    if (at >= 0) chosen.splice(at, 1); else chosen.push(value);
    KG.go({ [key]: chosen.sort().join(",") });
  };
  KG.isFiltered = () => KG.state.q !== "" || FACETS.some((f) => KG.state[f] !== "");
  KG.unfilter = () => KG.go(FACETS.concat("q").reduce((patch, f) => Object.assign(patch, { [f]: "" }), {}));

  /* The values by which a statement is filtered, facet by facet. */
  const familyKey = function (n) {
    const family = KG.family(n);
    return family === KG.LOCAL ? "local" : KG.id(family);
  };
  const provinceKey = (region) => (KG.province(region) < 0 ? "none" : KG.id(KG.province(region)));
  const levelKey = (region) => KG.level(region) || "none";
  KG.provinceKey = provinceKey;
  KG.familyKey = familyKey;
  function values(facet, i, rows, places) {
    if (facet === "status") return [rows.status[i]];
    if (facet === "year") return [String(rows.year[i] || "none")];
    if (facet === "province") return places.map(provinceKey);
    if (facet === "level") return places.map(levelKey);
    if (rows === KG.O) return null;
    if (facet === "family") return rows.p[i] === "implements" ? [familyKey(rows.o[i])] : null;
    return rows.p[i] === "partnersWith" ? [rows.kind[i] || "none"] : null;
  }

  const haystacks = new Map();
  function haystack(key, make) {
    if (!haystacks.has(key)) haystacks.set(key, make().toLowerCase());
    return haystacks.get(key);
  }
  const nodeText = (n) => haystack(n, () => [KG.label(n), KG.data.nodes.en[n] || ""].concat(KG.aliases(n)).join("\n"));
  function mentions(i, rows, text) {
    if (nodeText(rows.s[i]).indexOf(text) >= 0) return true;
    if (rows === KG.C && nodeText(rows.o[i]).indexOf(text) >= 0) return true;
    return haystack("s" + rows.sentence[i], () => KG.quote(rows.sentence[i])).indexOf(text) >= 0;
  }
  KG.named = (n, text) => nodeText(n).indexOf(text.toLowerCase()) >= 0;

  function tests(skipped) {
    return FACETS.filter((f) => f !== skipped && KG.state[f] !== "").map((f) => [f, new Set(KG.listed(f))]);
  }
  /* Province and level must hold of one and the same place, so places are narrowed first. */
  function passing(rows, placesOf, skipped) {
    const asked = tests(skipped), text = KG.state.q.trim().toLowerCase(), found = [];
    for (let i = 0; i < rows.count; i += 1) {
      const places = placesOf(i).filter((r) => inPlace(r, asked));
      const local = asked.some((t) => t[0] === "province" || t[0] === "level");
      if (local && !places.length) continue;
      const fits = asked.every(function (test) {
        const own = values(test[0], i, rows, places);
        return own === null || own.some((value) => test[1].has(value));
      });
      if (fits && (!text || mentions(i, rows, text))) found.push(i);
    }
    return found;
  }
  function inPlace(region, asked) {
    return asked.every(function (test) {
      if (test[0] === "province") return test[1].has(provinceKey(region));
      return test[0] !== "level" || test[1].has(levelKey(region));
    });
  }
  function once(key, make) {
    if (!(key in cached)) cached[key] = make();
    return cached[key];
  }

  KG.claims = () => once("claims", () => passing(KG.C, KG.places));
  KG.observations = () => once("observations", () => passing(KG.O, KG.placesOfRate));
  KG.passes = (i) => once("passes", () => new Set(KG.claims())).has(i);
  /* The places that province and level leave; a filter by text leaves places with a hit or of that name. */
  KG.inPlace = (region) => inPlace(region, tests());
  KG.placesShown = (i) => KG.places(i).filter(KG.inPlace);
  /* How many claims each value of a facet would leave, the other filters standing. */
  KG.counts = (facet) => once("counts " + facet, function () {
    const counts = new Map();
    passing(KG.C, KG.places, facet).forEach(function (i) {
      const own = values(facet, i, KG.C, KG.places(i));
      if (own) new Set(own).forEach((value) => counts.set(value, (counts.get(value) || 0) + 1));
    });
    return counts;
  });
  /* All values a facet has in the data, in a fixed order. */
  const all = {};
  KG.values = function (facet) {
    if (!all[facet]) {
      const found = new Set();
      for (let i = 0; i < KG.C.count; i += 1) (values(facet, i, KG.C, KG.places(i)) || []).forEach((v) => found.add(v));
      all[facet] = Array.from(found).sort();
    }
    return all[facet];
  };

  /* programme -> region -> counts by status and the claims, of the claims that pass. */
  function cellsOf(claims, placesOf) {
    const rows = new Map();
    claims.forEach(function (i) {
      if (KG.C.p[i] !== "implements") return;
      placesOf(i).forEach(function (region) {
        if (!rows.has(KG.C.o[i])) rows.set(KG.C.o[i], new Map());
        const row = rows.get(KG.C.o[i]);
        if (!row.has(region)) row.set(region, { realised: 0, planned: 0, stopped: 0, claims: [] });
        row.get(region)[KG.C.status[i]] += 1;
        row.get(region).claims.push(i);
      });
    });
    return rows;
  }
  KG.cells = () => once("cells", () => cellsOf(KG.claims(), KG.placesShown));
  let whole = null;
  KG.allCells = function () {
    if (!whole) whole = cellsOf(KG.C.s.map((_, i) => i), KG.places);
    return whole;
  };
  const cellOf = (rows, programme, region) => (rows.has(programme) ? rows.get(programme).get(region) : undefined);
  KG.cell = (programme, region) => cellOf(KG.cells(), programme, region);
  /* The mark of a programme in a place; "filtered": there are claims, but the filter hides them. */
  KG.mark = function (programme, region) {
    const cell = KG.cell(programme, region);
    if (!cell && cellOf(KG.allCells(), programme, region)) return "filtered";
    return KG.markOf(cell, region);
  };
  KG.markOf = function (cell, region) {
    if (!cell) return KG.covered.has(region) ? "silent" : "unread";
    if (cell.realised && cell.planned) return "both";
    return cell.realised ? "realised" : cell.planned ? "planned" : "stopped";
  };
  /* Places that have a report or a claim that passes, in the order of the division codes. */
  KG.shownRegions = () => once("regions", function () {
    const found = new Set(Array.from(KG.covered).filter(KG.inPlace));
    KG.cells().forEach((row) => row.forEach((_, region) => found.add(region)));
    return Array.from(found).sort((a, b) => a - b);
  });
  window.addEventListener("popstate", () => KG.follow());
  window.addEventListener("hashchange", () => KG.follow());
}());
