/* Words, elements, links, signs and tables. Text is only ever set as text. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const words = KG.data.words;

  KG.language = function () {
    if (KG.state.lang in words) return KG.state.lang;
    return (navigator.language || "zh").slice(0, 2) === "zh" ? "zh" : "en";
  };
  /* A text of the interface; {name} in it is filled in, {name|place|places} with the word that goes with the number. */
  KG.t = function (key, values) {
    const text = words[KG.language()][key];
    if (text === undefined) throw new Error("no such word: " + key);
    return text.replace(/\{(\w+)(?:\|(\w+)\|(\w+))?\}/g, function (_, name, one, many) {
      return values[name] + (one ? " " + (values[name] === 1 ? one : many) : "");
    });
  };
  KG.name = (n) => (KG.language() === "en" && KG.data.nodes.en[n]) || KG.label(n);
  KG.has = (key) => key in words.zh;

  function fill(element, props, children) {
    Object.keys(props || {}).forEach(function (key) {
      const value = props[key];
      if (value === null || value === undefined || value === false) return;
      if (key === "text") element.textContent = value;
      else if (key === "on") Object.keys(value).forEach((event) => element.addEventListener(event, value[event]));
      else if (key === "dataset") Object.assign(element.dataset, value);
      else element.setAttribute(key, value === true ? "" : value);
    });
    children.flat(9).forEach(function (child) {
      if (child !== null && child !== undefined && child !== false) element.append(child);
    });
    return element;
  }
  KG.el = (tag, props, ...children) => fill(document.createElement(tag), props, children);
  KG.svg = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);
  /* Colours by name, all from the first rule of the style sheet: for elements (they follow dark and light), as they
     are on the screen at this moment (for a canvas), and for white paper. */
  const rule = document.styleSheets[0].cssRules[0].style, current = getComputedStyle(document.documentElement);
  const inks = (value) => Array.from(rule).filter((name) => name.startsWith("--")).reduce((all, name) => Object.assign(all, { [name.slice(2)]: value(name) }), {});
  const STYLED = inks((name) => "var(" + name + ")"), PAPER = inks((name) => rule.getPropertyValue(name).trim());
  KG.inks = (paper) => (paper ? PAPER : STYLED);
  KG.screen = () => inks((name) => current.getPropertyValue(name).trim());
  KG.clear = function (element) {
    element.textContent = "";
    return element;
  };

  /* Links inside the page; selection ends where another thing is looked at. */
  KG.link = (n, text) => KG.el("a", { href: KG.href({ v: "page", id: KG.id(n), sel: "" }) }, text || KG.name(n));
  KG.reportName = (r) => KG.R[r].title || KG.R[r].file;
  KG.reportLink = (r) => KG.el("a", { href: KG.href({ v: "page", id: "report/" + KG.R[r].key, sel: "" }) }, KG.reportName(r));
  /* Addresses from outside: only http and https become links. */
  KG.outside = function (address, text) {
    if (!/^https?:\/\//i.test(address)) return null;
    return KG.el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text);
  };
  KG.select = (text) => KG.go({ sel: text === KG.state.sel ? "" : text });
  KG.ref = (...nodes) => nodes.map(KG.id).join("|");
  KG.choose = (sel, children, props) => KG.el("button", Object.assign({
    type: "button", class: "plain", dataset: { sel }, "aria-pressed": String(sel === KG.state.sel),
    on: { click: () => KG.select(sel) },
  }, props), children);
  KG.markPressed = (root) => root.querySelectorAll("button[data-sel]").forEach(function (one) {
    one.setAttribute("aria-pressed", String(one.dataset.sel === KG.state.sel));
  });

  /* Signs differ by shape as well as by colour (Okabe and Ito 2008). */
  const SIGNS = {
    realised: [["circle", { cx: 8, cy: 8, r: 6, fill: "VAR" }]],
    planned: [["circle", { cx: 8, cy: 8, r: 5, fill: "none", stroke: "VAR", "stroke-width": 2.5 }]],
    both: [
      ["circle", { cx: 8, cy: 8, r: 5.5, fill: "none", stroke: "VAR", "stroke-width": 2 }],
      ["path", { d: "M8 2.5A5.5 5.5 0 0 0 8 13.5Z", fill: "VAR" }],
    ],
    stopped: [["path", { d: "M3 3L13 13M13 3L3 13", stroke: "VAR", "stroke-width": 3, fill: "none" }]],
    silent: [["circle", { cx: 8, cy: 8, r: 1.5, fill: "VAR" }]],
    filtered: [["path", { d: "M4 8H12", stroke: "VAR", "stroke-width": 1.5, fill: "none" }]],
    unread: [["path", { d: "M2 14L14 2M2 8L8 2M8 14L14 8", stroke: "VAR", "stroke-width": 1, fill: "none" }]],
  };
  KG.MARKS = Object.keys(SIGNS);
  /* The shapes of a sign, to be put into any drawing; `colour` is a colour or a class does it. */
  KG.shapes = (mark, colour) => SIGNS[mark].map(function (shape) {
    const props = Object.assign({}, shape[1]);
    Object.keys(props).forEach((k) => { if (props[k] === "VAR") props[k] = colour; });
    return KG.svg(shape[0], props);
  });
  /* A status or mark as a small picture; with a title unless the text beside it says the same. */
  KG.sign = function (mark, silent) {
    const frame = { class: "sign", width: 16, height: 16, viewBox: "0 0 16 16" };
    const props = silent ? { "aria-hidden": "true" } : { role: "img", "aria-label": KG.t("mark." + mark) };
    return KG.svg("svg", Object.assign(frame, props), KG.shapes(mark, "var(--" + mark + ")"));
  };
  KG.status = (mark) => KG.el("span", { class: "status" }, KG.sign(mark, true), KG.t("mark." + mark));
  KG.word = (area, code) => (KG.has(area + "." + code) ? KG.t(area + "." + code) : code || KG.t("none"));

  /* Append rows in steps, with a button for the next step. */
  KG.more = function (root, rows, make, step) {
    let shown = 0;
    const button = KG.el("button", { type: "button", class: "more" });
    function next() {
      const made = rows.slice(shown, shown + step).map(make);
      made.forEach((row) => root.append(row));
      shown += made.length;
      button.textContent = KG.t("more", { shown, all: rows.length });
      button.hidden = shown >= rows.length;
      return made;
    }
    button.addEventListener("click", function () {
      const first = next()[0], target = first && (first.querySelector("a, button") || first);
      if (target) {
        if (!target.matches("a, button")) target.tabIndex = -1;
        target.focus();
      }
    });
    next();
    return button;
  };

  const ordered = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh"));
  /* A sortable table. A column: {key, title, value(row), cell(row) -> node or text, number, down: first order is descending}.
     The order stands in the address under `key` as "column" or "-column". */
  KG.table = function (columns, rows, { key, caption, step = 200 }) {
    const chosen = (KG.state[key] || "").replace(/^-/, ""), column = columns.find((c) => c.key === chosen);
    const down = KG.state[key].charAt(0) === "-";
    const sorted = column ? rows.slice().sort((a, b) => (down ? -1 : 1) * ordered(column.value(a), column.value(b))) : rows;
    const body = KG.el("tbody");
    const more = KG.more(body, sorted, (row) => KG.el("tr", {}, columns.map((c, n) => KG.el(n ? "td" : "th",
      { class: c.number ? "number" : null, scope: n ? null : "row" }, (c.cell || c.value)(row)))), step);
    const heads = columns.map((c) => heading(c, key, column === c, down));
    const table = KG.el("table", { class: "rows" }, KG.el("caption", { text: caption }), KG.el("thead", {}, KG.el("tr", {}, heads)), body);
    return KG.el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table, more);
  };
  function heading(column, key, current, down) {
    const order = current ? (down ? "descending" : "ascending") : "none";
    const first = column.down ? "-" : "", next = current ? (down ? "" : "-") : first;
    const act = () => KG.go({ [key]: next + column.key });
    const arrow = KG.el("span", { class: "arrow", "aria-hidden": "true" }, order === "none" ? "" : down ? "↓" : "↑");
    const button = KG.el("button", { type: "button", on: { click: act }, dataset: { focus: key + column.key } }, column.title, arrow);
    return KG.el("th", { scope: "col", "aria-sort": order, class: column.number ? "number" : null }, button);
  }

  const views = new Map();
  KG.views = views;
  /* A view: {order, keys, draw(root), select(), csv(), svg()}; see shell.js for when each is called. */
  KG.view = function (name, view) {
    views.set(name, view);
    KG.declare(view.keys || {});
  };
}());
