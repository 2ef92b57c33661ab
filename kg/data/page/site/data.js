/* The data block: nodes, claims, rates and texts, with what follows from them. */
const KG = {};
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const { vocab, nodes } = data;
  const count = nodes.id.length;
  const index = new Map(nodes.id.map((id, n) => [id, n]));
  const decoded = (codes, names) => codes.map((code) => names[code]);
  const types = decoded(nodes.type, vocab.types);
  const levels = decoded(nodes.level, vocab.levels);

  KG.data = data;
  KG.R = data.reports;
  KG.LOCAL = -2;
  KG.NOWHERE = -1;
  KG.count = count;
  KG.id = (n) => nodes.id[n];
  KG.find = (id) => (index.has(id) ? index.get(id) : -1);
  KG.label = (n) => nodes.label[n];
  KG.type = (n) => types[n];
  KG.level = (n) => levels[n];
  KG.parent = (n) => nodes.parent[n];
  KG.aliases = (n) => nodes.aliases[n] || [];
  KG.at = (n) => [nodes.x[n], nodes.y[n]];
  KG.isRegion = (n) => types[n] === "Region";
  KG.isProgramme = (n) => types[n] === "Program" || types[n] === "LocalProgram";
  KG.isOrg = (n) => !KG.isRegion(n) && !KG.isProgramme(n);

  /* The first of a node and what stands above it that passes a test, -1 if none does. */
  function climb(n, test) {
    for (let steps = 0; n >= 0 && steps < 12; steps += 1) {
      if (test(n)) return n;
      n = nodes.parent[n];
    }
    return -1;
  }

  const provinces = nodes.id.map((_, n) => (types[n] === "Program" ? -1 : climb(n, (m) => levels[m] === "province")));
  KG.province = (n) => provinces[n];
  /* The topmost broader programme; local programmes are a family of their own. */
  KG.family = function (n) {
    if (types[n] === "LocalProgram") return KG.LOCAL;
    return types[n] === "Program" ? climb(n, (m) => nodes.parent[m] < 0) : -1;
  };
  KG.regionOf = (n) => (types[n] === "Program" ? -1 : climb(n, KG.isRegion));
  KG.within = (n, region) => climb(n, (m) => m === region) >= 0;

  function columns(rows) {
    return Object.assign({}, rows, {
      count: rows.s.length,
      status: decoded(rows.status, vocab.statuses),
      rule: decoded(rows.rule, vocab.rules),
    });
  }
  KG.C = columns(data.claims);
  KG.C.p = decoded(data.claims.p, vocab.predicates);
  KG.C.kind = decoded(data.claims.kind, vocab.kinds);
  KG.O = columns(data.observations);
  KG.O.metric = decoded(data.observations.metric, vocab.metrics);
  KG.O.unit = decoded(data.observations.unit, vocab.units);
  KG.O.text = data.observations.text;
  KG.O.value = data.observations.value.map(Number);

  const sentences = data.sentences;
  KG.reportOf = (sentence) => sentences.report[sentence];
  KG.span = (sentence) => [sentences.start[sentence], sentences.end[sentence]];
  KG.covered = new Set(data.reports.map((r) => r.place).filter((n) => n >= 0));
  KG.years = Array.from(new Set(KG.C.year.concat(KG.O.year).filter(Boolean))).sort();

  /* Offsets count code points; only texts with signs beyond 16 bits need to be taken apart. */
  const apart = new Map();
  function slice(text, start, end, key) {
    if (!/[\ud800-\udfff]/.test(text)) return text.slice(start, end);
    if (!apart.has(key)) apart.set(key, Array.from(text));
    return apart.get(key).slice(start, end).join("");
  }
  KG.hasText = (report) => typeof data.reports[report].text === "string";
  KG.cut = (report, start, end) => slice(data.reports[report].text, start, end, "r" + report);
  KG.quote = function (sentence) {
    const report = sentences.report[sentence];
    if (KG.hasText(report)) return KG.cut(report, sentences.start[sentence], sentences.end[sentence]);
    return sentences.quote[sentence];
  };
  /* A quote as pieces [text, is marked], by the flat pairs of offsets in it. */
  KG.pieces = function (sentence, marks) {
    const quote = KG.quote(sentence), key = "s" + sentence, end = Array.from(quote).length, pieces = [];
    let at = 0;
    for (let k = 0; k + 1 < marks.length; k += 2) {
      const [from, to] = [Math.max(marks[k], at), Math.min(marks[k + 1], end)];
      if (to <= from) continue;
      pieces.push([slice(quote, at, from, key), false], [slice(quote, from, to, key), true]);
      at = to;
    }
    pieces.push([slice(quote, at, end, key), false]);
    return pieces.filter((piece) => piece[0]);
  };

  /* The regions a statement counts for: its report's jurisdiction, and its subject if that is a region. */
  function placesOf(rows, i) {
    const home = data.reports[sentences.report[rows.sentence[i]]].place, subject = rows.s[i];
    const found = home >= 0 ? [home] : [];
    if (KG.isRegion(subject) && subject !== home) found.push(subject);
    return found.sort((a, b) => a - b);
  }
  const places = KG.C.s.map((_, i) => placesOf(KG.C, i));
  KG.places = (i) => places[i];
  KG.placesOfRate = (i) => placesOf(KG.O, i);

  const touching = new Map();
  KG.C.s.forEach(function (s, i) {
    [s, KG.C.o[i]].forEach(function (n) {
      if (!touching.has(n)) touching.set(n, []);
      if (touching.get(n)[touching.get(n).length - 1] !== i) touching.get(n).push(i);
    });
  });
  /* Claims that have a node at either end. */
  KG.touching = (n) => touching.get(n) || [];
  const byHex = new Map(KG.C.id.map((hex, i) => [hex, i]));
  KG.claimOf = (hex) => (byHex.has(hex) ? byHex.get(hex) : -1);
  const rateByHex = new Map(KG.O.id.map((hex, i) => [hex, i]));
  KG.rateOf = (hex) => (rateByHex.has(hex) ? rateByHex.get(hex) : -1);
}());
