/* UpSet plot (Lex, Gehlenborg, Strobelt, Vuillemot and Pfister 2014): which combinations of a few programmes places have. */
(function () {
  "use strict";
  const FEWEST = 2, MOST = 12, DEFAULT = 6, CHOICES = 40, BARS = 30;
  const STEP = 24, ROW = 26, TALL = 130;

  /* The programmes chosen, or the widest; only those that pass the filter. */
  function chosen(spreads) {
    const asked = KG.listed("set").map(KG.find).filter((n) => spreads.has(n));
    const found = KG.state.set ? asked : Array.from(spreads.keys()).slice(0, DEFAULT);
    return found.slice(0, MOST).sort((a, b) => spreads.get(b).size - spreads.get(a).size || a - b);
  }
  /* Each place belongs to one combination: exactly these of the chosen programmes and no other of them. */
  function combinations(set) {
    const found = new Map(), none = [];
    KG.portfolios().forEach(function (programmes, place) {
      const own = set.filter((p) => programmes.has(p)), key = KG.ref(...own);
      if (!own.length) return void none.push(place);
      if (!found.has(key)) found.set(key, { key, own, places: [] });
      found.get(key).places.push(place);
    });
    const sorted = Array.from(found.values()).sort((a, b) => b.places.length - a.places.length || b.own.length - a.own.length || (a.key < b.key ? -1 : 1));
    return { combos: sorted, none };
  }
  function model() {
    const spreads = KG.spreads(), set = chosen(spreads);
    return Object.assign({ spreads, set, all: KG.portfolios().size }, combinations(set));
  }

  function choose(m) {
    const toggle = function (n) {
      const next = m.set.includes(n) ? m.set.filter((p) => p !== n) : m.set.concat(n);
      KG.go({ set: next.map(KG.id).sort().join(",") || "none", combo: "" }); /* an empty set stands for the widest */
    };
    const offered = Array.from(m.spreads.keys()).slice(0, CHOICES), others = m.set.filter((n) => !offered.includes(n));
    const box = (n) => KG.el("input", {
      type: "checkbox", checked: m.set.includes(n), disabled: !m.set.includes(n) && m.set.length >= MOST,
      dataset: { focus: "set" + KG.id(n) }, on: { change: () => toggle(n) },
    });
    const boxes = offered.concat(others).map((n) => KG.el("label", {}, box(n), KG.name(n) + " ", KG.el("span", { class: "soft", text: m.spreads.get(n).size })));
    const told = KG.t("upset.choose", { n: m.set.length, most: MOST }), details = KG.el("details", { class: "sets" },
      KG.el("summary", { text: told }), KG.el("div", { class: "boxes", role: "group", "aria-label": told }, boxes),
      KG.state.set ? KG.el("button", { type: "button", on: { click: () => KG.go({ set: "", combo: "" }) } }, KG.t("upset.widest", { n: DEFAULT })) : null);
    details.open = KG.upset.open;
    details.addEventListener("toggle", () => { KG.upset.open = details.open; });
    return details;
  }

  /* Left: how many places have each programme. Above: how many have exactly a combination. Between: which it is. */
  function drawing(m, paper, room) {
    const ink = KG.inks(paper), shown = m.combos.slice(0, BARS), sizes = m.set.map((n) => m.spreads.get(n).size);
    const [longest, bars] = room < 600 ? [128, 56] : [230, 90], names = Math.min(longest, Math.max(...m.set.map((n) => KG.textWidth(KG.name(n), 13))) + 14);
    const left = names + bars + 24, top = TALL + 34, most = Math.max(1, ...shown.map((c) => c.places.length)), widest = Math.max(1, ...sizes);
    const small = { "font-size": 12, fill: ink.soft }, ending = Object.assign({ "text-anchor": "end" }, small);
    const parts = [KG.text(left, 14, KG.t("upset.bars"), small), KG.text(left - 14, top - 10, KG.t("upset.sizes"), ending)];
    m.set.forEach(function (n, k) {
      const y = top + k * ROW, long = (sizes[k] / widest) * (bars - 26);
      if (k % 2 === 0) parts.push(KG.svg("rect", { x: 0, y, width: left + shown.length * STEP, height: ROW, fill: ink.wash }));
      parts.push(KG.text(8, y + 18, KG.clip(KG.name(n), 13, names - 10), { fill: ink.ink }), KG.text(left - 18 - long, y + 17, sizes[k], ending),
        KG.svg("rect", { x: left - 14 - long, y: y + 7, width: Math.max(1, long), height: ROW - 14, fill: ink.soft }));
    });
    shown.forEach((combo, k) => parts.push(column(combo, m, { x: left + k * STEP + STEP / 2, top, most, ink, paper })));
    return { parts: parts.flat(3), width: Math.max(left + shown.length * STEP + 12, 340), height: top + m.set.length * ROW + 6 };
  }
  function column(combo, m, { x, top, most, ink, paper }) {
    const tall = (combo.places.length / most) * (TALL - 22), base = top - 14, at = m.set.map((_, k) => top + k * ROW + ROW / 2);
    const inside = m.set.map((n, k) => ({ y: at[k], full: combo.own.includes(n) })), full = inside.filter((dot) => dot.full);
    const picked = KG.state.combo === combo.key, fill = picked ? ink.planned : ink.accent, bottom = at[at.length - 1] + ROW / 2;
    return KG.svg("g", paper ? {} : { class: "combo", "data-combo": combo.key }, KG.svg("title", {}, described(combo)),
      KG.svg("rect", { x: x - STEP / 2, y: 18, width: STEP, height: bottom - 18, fill: picked ? ink.chosen : "transparent", "fill-opacity": 0.6 }),
      KG.svg("rect", { x: x - 8, y: base - tall, width: 16, height: Math.max(1, tall), fill }),
      KG.text(x, base - tall - 4, combo.places.length, { "font-size": 11, fill: ink.ink, "text-anchor": "middle" }),
      inside.filter((dot) => !dot.full).map((dot) => KG.svg("circle", { cx: x, cy: dot.y, r: 3.5, fill: ink.soft, "fill-opacity": 0.3 })),
      KG.svg("line", { x1: x, x2: x, y1: full[0].y, y2: full[full.length - 1].y, stroke: fill, "stroke-width": 2.5 }),
      full.map((dot) => KG.svg("circle", { cx: x, cy: dot.y, r: 6, fill })));
  }
  const names = (combo) => combo.own.map(KG.name).join(" + ");
  const described = (combo) => KG.t("upset.described", { names: names(combo), n: combo.places.length });

  const pick = (combo) => KG.go({ combo: KG.state.combo === combo.key ? "" : combo.key });
  function picture(m) {
    const made = drawing(m, false, document.getElementById("view").clientWidth), name = KG.t("upset.figure", { sets: m.set.length, combos: m.combos.length });
    const svg = KG.figure(made.width, made.height, name, made.parts);
    svg.addEventListener("click", function (event) {
      const found = event.target.closest(".combo");
      if (found) pick(m.combos.find((c) => c.key === found.dataset.combo));
    });
    return svg;
  }
  const placeLinks = (places) => places.map((n, k) => [k ? KG.comma() : "", KG.link(n)]).flat();
  function detail(m) {
    const combo = m.combos.find((c) => c.key === KG.state.combo);
    return combo ? KG.el("p", { class: "card", role: "status" }, KG.el("b", { text: described(combo) }), KG.el("br"), placeLinks(combo.places)) : null;
  }
  const button = (combo) => KG.el("button", {
    type: "button", class: "plain strong", "aria-pressed": String(combo.key === KG.state.combo),
    dataset: { focus: "combo" + combo.key }, on: { click: () => pick(combo) },
  }, names(combo));
  function table(m) {
    return KG.table([
      { key: "what", title: KG.t("upset.combination"), value: names, cell: button },
      { key: "programmes", title: KG.t("programmes"), value: (c) => c.own.length, number: true, down: true },
      { key: "places", title: KG.t("upset.places"), value: (c) => c.places.length, number: true, down: true },
      { key: "which", title: KG.t("regions"), value: (c) => c.places.map(KG.name).join(), cell: (c) => KG.el("span", {}, placeLinks(c.places)) },
    ], m.combos, { key: "comboOrder", caption: KG.t("upset"), step: 50 });
  }

  KG.upset = {
    open: false,
    draw: function () {
      const m = model(), note = [KG.t("upset.note", { all: m.all, none: m.none.length })];
      if (m.combos.length > BARS) note.push(KG.t("upset.cut", { shown: BARS, all: m.combos.length }));
      if (m.set.length < FEWEST) return [choose(m), KG.el("p", { class: "empty", text: KG.t("upset.few", { few: FEWEST, most: MOST }) })];
      const frame = { class: "scroll plot", tabindex: "0", role: "region", "aria-label": KG.t("upset.picture") };
      return [choose(m), KG.el("p", { class: "soft", text: note.join(" ") }), KG.el("div", frame, picture(m)), detail(m), table(m)];
    },
    picture: function () {
      const m = model();
      return m.set.length < FEWEST ? { parts: [], width: 0, height: 0 } : drawing(m, true, 900);
    },
  };
}());
