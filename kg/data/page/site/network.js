/* The network: programmes and regions with the statements between them; organisations unfold on a click. */
(function () {
  "use strict";
  const C = KG.C, STEP = 100, LEGIBLE = 0.45; /* scale from which satellites can be told apart */
  let plot = null, canvas = null, tip = null, scene = null, aside = null, unfolded = "";

  const kindOf = (n) => KG.word("type", KG.type(n));
  const many = (lines) => lines.reduce((sum, line) => sum + line.claims.length, 0);
  const opened = () => KG.listed("open");
  const canOpen = (n) => KG.isRegion(n) || KG.type(n) === "Program";

  /* A click on a node selects it and unfolds it; a click on what is selected folds it again. */
  function choose(target) {
    if (!target) return KG.go({ sel: "" });
    if (target.line) return KG.select(KG.selectionOf(target.line));
    const n = target.item.n, sel = "node|" + KG.id(n), open = opened(), has = open.includes(KG.id(n));
    if (!canOpen(n) || open.includes("all")) return KG.select(sel);
    if (has && KG.state.sel === sel) return KG.go({ sel: "", open: open.filter((id) => id !== KG.id(n)).join(",") });
    return KG.go({ sel, open: has ? KG.state.open : open.concat(KG.id(n)).sort().join(",") });
  }

  function told(target) {
    if (target.line) {
      const { a, b, predicate, status, claims } = target.line;
      return [KG.name(a) + " " + KG.word("predicate", predicate) + " " + KG.name(b), KG.t("mark." + status) + " · " + KG.t("proofs", { count: claims.length })];
    }
    const n = target.item.n, lines = scene.lines.filter((line) => line.a === n || line.b === n);
    const state = KG.isRegion(n) && !KG.covered.has(n) ? " · " + KG.t("mark.unread") : "";
    return [KG.name(n), kindOf(n) + state, KG.t("network.node", { lines: lines.length, proofs: many(lines) })];
  }
  function point(target, x, y) {
    tip.hidden = !target;
    if (!target) return;
    KG.clear(tip).append(...told(target).map((text) => KG.el("p", { text })));
    const room = canvas.clientWidth - tip.offsetWidth - 6;
    tip.style.left = Math.max(4, Math.min(x + 14, room)) + "px";
    tip.style.top = (y + 18 + tip.offsetHeight > canvas.clientHeight ? y - tip.offsetHeight - 10 : y + 18) + "px";
  }

  const action = (word, act, props) => KG.el("button", Object.assign({ type: "button", dataset: { focus: "net " + word }, on: { click: act } }, props), KG.t(word));
  const symbol = (sign, word, act) => KG.el("button", { type: "button", class: "square", "aria-label": KG.t(word), title: KG.t(word), on: { click: act } }, sign);
  function controls() {
    const all = opened().includes("all");
    return KG.el("div", { class: "controls" },
      action("network.all", () => KG.go({ open: "all" }), { disabled: all }),
      action("network.fold", () => KG.go({ open: "" }), { disabled: !KG.state.open }),
      KG.el("span", { class: "soft", text: KG.t("network.count", { nodes: scene.nodes.length, lines: scene.lines.length, proofs: many(scene.lines) }) }),
      scene.inside ? KG.el("span", { class: "soft", text: KG.t("network.inside", { count: scene.inside }) }) : null);
  }
  /* Kinds of nodes and relations with their numbers; each can be switched off. */
  function toggle(key, value, sign, text, count) {
    const on = !KG.listed(key).includes(value);
    return KG.el("li", {}, KG.el("button", {
      type: "button", class: "plain key", "aria-pressed": String(on), dataset: { focus: key + value }, on: { click: () => KG.toggle(key, value) },
    }, sign, " ", KG.el("span", { text }), " ", KG.el("span", { class: "soft", text: count })));
  }
  function legend() {
    const kinds = KG.KINDS.filter((kind) => scene.kinds.has(kind)), predicates = ["implements", "partnersWith", "leads", "memberOf", "locatedIn", "within"];
    return KG.el("div", { class: "keys" },
      KG.el("ul", { class: "legend", "aria-label": KG.t("network.kinds") }, kinds.map((kind) => toggle("nokinds", kind, KG.kindSign(kind), KG.word("type", kind), scene.kinds.get(kind))),
        scene.nodes.some((item) => item.hollow) ? KG.el("li", { class: "soft" }, KG.kindSign("Region", true), " ", KG.t("network.unread")) : null),
      KG.el("ul", { class: "legend", "aria-label": KG.t("network.relations") }, predicates.filter((p) => scene.predicates.has(p)).map((p) => toggle("nolines", p, KG.lineSign("", p), KG.word("predicate", p), scene.predicates.get(p)))),
      KG.el("ul", { class: "legend", "aria-label": KG.t("filter.status") }, ["realised", "planned", "stopped"].map((s) => KG.el("li", {}, KG.lineSign(s), " ", KG.t("mark." + s)))));
  }

  function described() {
    return KG.t("network.label", { nodes: scene.nodes.length, lines: scene.lines.length, proofs: many(scene.lines) });
  }
  function stage() {
    if (!canvas) {
      canvas = KG.el("canvas", { class: "plot", role: "img", tabindex: "0", dataset: { focus: "plot" } });
      tip = KG.el("div", { class: "tip", "aria-hidden": "true", hidden: true });
      plot = KG.plot(canvas, { point, choose });
    }
    tip.hidden = true;
    canvas.setAttribute("aria-label", described());
    const tools = KG.el("div", { class: "zoom" }, symbol("+", "network.in", () => plot.zoom(1.4)), symbol("−", "network.out", () => plot.zoom(1 / 1.4)), symbol("⤢", "network.fit", () => plot.fit()));
    return KG.el("div", { class: "stage" }, canvas, tools, tip);
  }

  /* The same in words: the relations of what is selected, and all nodes by kind. */
  function relation(line, n) {
    const m = line.a === n ? line.b : line.a, sel = KG.selectionOf(line);
    return KG.el("li", {}, KG.lineSign(line.status), " ", KG.el("span", { class: "soft", text: KG.word("predicate", line.predicate) + " · " + KG.t("mark." + line.status) }), " ",
      KG.choose("node|" + KG.id(m), KG.name(m), { class: "plain strong" }), " ", KG.choose(sel, KG.t("proofs", { count: line.claims.length }), { class: "plain count" }));
  }
  function relations() {
    const [kind, id] = KG.state.sel.split("|"), n = kind === "node" ? KG.find(id) : -1;
    if (n < 0 || !scene.at.has(n)) return null;
    const lines = scene.lines.filter((line) => line.a === n || line.b === n).sort((a, b) => b.claims.length - a.claims.length || a.a - b.a || a.b - b.b);
    const list = KG.el("ul", { class: "items" });
    return KG.el("section", {}, KG.el("h2", {}, KG.t("network.of", { name: KG.name(n), count: lines.length })),
      canOpen(n) ? opener(n) : null, lines.length ? [list, KG.more(list, lines, (line) => relation(line, n), STEP)] : KG.el("p", { class: "empty", text: KG.t("network.alone") }));
  }
  function opener(n) {
    const id = KG.id(n), on = opened().includes(id), key = on ? "network.close" : "network.open";
    if (opened().includes("all")) return null;
    return KG.el("button", {
      type: "button", "aria-expanded": String(on), dataset: { focus: "open " + id }, on: { click: () => KG.toggle("open", id) },
    }, KG.t(key, { name: KG.name(n) }));
  }
  function directory() {
    const inside = KG.el("div"), made = KG.el("details", { class: "directory" }, KG.el("summary", { text: KG.t("network.list", { count: scene.nodes.length }) }), inside);
    made.addEventListener("toggle", function () {
      if (made.open && !inside.firstChild) KG.KINDS.forEach((kind) => inside.append(...group(kind)));
      KG.markPressed(inside);
    });
    return made;
  }
  function group(kind) {
    const items = scene.nodes.filter((item) => item.kind === kind), list = KG.el("ul", { class: "items" });
    if (!items.length) return [];
    const entry = (item) => KG.el("li", {}, KG.kindSign(kind, item.hollow), " ", KG.choose("node|" + KG.id(item.n), KG.name(item.n), { class: "plain strong" }), " ",
      KG.el("span", { class: "soft", text: KG.t("proofs", { count: item.weight }) }));
    return [KG.el("h3", { text: KG.word("type", kind) + " " + items.length }), list, KG.more(list, items, entry, STEP)];
  }
  function words() {
    const found = relations();
    KG.clear(aside).append(...(found ? [found] : []));
  }

  /* What has just been unfolded comes into the window if it could not be told apart. */
  function fresh() {
    const before = unfolded.split(","), added = opened().filter((id) => !before.includes(id)), last = added[added.length - 1];
    unfolded = KG.state.open;
    const n = last ? KG.find(last) : -1;
    if (last === "all" || (added.length === 0 && before[0] && !KG.state.open)) return scene.nodes;
    if (n < 0 || !plot || !KG.isRegion(n) || plot.scale() > LEGIBLE) return null;
    return scene.nodes.filter((item) => item.n === n || (scene.single.has(item.n) && KG.within(item.n, n)));
  }
  function draw(root) {
    scene = KG.scene();
    aside = KG.el("div");
    root.append(controls(), legend());
    if (!scene.nodes.length) return void root.append(KG.el("p", { class: "empty", text: KG.t("empty") }));
    root.append(stage(), aside, directory());
    plot.show(scene, KG.state.sel, fresh());
    words();
  }
  function select() {
    if (!plot || !scene.nodes.length) return;
    plot.select(KG.state.sel);
    words();
  }

  function csv() {
    const head = ["subject", "type", "relation", "object", "type", "filter.status", "network.proofs", "identifier"].map((key) => KG.t(key));
    const shown = KG.scene();
    return [head].concat(shown.lines.map((line) => [KG.name(line.a), kindOf(line.a), KG.word("predicate", line.predicate), KG.name(line.b), kindOf(line.b),
      KG.t("mark." + line.status), line.claims.length, line.claims.map((i) => "claim/" + C.id[i]).join(" ")]));
  }
  /* The window as it is, on white paper. */
  function svg() {
    const { camera, size } = plot.camera(), palette = KG.inks(true), pen = KG.svgPen(), below = [];
    KG.paint(pen, scene, camera, size, palette);
    let x = 12;
    function key(sign, text) {
      sign.setAttribute("x", x);
      sign.setAttribute("y", size.h + 10);
      resolved(sign, palette);
      below.push(sign, KG.text(x + Number(sign.getAttribute("width")) + 5, size.h + 23, text));
      x += Number(sign.getAttribute("width")) + 20 + KG.textWidth(text, 13);
    }
    KG.KINDS.filter((kind) => scene.kinds.has(kind)).forEach((kind) => key(KG.kindSign(kind), KG.word("type", kind)));
    ["realised", "planned", "stopped"].forEach((s) => key(KG.lineSign(s), KG.t("mark." + s)));
    const cut = KG.svg("svg", { width: size.w, height: size.h, viewBox: "0 0 " + size.w + " " + size.h }, pen.parts);
    return KG.picture(Math.max(size.w, x), size.h + 36, cut, below);
  }
  /* Colours of the page's style sheet are not at hand in a file. */
  function resolved(sign, palette) {
    sign.querySelectorAll("*").forEach((shape) => ["fill", "stroke"].forEach(function (name) {
      const found = /^var\(--(.+)\)$/.exec(shape.getAttribute(name) || "");
      if (found) shape.setAttribute(name, palette[found[1]]);
    }));
  }

  KG.view("network", { order: 2, keys: { open: "", nokinds: "", nolines: "locatedIn,within" }, draw, select, csv, svg });
}());
