/* The page of one thing: a region, an organisation, a programme or a report. */
(function () {
  "use strict";
  const section = (title, ...inside) => KG.el("section", {}, KG.el("h2", { text: title }), inside);
  const list = (items) => KG.el("ul", { class: "items" }, items.map((item) => KG.el("li", {}, item)));
  const joined = (items, sign) => [].concat(...items.map((item, k) => (k ? [sign, item] : [item])));
  const counted = (sel, count) => KG.choose(sel, [KG.t("proofs", { count })], { class: "plain count" });

  function facts(rows) {
    const kept = rows.filter((row) => row[1] !== null && row[1] !== "" && !(Array.isArray(row[1]) && !row[1].length));
    return KG.el("dl", { class: "facts" }, kept.map(([name, value]) => [KG.el("dt", { text: name }), KG.el("dd", {}, value)]));
  }
  function above(n) {
    const found = [];
    for (let m = KG.parent(n); m >= 0 && found.length < 12; m = KG.parent(m)) found.push(KG.link(m));
    return joined(found.reverse(), " › ");
  }
  const identity = (n) => [KG.t("identifier"), KG.el("code", { text: KG.id(n) })];
  const aliases = (n) => [KG.t("aliases"), KG.aliases(n).join("、")];
  const kind = (n) => [KG.t("type"), KG.word("type", KG.type(n)) + (KG.level(n) ? " · " + KG.word("level", KG.level(n)) : "")];

  /* Claims that pass the filter, grouped by what stands at their other end. */
  function grouped(claims, other) {
    const groups = new Map();
    claims.forEach(function (i) {
      const n = other(i);
      if (!groups.has(n)) groups.set(n, []);
      groups.get(n).push(i);
    });
    return Array.from(groups).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  }
  const statuses = (claims) => ["realised", "planned", "stopped"].filter((s) => claims.some((i) => KG.C.status[i] === s));
  const signs = (claims) => statuses(claims).map((s) => KG.sign(s));
  const passing = (n) => KG.touching(n).filter(KG.passes);
  const end = (n) => (i) => (KG.C.s[i] === n ? KG.C.o[i] : KG.C.s[i]);
  function linked(n, title, claims) {
    if (!claims.length) return null;
    const items = grouped(claims, end(n)).map(([m, group]) => [signs(group), " ", KG.link(m), kinds(group), " ", counted("pair|" + KG.ref(n, m), group.length)]);
    return section(title, list(items));
  }
  function kinds(group) {
    const found = Array.from(new Set(group.map((i) => KG.C.kind[i]).filter(Boolean))).sort();
    return found.length ? KG.el("span", { class: "soft", text: " " + found.map((k) => KG.word("kind", k)).join("、") }) : null;
  }
  const of = (n, predicate, side) => passing(n).filter((i) => KG.C.p[i] === predicate && (!side || KG.C[side][i] === n));

  /* What regions and organisations have in common: programmes by family, partners, alliances. */
  function programmes(n, claims, sel) {
    if (!claims.length) return null;
    const families = new Map();
    grouped(claims, (i) => KG.C.o[i]).forEach(function (entry) {
      const family = KG.familyKey(entry[0]);
      families.set(family, (families.get(family) || []).concat([entry]));
    });
    return section(KG.t("programmes"), Array.from(families).map(([family, entries]) => [
      KG.el("h3", { text: KG.valueName("family", family) }),
      list(entries.map(([m, group]) => [signs(group), " ", KG.link(m), " ", counted(sel(m), group.length)])),
    ]));
  }
  function rates(n) {
    const rows = KG.observations().filter((i) => KG.O.s[i] === n);
    if (!rows.length) return null;
    return section(KG.t("view.rates"), list(rows.map((i) => [KG.sign(KG.O.status[i]), " ", KG.O.metric[i] + " ",
      KG.choose("rate|" + KG.O.id[i], [KG.O.text[i]], { class: "plain strong" }), " ", String(KG.O.year[i] || "")])));
  }
  const alliances = (n) => [
    linked(n, KG.t("leads"), of(n, "leads", "s")), linked(n, KG.t("led.by"), of(n, "leads", "o")),
    linked(n, KG.t("member.of"), of(n, "memberOf", "s")), linked(n, KG.t("members"), of(n, "memberOf", "o")),
  ];

  function region(n) {
    const own = KG.R.map((r, k) => k).filter((k) => KG.R[k].place === n);
    const claims = KG.claims().filter((i) => KG.C.p[i] === "implements" && KG.places(i).includes(n));
    const homes = grouped(KG.claims().filter((i) => KG.C.p[i] === "locatedIn" && KG.within(KG.C.o[i], n)), (i) => KG.C.s[i]);
    return [
      facts([kind(n), [KG.t("within"), above(n)], aliases(n), [KG.t("reports.read"), own.length ? joined(own.map(KG.reportLink), KG.el("br")) : KG.t("mark.unread")], identity(n)]),
      own.length ? KG.el("p", {}, KG.el("a", { href: KG.href({ v: "compare", a: KG.id(n), b: "", id: "" }) }, KG.t("compare.with"))) : null,
      programmes(n, claims, (m) => "cell|" + KG.ref(m, n)), linked(n, KG.t("partners"), of(n, "partnersWith")), alliances(n), rates(n),
      homes.length ? section(KG.t("organisations"), list(homes.map(([m, group]) => [KG.link(m), " ", counted("node|" + KG.ref(m), group.length)]))) : null,
    ];
  }
  function organisation(n) {
    const own = KG.R.map((r, k) => k).filter((k) => KG.R[k].issuer === n);
    return [
      facts([kind(n), [KG.t("located.in"), above(n)], aliases(n), [KG.t("reports.issued"), joined(own.map(KG.reportLink), KG.el("br"))], identity(n)]),
      programmes(n, of(n, "implements", "s"), (m) => "pair|" + KG.ref(n, m)), linked(n, KG.t("partners"), of(n, "partnersWith")), alliances(n), rates(n),
    ];
  }

  /* Spread of a programme: each figure with its denominator. */
  function programme(n) {
    const cells = Array.from(KG.cells().get(n) || []).sort((a, b) => b[1].claims.length - a[1].claims.length || a[0] - b[0]);
    const alive = cells.filter(([r, c]) => KG.covered.has(r) && c.realised + c.planned > 0);
    const read = KG.shownRegions().filter((r) => KG.covered.has(r));
    const years = of(n, "implements", "o").filter((i) => KG.C.status[i] === "realised" && KG.C.year[i]).map((i) => KG.C.year[i]).sort();
    const narrower = Array.from({ length: KG.count }, (_, m) => m).filter((m) => KG.type(m) === "Program" && KG.parent(m) === n);
    const orgs = of(n, "implements", "o").filter((i) => KG.isOrg(KG.C.s[i]));
    return [
      facts([
        kind(n), [KG.t(KG.type(n) === "Program" ? "broader" : "within"), above(n)], [KG.t("narrower"), joined(narrower.map((m) => KG.link(m)), "、")], aliases(n),
        [KG.t("spread"), KG.t("spread.of", { n: alive.length, all: read.length })], [KG.t("first.year"), years.length ? String(years[0]) : null], identity(n),
      ]),
      cells.length ? section(KG.t("regions"), list(cells.map(([r, c]) => [KG.sign(KG.markOf(c, r)), " ", KG.link(r), " ", counted("cell|" + KG.ref(n, r), c.claims.length)]))) : null,
      orgs.length ? section(KG.t("organisations"), list(grouped(orgs, (i) => KG.C.s[i]).map(([m, g]) => [signs(g), " ", KG.link(m), " ", counted("pair|" + KG.ref(n, m), g.length)]))) : null,
    ];
  }

  const reportAt = (id) => KG.R.findIndex((r) => "report/" + r.key === id);
  function report(r) {
    const told = KG.R[r], kindsOf = told.kinds.map((k) => KG.word("report", k)).join("、");
    return [
      facts([
        [KG.t("region"), told.place < 0 ? KG.t("none") : KG.link(told.place)], [KG.t("issuer"), told.issuer < 0 ? null : KG.link(told.issuer)],
        [KG.t("filter.year"), told.year === null ? null : String(told.year)], [KG.t("type"), kindsOf], [KG.t("published"), told.published],
        [KG.t("file"), told.file], [KG.t("source"), KG.outside(told.source, told.source)], [KG.t("identifier"), KG.el("code", { text: "report/" + told.key })],
      ]),
      section(KG.t(KG.hasText(r) ? "text" : "sentences"), KG.hasText(r) ? fullText(r) : sentencesOf(r)),
    ];
  }
  /* Claims and rates of a report by sentence, in the order of the text. */
  function proofsOf(r) {
    const found = new Map();
    const add = (rows, make) => rows.sentence.forEach(function (s, i) {
      if (KG.reportOf(s) !== r) return;
      if (!found.has(s)) found.set(s, { sentence: s, claims: [], rates: [], marks: [] });
      make(found.get(s), i);
    });
    add(KG.C, (entry, i) => { entry.claims.push(i); entry.marks.push(KG.C.marks[i]); });
    add(KG.O, (entry, i) => { entry.rates.push(i); entry.marks.push(KG.O.marks[i]); });
    return Array.from(found.values()).sort((a, b) => KG.span(a.sentence)[0] - KG.span(b.sentence)[0] || a.sentence - b.sentence);
  }
  /* The flat pairs of several claims as one, without overlaps. */
  function merged(marks) {
    const pairs = [];
    marks.forEach((flat) => { for (let k = 0; k + 1 < flat.length; k += 2) pairs.push([flat[k], flat[k + 1]]); });
    const flat = [];
    pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]).forEach(function ([from, to]) {
      const last = flat.length - 1;
      if (last > 0 && from <= flat[last]) flat[last] = Math.max(flat[last], to);
      else flat.push(from, to);
    });
    return flat;
  }
  const selOf = (entry) => (entry.claims.length ? "claims|" + entry.claims.slice(0, 50).map((i) => KG.C.id[i]).join(",") : "rate|" + KG.O.id[entry.rates[0]]);
  function marked(entry) {
    const pieces = KG.pieces(entry.sentence, merged(entry.marks)).map((p) => (p[1] ? KG.el("mark", { text: p[0] }) : p[0]));
    return KG.choose(selOf(entry), pieces, { class: "plain quote" });
  }
  function fullText(r) {
    const root = KG.el("div", { class: "text" });
    let at = 0;
    proofsOf(r).forEach(function (entry) {
      const [start, end] = KG.span(entry.sentence);
      if (start < at) return; /* inside a sentence already shown */
      root.append(KG.cut(r, at, start), marked(entry));
      at = end;
    });
    root.append(KG.cut(r, at, Infinity));
    return root;
  }
  const sentencesOf = (r) => list(proofsOf(r).map((entry) => [marked(entry)]));

  function item() {
    const r = reportAt(KG.state.id), n = KG.find(KG.state.id);
    if (r >= 0) return report(r);
    if (n < 0) return [KG.el("p", { class: "empty", text: KG.t("page.unknown", { id: KG.state.id }) })];
    return KG.isRegion(n) ? region(n) : KG.isProgramme(n) ? programme(n) : organisation(n);
  }
  function title() {
    const r = reportAt(KG.state.id), n = KG.find(KG.state.id);
    return r >= 0 ? KG.reportName(r) : n < 0 ? KG.t("view.page") : KG.name(n);
  }
  function draw(root) {
    root.append(KG.el("div", {}, item()));
  }
  /* The claims of this thing, or of this report. */
  function csv() {
    const r = reportAt(KG.state.id), n = KG.find(KG.state.id);
    const claims = r >= 0 ? KG.claims().filter((i) => KG.reportOf(KG.C.sentence[i]) === r) : passing(n);
    const head = ["identifier", "subject", "relation", "object", "filter.status", "filter.year", "sentence", "report"].map((key) => KG.t(key));
    return [head].concat(claims.map((i) => ["claim/" + KG.C.id[i], KG.name(KG.C.s[i]), KG.word("predicate", KG.C.p[i]), KG.name(KG.C.o[i]),
      KG.t("mark." + KG.C.status[i]), KG.C.year[i] || "", KG.quote(KG.C.sentence[i]), KG.reportName(KG.reportOf(KG.C.sentence[i]))]));
  }
  KG.view("page", { order: 0, draw, csv, title });
}());
