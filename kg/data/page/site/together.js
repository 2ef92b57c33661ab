/* Programmes found together: how many places have both of two, and which combinations of a few occur. */
(function () {
  "use strict";
  const SIZES = ["10", "25", "50"];
  let grid = null;

  /* The programmes shown, in the order asked for, each with the places that have it. */
  function rows() {
    const spreads = Array.from(KG.spreads()).slice(0, Number(KG.state.top) || 25).map(([n, places]) => ({ n, places }));
    if (KG.state.pairOrder !== "family") return spreads;
    const rank = new Map();
    spreads.forEach((row) => rank.has(KG.familyKey(row.n)) || rank.set(KG.familyKey(row.n), rank.size));
    return spreads.sort((a, b) => rank.get(KG.familyKey(a.n)) - rank.get(KG.familyKey(b.n)));
  }
  const read = () => KG.portfolios().size;

  function choice(key, values, word) {
    const select = KG.el("select", { dataset: { focus: key }, on: { change: () => KG.go({ [key]: select.value }) } },
      values.map((value) => KG.el("option", { value, text: KG.has("together." + value) ? KG.t("together." + value) : value })));
    select.value = KG.state[key];
    return KG.el("label", {}, KG.t(word), " ", select);
  }
  /* The tint is a second telling of the number: Jaccard in five steps. */
  const tint = (jaccard) => Math.min(5, Math.ceil(jaccard * 5));
  function legend() {
    return KG.el("ul", { class: "legend", "aria-label": KG.t("legend") }, KG.el("li", { text: KG.t("together.tint") }),
      [1, 2, 3, 4, 5].map((k) => KG.el("li", {}, KG.el("span", { class: "sample tint-" + k }), " ≤ " + (k / 5).toFixed(1))));
  }

  function own(row, all) {
    const label = KG.t("together.own", { name: KG.name(row.n), n: row.places.size, all });
    return KG.el("td", { role: "gridcell", tabindex: "-1", class: "own", "aria-label": label }, row.places.size);
  }
  function cell(row, column, all) {
    if (row === column) return own(row, all);
    const like = KG.alike(row.places, column.places), both = like.shared.length;
    const label = KG.t("together.cell", { a: KG.name(row.n), b: KG.name(column.n), n: both, all, jaccard: KG.ofShare(like.jaccard) });
    const [a, b] = row.n < column.n ? [row.n, column.n] : [column.n, row.n];
    return KG.el("td", {
      role: "gridcell", tabindex: "-1", class: "tint-" + tint(like.jaccard), title: label, "aria-label": label, dataset: both ? { sel: "both|" + KG.ref(a, b) } : {},
    }, both || KG.el("span", { class: "soft", text: "·" }));
  }
  function table(shown) {
    const all = read();
    const heads = KG.el("tr", { role: "row", class: "names" }, KG.el("th", { role: "columnheader", scope: "col" }, KG.t("programme")),
      KG.el("th", { role: "columnheader", scope: "col", title: KG.t("matrix.share.long") }, KG.t("matrix.share.head")),
      shown.map((c) => KG.el("th", { role: "columnheader", scope: "col", title: KG.name(c.n) }, KG.link(c.n))));
    return KG.el("table", { role: "grid", class: "matrix together", "aria-label": KG.t("together.pairs") }, KG.el("thead", { role: "rowgroup" }, heads),
      KG.el("tbody", { role: "rowgroup" }, shown.map((row) => KG.el("tr", { role: "row" },
        KG.el("th", { role: "rowheader", scope: "row" }, KG.link(row.n)), KG.el("td", { role: "gridcell", class: "spread" }, row.places.size + "/" + all),
        shown.map((column) => cell(row, column, all))))));
  }

  function draw(root) {
    const shown = rows();
    grid = null;
    if (!shown.length) return void root.append(KG.el("p", { class: "empty", text: KG.t("empty") }));
    grid = KG.walkable(table(shown));
    root.append(KG.el("section", {}, KG.el("h2", { text: KG.t("together.pairs") }),
      KG.el("p", { class: "soft", text: KG.t("together.note", { all: read(), shown: shown.length, programmes: KG.spreads().size }) }),
      KG.el("div", { class: "controls" }, choice("top", SIZES, "together.top"), choice("pairOrder", ["spread", "family"], "matrix.rows")),
      legend(), KG.el("div", { class: "scroll" }, grid)));
    root.append(KG.el("section", {}, KG.el("h2", { text: KG.t("upset") }), KG.upset.draw()));
  }
  function select() {
    if (grid) KG.markChosen(grid);
  }

  /* Every pair that some place has both of, as kg/views/alike.py counts them, then the combinations. */
  function csv() {
    const all = read(), spreads = Array.from(KG.spreads()), pairs = [];
    spreads.forEach(([a, one], k) => spreads.slice(k + 1).forEach(function ([b, two]) {
      const like = KG.alike(one, two);
      if (!like.shared.length) return;
      pairs.push([KG.name(a), KG.name(b), like.shared.length, one.size, two.size, all, Number(like.jaccard.toFixed(4)), like.shared.map(KG.name).join("; ")]);
    }));
    pairs.sort((x, y) => y[2] - x[2] || y[6] - x[6]);
    const head = ["together.a", "together.b", "together.both", "together.of.a", "together.of.b", "together.read", "compare.jaccard", "regions"];
    return [head.map((key) => KG.t(key))].concat(pairs);
  }

  function matrixSvg(shown) {
    const ink = KG.inks(true), size = 26, widest = Math.max(...shown.map((r) => KG.textWidth(KG.name(r.n), 13))), left = widest + 22, top = widest + 22;
    const parts = [];
    shown.forEach(function (row, l) {
      const x = left + l * size + 17;
      parts.push(KG.text(8, top + l * size + 18, KG.name(row.n)), KG.text(x, top - 8, KG.name(row.n), { transform: "rotate(-90 " + x + " " + (top - 8) + ")" }));
      shown.forEach(function (column, k) {
        const like = KG.alike(row.places, column.places), self = row === column, n = self ? row.places.size : like.shared.length;
        const fill = self ? { fill: ink.wash } : { fill: ink.realised, "fill-opacity": 0.11 * tint(like.jaccard) };
        parts.push(KG.svg("rect", Object.assign({ x: left + k * size, y: top + l * size, width: size, height: size, stroke: ink.line }, fill)),
          KG.text(left + (k + 0.5) * size, top + l * size + 17, n || "·", { "font-size": 11, "text-anchor": "middle", "font-weight": self ? "bold" : null }));
      });
    });
    const told = KG.t("together.tint"), height = top + shown.length * size;
    parts.push(KG.text(8, height + 24, told, { fill: ink.soft, "font-size": 12 }));
    return { parts, width: Math.max(left + shown.length * size, KG.textWidth(told, 12) + 8) + 16, height: height + 40 };
  }
  function svg() {
    const shown = rows();
    if (!shown.length) return KG.picture(300, 60, KG.text(16, 36, KG.t("empty")));
    const matrix = matrixSvg(shown), sets = KG.upset.picture();
    return KG.picture(Math.max(matrix.width, sets.width), matrix.height + sets.height + 20, matrix.parts,
      KG.svg("g", { transform: "translate(0 " + (matrix.height + 10) + ")" }, sets.parts));
  }
  KG.view("together", { order: 8, keys: { set: "", combo: "", top: "25", pairOrder: "spread", comboOrder: "" }, draw, select, csv, svg });
}());
