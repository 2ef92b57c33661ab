/* Programme x jurisdiction: which place runs what, at one glance; a cell opens its sentences. */
(function () {
  "use strict";
  const CELLS = 20000; /* a table of more cells than that takes seconds to draw */
  let grid = null;

  const sum = (cells, what) => cells.reduce((total, cell) => total + what(cell), 0);
  const alive = (cell) => cell.realised + cell.planned > 0;
  const cellsOf = (programme) => Array.from(KG.cells().get(programme) || new Map());

  /* Rows and columns with what they are sorted by. */
  function programmes() {
    const rows = Array.from(KG.cells().keys()).map(function (n) {
      const cells = cellsOf(n);
      return {
        n, group: KG.familyKey(n), spread: cells.filter(([r, c]) => KG.covered.has(r) && alive(c)).length,
        proofs: sum(cells, ([, c]) => c.claims.length),
      };
    });
    return arranged(rows, KG.state.rows, KG.state.rowGroup === "none");
  }
  function regions() {
    const spread = new Map(), proofs = new Map();
    KG.cells().forEach((row) => row.forEach(function (cell, r) {
      if (alive(cell)) spread.set(r, (spread.get(r) || 0) + 1);
      proofs.set(r, (proofs.get(r) || 0) + cell.claims.length);
    }));
    const group = KG.state.columnGroup === "level" ? (r) => KG.level(r) || "none" : KG.provinceKey;
    const shown = KG.shownRegions().filter((n) => KG.state.places !== "read" || KG.covered.has(n));
    const columns = shown.map((n) => ({ n, group: group(n), spread: spread.get(n) || 0, proofs: proofs.get(n) || 0 }));
    return arranged(columns, KG.state.columns, KG.state.columnGroup === "none");
  }
  const ORDERS = {
    spread: (a, b) => b.spread - a.spread || b.proofs - a.proofs || a.n - b.n,
    proofs: (a, b) => b.proofs - a.proofs || b.spread - a.spread || a.n - b.n,
    name: (a, b) => KG.name(a.n).localeCompare(KG.name(b.n), "zh") || a.n - b.n,
    code: (a, b) => a.n - b.n,
  };
  /* Groups in the order of their best member, members in the order asked for. */
  function arranged(items, order, flat) {
    const sorted = items.sort(ORDERS[order] || ORDERS.spread);
    if (flat) return sorted.map((item) => Object.assign(item, { group: "" }));
    const groups = new Map();
    sorted.forEach((item) => groups.set(item.group, (groups.get(item.group) || []).concat(item)));
    return [].concat(...Array.from(groups.values()));
  }
  const groupName = (facet, group) => (group ? KG.valueName(facet, group) : "");
  const columnFacet = () => (KG.state.columnGroup === "level" ? "level" : "province");

  function choice(key, values) {
    const select = KG.el("select", { dataset: { focus: key }, on: { change: () => KG.go({ [key]: select.value }) } },
      values.map((value) => KG.el("option", { value, text: KG.t("matrix." + value) })));
    select.value = KG.state[key];
    return KG.el("label", {}, KG.t("matrix." + key), " ", select);
  }
  function controls() {
    return KG.el("div", { class: "controls" },
      choice("rowGroup", ["family", "none"]), choice("rows", ["spread", "proofs", "name"]),
      choice("columnGroup", ["province", "level", "none"]), choice("columns", ["code", "spread", "proofs", "name"]),
      choice("places", ["all", "read"]));
  }
  const said = (programme, region, mark, proofs) => KG.t("matrix.cell", {
    programme: KG.name(programme), region: KG.name(region), mark: KG.t("mark." + mark), proofs,
  });
  function cell(programme, region) {
    const found = KG.cell(programme, region), mark = KG.mark(programme, region);
    const td = KG.el("td", { role: "gridcell", tabindex: "-1", class: "m-" + mark, dataset: { sel: "cell|" + KG.ref(programme, region) } });
    if (mark !== "unread") td.append(KG.sign(mark, true));
    if (found) td.append(KG.el("span", { class: "n", text: found.claims.length }));
    td.setAttribute("aria-label", said(programme, region, mark, found ? found.claims.length : 0));
    return td;
  }
  function groupRow(group, width) {
    return KG.el("tr", { role: "row", class: "group" },
      KG.el("th", { role: "rowheader", scope: "rowgroup", colspan: 2 }, groupName("family", group)),
      KG.el("td", { role: "gridcell", colspan: width, "aria-hidden": "true" }));
  }
  function row(programme, columns, covered) {
    const share = programme.spread + "/" + covered;
    return KG.el("tr", { role: "row" },
      KG.el("th", { role: "rowheader", scope: "row" }, KG.link(programme.n)),
      KG.el("td", { role: "gridcell", class: "spread", tabindex: "-1", "aria-label": KG.t("matrix.share", { share }) }, share),
      columns.map((c) => cell(programme.n, c.n)));
  }
  function heads(columns) {
    const rows = [];
    if (KG.state.columnGroup !== "none") rows.push(KG.el("tr", { role: "row", class: "groups" },
      KG.el("td", { role: "gridcell", colspan: 2, "aria-hidden": "true" }), runs(columns).map((run) => KG.el("th",
        { role: "columnheader", scope: "colgroup", colspan: run.length }, KG.el("span", { text: groupName(columnFacet(), run[0].group) })))));
    rows.push(KG.el("tr", { role: "row", class: "names" }, KG.el("th", { role: "columnheader", scope: "col" }, KG.t("programme")),
      KG.el("th", { role: "columnheader", scope: "col", title: KG.t("matrix.share.long") }, KG.t("matrix.share.head")),
      columns.map((c) => KG.el("th", { role: "columnheader", scope: "col", class: KG.covered.has(c.n) ? null : "uncovered" }, KG.link(c.n)))));
    return KG.el("thead", { role: "rowgroup" }, rows);
  }
  /* Neighbours of one group. */
  function runs(items) {
    return items.reduce(function (found, item) {
      const last = found[found.length - 1];
      if (last && last[0].group === item.group) last.push(item); else found.push([item]);
      return found;
    }, []);
  }

  function draw(root) {
    const rows = programmes(), all = regions(), room = Math.max(20, Math.floor(CELLS / Math.max(rows.length, 1)));
    const columns = all.slice(0, room);
    grid = null;
    root.append(controls(), KG.legend());
    if (!rows.length) return void root.append(KG.el("p", { class: "empty", text: KG.t("empty") }));
    if (columns.length < all.length) root.append(KG.el("p", { class: "note", text: KG.t("matrix.cut", { shown: columns.length, all: all.length }) }));
    const covered = all.filter((c) => KG.covered.has(c.n)).length, body = KG.el("tbody", { role: "rowgroup" });
    runs(rows).forEach(function (run) {
      if (run[0].group) body.append(groupRow(run[0].group, columns.length));
      run.forEach((programme) => body.append(row(programme, columns, covered)));
    });
    grid = KG.walkable(KG.el("table", {
      role: "grid", class: "matrix", "aria-label": KG.t("view.matrix"), "aria-rowcount": rows.length, "aria-colcount": columns.length,
    }, heads(columns), body));
    root.append(KG.el("div", { class: "scroll" }, grid));
  }
  const select = () => grid && KG.markChosen(grid);

  function csv() {
    const columns = regions();
    const head = [KG.t("filter.family"), KG.t("programme"), KG.t("matrix.share.long")].concat(columns.map((c) => KG.name(c.n)));
    return [head].concat(programmes().map((p) => [KG.valueName("family", KG.familyKey(p.n)), KG.name(p.n), p.spread].concat(
      columns.map(function (c) {
        const found = KG.cell(p.n, c.n);
        return KG.t("mark." + KG.mark(p.n, c.n)) + (found ? " " + found.claims.length : "");
      }))));
  }

  function svg() {
    const rows = programmes(), columns = regions(), size = 22;
    const left = Math.max(...rows.map((p) => KG.textWidth(KG.name(p.n), 13))) + 24;
    const top = Math.max(...columns.map((c) => KG.textWidth(KG.name(c.n), 13))) + 24, parts = [];
    columns.forEach(function (c, k) {
      const x = left + k * size + 16;
      parts.push(KG.text(x, top - 6, KG.name(c.n), { transform: "rotate(-90 " + x + " " + (top - 6) + ")" }));
    });
    rows.forEach(function (p, l) {
      parts.push(KG.text(8, top + l * size + 16, KG.name(p.n)));
      columns.forEach(function (c, k) {
        const mark = KG.mark(p.n, c.n), place = "translate(" + (left + k * size + 3) + " " + (top + l * size + 3) + ")";
        parts.push(KG.svg("g", { transform: place }, KG.shapes(mark, KG.inks(true)[mark])));
      });
    });
    const bottom = top + rows.length * size + 10;
    let x = 8;
    KG.MARKS.filter((m) => m !== "filtered" || KG.isFiltered()).forEach(function (m) {
      parts.push(KG.svg("g", { transform: "translate(" + x + " " + bottom + ")" }, KG.shapes(m, KG.inks(true)[m])), KG.text(x + 20, bottom + 13, KG.t("mark." + m)));
      x += 34 + KG.textWidth(KG.t("mark." + m), 13);
    });
    return KG.picture(Math.max(left + columns.length * size + 16, x), bottom + 30, parts);
  }

  KG.view("matrix", {
    order: 1, keys: { rowGroup: "family", rows: "spread", columnGroup: "province", columns: "code", places: "all" }, draw, select, csv, svg,
  });
}());
