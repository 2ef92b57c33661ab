/* Partners: which institution works with how many jurisdictions, where and how; counted as in kg/views/partners.py. */
(function () {
  "use strict";
  const ROWS = 30, LISTED = 50; /* rows of the table with marks; claims an address may name */
  const C = KG.C;
  let grid = null, groups = null;

  const home = (i) => KG.R[KG.reportOf(C.sentence[i])].place;
  /* Parties to a partnership that is not stopped, with what is said of them; regions are no institutions. */
  function gathered() {
    const found = new Map();
    KG.claims().forEach(function (i) {
      if (C.p[i] !== "partnersWith" || C.status[i] === "stopped") return;
      new Set([C.s[i], C.o[i]]).forEach(function (n) {
        if (!found.has(n)) found.set(n, []);
        found.get(n).push(i);
      });
    });
    return Array.from(found).map(([n, claims]) => row(n, claims)).sort((a, b) => b.places.length - a.places.length || b.others.length - a.others.length || a.n - b.n);
  }
  const distinct = (items) => Array.from(new Set(items)).sort((a, b) => a - b);
  function row(n, claims) {
    const places = distinct(claims.map(home).filter((r) => r >= 0)), cells = new Map();
    claims.forEach(function (i) {
      if (home(i) < 0) return;
      if (!cells.has(home(i))) cells.set(home(i), { realised: 0, planned: 0, stopped: 0, claims: [] });
      cells.get(home(i))[C.status[i]] += 1;
      cells.get(home(i)).claims.push(i);
    });
    const kinds = new Map();
    claims.forEach((i) => kinds.set(C.kind[i], (kinds.get(C.kind[i]) || 0) + 1));
    const counted = (status) => claims.filter((i) => C.status[i] === status).length;
    return {
      n, claims, places, cells, provinces: distinct(places.map(KG.province).filter((p) => p >= 0)), others: distinct(claims.map((i) => (C.s[i] === n ? C.o[i] : C.s[i]))),
      reports: distinct(claims.map((i) => KG.reportOf(C.sentence[i]))), realised: counted("realised"), planned: counted("planned"),
      kinds: Array.from(kinds).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])),
    };
  }
  const read = () => KG.shownRegions().filter((r) => KG.covered.has(r));
  const kindsOf = (r) => r.kinds.map(([kind, count]) => KG.valueName("kind", kind || "none") + " " + count).join(KG.comma());
  const seat = (n) => (KG.isRegion(n) ? KG.parent(n) : KG.regionOf(n));

  function columns(all) {
    return [
      { key: "name", title: KG.t("partners.who"), value: (r) => KG.name(r.n), cell: (r) => KG.link(r.n) },
      { key: "reach", title: KG.t("partners.reach"), value: (r) => r.places.length, cell: (r) => r.places.length + "/" + all, number: true, down: true },
      { key: "provinces", title: KG.t("filter.province"), value: (r) => r.provinces.length, number: true, down: true },
      { key: "others", title: KG.t("partners.others"), value: (r) => r.others.length, number: true, down: true },
      { key: "reports", title: KG.t("report"), value: (r) => r.reports.length, number: true, down: true },
      { key: "done", title: KG.t("mark.realised"), value: (r) => r.realised, number: true, down: true },
      { key: "planned", title: KG.t("mark.planned"), value: (r) => r.planned, number: true, down: true },
      { key: "kinds", title: KG.t("filter.kind"), value: kindsOf },
      { key: "seat", title: KG.t("partners.seat"), value: (r) => (seat(r.n) < 0 ? "" : KG.name(seat(r.n))), cell: (r) => (seat(r.n) < 0 ? "–" : KG.link(seat(r.n))) },
      { key: "proofs", title: KG.t("panel.title"), value: (r) => r.claims.length, cell: (r) => KG.choose("claims|" + listed(r.claims), KG.t("proofs", { count: r.claims.length }), { class: "plain count" }), down: true },
    ];
  }
  const listed = (claims) => claims.slice(0, LISTED).map((i) => C.id[i]).join(",");

  function cell(r, place) {
    const found = r.cells.get(place), mark = KG.markOf(found, place), proofs = found ? found.claims.length : 0;
    const label = KG.t("matrix.cell", { programme: KG.name(r.n), region: KG.name(place), mark: KG.t("mark." + mark), proofs });
    return KG.el("td", { role: "gridcell", tabindex: "-1", class: "m-" + mark, title: label, "aria-label": label, dataset: found ? { sel: "claims|" + listed(found.claims) } : {} },
      KG.sign(mark, true), found ? KG.el("span", { class: "n", text: proofs }) : null);
  }
  function matrix(rows, all) {
    const places = distinct([].concat(...rows.map((r) => r.places)));
    const heads = KG.el("tr", { role: "row", class: "names" }, KG.el("th", { role: "columnheader", scope: "col" }, KG.t("partners.who")),
      KG.el("th", { role: "columnheader", scope: "col" }, KG.t("partners.reach")),
      places.map((p) => KG.el("th", { role: "columnheader", scope: "col", title: KG.name(p) }, KG.link(p))));
    return KG.walkable(KG.el("table", { role: "grid", class: "matrix", "aria-label": KG.t("partners.matrix") }, KG.el("thead", { role: "rowgroup" }, heads),
      KG.el("tbody", { role: "rowgroup" }, rows.map((r) => KG.el("tr", { role: "row" },
        KG.el("th", { role: "rowheader", scope: "row" }, KG.link(r.n)), KG.el("td", { role: "gridcell", class: "spread" }, r.places.length + "/" + all),
        places.map((p) => cell(r, p)))))));
  }
  function legend() {
    return KG.el("ul", { class: "legend", "aria-label": KG.t("legend") },
      ["realised", "planned", "both", "silent"].map((m) => KG.el("li", {}, KG.sign(m, true), " ", KG.t("mark." + m))));
  }

  function draw(root) {
    groups = gathered();
    grid = null;
    const all = read().length, institutions = groups.filter((r) => KG.isOrg(r.n)), regions = groups.filter((r) => KG.isRegion(r.n));
    if (!groups.length) return void root.append(KG.el("p", { class: "empty", text: KG.t("empty") }));
    const top = institutions.filter((r) => r.places.length).slice(0, ROWS);
    if (top.length) {
      grid = matrix(top, all);
      root.append(KG.el("section", {}, KG.el("h2", { text: KG.t("partners.matrix") }),
        KG.el("p", { class: "soft", text: KG.t("partners.note", { shown: top.length, count: institutions.length, all }) }), legend(), KG.el("div", { class: "scroll" }, grid)));
    }
    if (institutions.length) root.append(KG.el("section", {}, KG.el("h2", { text: KG.t("partners.institutions", { count: institutions.length }) }),
      KG.table(columns(all), institutions, { key: "reachOrder", caption: KG.t("partners.institutions", { count: institutions.length }), step: 50 })));
    if (regions.length) root.append(KG.el("section", {}, KG.el("h2", { text: KG.t("partners.regions", { count: regions.length }) }),
      KG.table(columns(all), regions, { key: "regionOrder", caption: KG.t("partners.regions", { count: regions.length }), step: 50 })));
  }
  function select() {
    if (grid) KG.markChosen(grid);
  }

  function csv() {
    const head = ["identifier", "partners.who", "type", "partners.seat", "partners.reach", "partners.of", "filter.province", "partners.others", "report", "mark.realised", "mark.planned", "filter.kind", "regions"];
    const all = read().length;
    return [head.map((key) => KG.t(key))].concat(gathered().map((r) => [KG.id(r.n), KG.name(r.n), KG.word("type", KG.type(r.n)), seat(r.n) < 0 ? "" : KG.name(seat(r.n)),
      r.places.length, all, r.provinces.length, r.others.length, r.reports.length, r.realised, r.planned, kindsOf(r), r.places.map(KG.name).join("; ")]));
  }
  /* Bars of reach, the widest first. */
  function svg() {
    const ink = KG.inks(true), rows = gathered().filter((r) => KG.isOrg(r.n) && r.places.length).slice(0, ROWS), all = Math.max(read().length, 1), wide = 260, size = 24;
    if (!rows.length) return KG.picture(300, 60, KG.text(16, 36, KG.t("empty")));
    const left = Math.max(...rows.map((r) => KG.textWidth(KG.name(r.n), 13))) + 26, parts = [KG.text(10, 26, KG.t("partners.matrix"), { "font-weight": "bold", "font-size": 15 })];
    rows.forEach(function (r, k) {
      const y = 44 + k * size, long = (wide * r.places.length) / all;
      parts.push(KG.text(10, y + 15, KG.name(r.n)), KG.svg("rect", { x: left, y: y + 3, width: long, height: size - 8, fill: ink.realised }),
        KG.text(left + long + 6, y + 15, r.places.length + "/" + all, { fill: ink.soft, "font-size": 12 }),
        KG.text(left + wide + 60, y + 15, kindsOf(r), { fill: ink.soft, "font-size": 12 }));
    });
    const width = left + wide + 80 + Math.max(...rows.map((r) => KG.textWidth(kindsOf(r), 12)));
    return KG.picture(width, 60 + rows.length * size, parts);
  }
  KG.view("partners", { order: 3, keys: { reachOrder: "", regionOrder: "" }, draw, select, csv, svg });
}());
