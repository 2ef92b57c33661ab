/* The evidence panel: the sentences behind whatever is selected. */
(function () {
  "use strict";
  const STEP = 50;
  const panel = () => document.getElementById("panel");

  /* Claims and rates of the selection, and what it is called. */
  KG.selection = function () {
    const [kind, ...rest] = KG.state.sel.split("|"), nodes = rest.map(KG.find);
    const make = KINDS[kind];
    if (!make || (kind !== "claims" && kind !== "rate" && nodes.some((n) => n < 0))) return null;
    return Object.assign({ claims: [], observations: [], nodes: [] }, make(nodes, rest.join("|")));
  };
  const passing = (claims) => claims.filter(KG.passes);
  const KINDS = {
    cell: ([programme, region]) => ({
      nodes: [programme, region],
      claims: passing(KG.touching(programme)).filter((i) => KG.C.o[i] === programme && KG.places(i).includes(region)),
    }),
    node: ([n]) => ({
      nodes: [n], claims: passing(KG.touching(n)),
      observations: KG.observations().filter((i) => KG.O.s[i] === n),
    }),
    pair: ([a, b]) => ({
      nodes: [a, b],
      claims: passing(KG.touching(a)).filter((i) => a !== b && (KG.C.s[i] === b || KG.C.o[i] === b)),
    }),
    both: ([a, b]) => ({ nodes: [a, b], claims: both(a, b) }),
    claims: (_, hexes) => ({ claims: hexes.split(",").map(KG.claimOf).filter((i) => i >= 0) }),
    rate: (_, hex) => ({ observations: [KG.rateOf(hex)].filter((i) => i >= 0) }),
  };
  /* Claims of two programmes in the places that have both. */
  function both(a, b) {
    const [one, two] = [a, b].map((n) => KG.cells().get(n) || new Map());
    const found = new Set();
    one.forEach(function (cell, region) {
      if (two.has(region)) cell.claims.concat(two.get(region).claims).forEach((i) => found.add(i));
    });
    return Array.from(found).sort((x, y) => x - y);
  }

  function quote(sentence, marks) {
    const pieces = KG.pieces(sentence, marks).map((p) => (p[1] ? KG.el("mark", { text: p[0] }) : p[0]));
    return KG.el("blockquote", {}, pieces);
  }
  KG.quoted = quote;
  const year = (y) => (y ? String(y) : KG.t("year.none"));

  function source(sentence) {
    const r = KG.reportOf(sentence), [start, end] = KG.span(sentence);
    return KG.el("p", { class: "source" }, KG.reportLink(r), " · ", KG.el("span", { text: KG.R[r].file + "#char=" + start + "," + end }),
      " ", KG.outside(KG.R[r].source, KG.t("source")));
  }
  function fact(name, value) {
    return [KG.el("dt", { text: name }), KG.el("dd", {}, value)];
  }
  /* The identifier, to be used in `kg explain` and in curation.tsv. */
  function identity(id) {
    return fact(KG.t("identifier"), KG.el("code", { text: id }));
  }

  KG.evidence = function (i) {
    const C = KG.C, predicate = KG.word("predicate", C.p[i]);
    const kind = C.p[i] === "partnersWith" ? [" · ", KG.word("kind", C.kind[i])] : null;
    return KG.el("article", { class: "evidence" },
      KG.el("h3", {}, KG.link(C.s[i]), " ", KG.el("span", { class: "predicate", text: predicate }), " ", KG.link(C.o[i])),
      quote(C.sentence[i], C.marks[i]),
      KG.el("p", { class: "meta" }, KG.status(C.status[i]), " · ", year(C.year[i]), kind),
      source(C.sentence[i]),
      KG.el("details", {}, KG.el("summary", { text: KG.t("details") }),
        KG.el("dl", {}, fact(KG.t("rule"), C.rule[i]), identity("claim/" + C.id[i])), KG.flagButton("claim/" + C.id[i])));
  };
  KG.evidenceOfRate = function (i) {
    const O = KG.O;
    return KG.el("article", { class: "evidence" },
      KG.el("h3", {}, KG.link(O.s[i]), " ", O.metric[i], " ", KG.el("strong", { text: O.text[i] })),
      quote(O.sentence[i], O.marks[i]),
      KG.el("p", { class: "meta" }, KG.status(O.status[i]), " · ", year(O.year[i])),
      source(O.sentence[i]),
      KG.el("details", {}, KG.el("summary", { text: KG.t("details") }),
        KG.el("dl", {}, fact(KG.t("rule"), O.rule[i]), identity("observation/" + O.id[i])), KG.flagButton("observation/" + O.id[i])));
  };

  function heading(found) {
    const title = KG.el("h2", { id: "about", tabindex: "-1" });
    if (!found.nodes.length) title.textContent = KG.t("panel.title");
    found.nodes.forEach((n, k) => title.append(k ? KG.el("span", { class: "times", text: " × " }) : "", KG.link(n)));
    return title;
  }
  function state(found) {
    const sentences = new Set(found.claims.map((i) => KG.C.sentence[i]).concat(found.observations.map((i) => KG.O.sentence[i])));
    const reports = new Set(Array.from(sentences).map(KG.reportOf));
    return KG.t("panel.count", { sentences: sentences.size, reports: reports.size });
  }
  /* What a cell without sentences means. */
  function empty(found) {
    if (found.claims.length || found.observations.length) return null;
    const [programme, region] = found.nodes;
    const mark = KG.state.sel.startsWith("cell|") ? KG.mark(programme, region) : "filtered";
    return KG.el("p", { class: "empty" }, KG.status(mark), " ", KG.t("why." + mark));
  }

  KG.drawPanel = function () {
    const found = KG.state.sel ? KG.selection() : null, root = KG.clear(panel());
    document.body.classList.toggle("with-panel", Boolean(found));
    root.hidden = !found;
    if (!found) return KG.say("");
    const close = KG.el("button", {
      type: "button", class: "close", "aria-label": KG.t("close"), on: { click: KG.closePanel },
    }, "×");
    const count = state(found), list = KG.el("div", { class: "proofs" });
    const rows = found.claims.map((i) => () => KG.evidence(i)).concat(found.observations.map((i) => () => KG.evidenceOfRate(i)));
    root.append(close, heading(found), KG.el("p", { class: "count", text: count }));
    if (empty(found)) root.append(empty(found));
    root.append(list, KG.more(list, rows, (make) => make(), STEP));
    root.scrollTop = 0;
    return KG.say(count);
  };
  KG.closePanel = function () {
    const sel = KG.state.sel;
    KG.go({ sel: "" });
    const from = document.querySelector('#view [data-sel="' + CSS.escape(sel) + '"]');
    (from || document.getElementById("view")).focus();
  };
  KG.focusPanel = function () {
    const title = document.getElementById("about");
    if (title) title.focus();
  };
  KG.say = function (text) {
    document.getElementById("said").textContent = text;
  };
}());
