/* The frame of the page: tabs, filter bar, language, export, and who is drawn when. Comes last. */
(function () {
  "use strict";
  const byId = (id) => document.getElementById(id);
  let shownLanguage = null, typing = 0;

  const name = () => (KG.views.has(KG.state.v) ? KG.state.v : "matrix");
  const ordered = () => Array.from(KG.views).sort((a, b) => a[1].order - b[1].order);

  function tabs() {
    const root = KG.clear(byId("tabs"));
    ordered().filter((entry) => entry[1].order > 0).forEach(([view]) => root.append(KG.el("a", {
      href: KG.href({ v: view, id: "" }), "aria-current": view === name() ? "page" : null,
    }, KG.t("view." + view))));
  }

  function option(facet, value, counts) {
    const box = KG.el("input", {
      type: "checkbox", checked: KG.listed(facet).includes(value), dataset: { focus: facet + value },
      on: { change: () => KG.toggle(facet, value) },
    });
    return KG.el("label", {}, box, " ", KG.valueName(facet, value), " ", KG.el("span", { class: "soft", text: counts.get(value) || 0 }));
  }
  /* What a value of a facet is called. */
  KG.valueName = function (facet, value) {
    if (value === "none") return KG.t("none." + facet);
    if (value === "local") return KG.t("type.LocalProgram");
    if (facet === "family" || facet === "province") return KG.find(value) < 0 ? value : KG.name(KG.find(value));
    if (facet === "year") return value;
    return KG.word({ level: "level", status: "mark", kind: "kind" }[facet], value);
  };
  function facet(key) {
    const counts = KG.counts(key), chosen = KG.listed(key).length;
    const inside = KG.el("div", { class: "options", role: "group", "aria-label": KG.t("filter." + key) });
    KG.values(key).forEach((value) => inside.append(option(key, value, counts)));
    return KG.el("details", { dataset: { facet: key } },
      KG.el("summary", { dataset: { focus: key } }, KG.t("filter." + key) + (chosen ? " (" + chosen + ")" : "")), inside);
  }
  function filters() {
    const root = byId("facets"), open = Array.from(root.querySelectorAll("details[open]")).map((d) => d.dataset.facet);
    KG.clear(root);
    KG.FACETS.filter((key) => KG.values(key).length).forEach(function (key) {
      const made = facet(key);
      made.open = open.includes(key);
      root.append(made);
    });
    if (byId("q") !== document.activeElement) byId("q").value = KG.state.q;
    byId("unfilter").hidden = !KG.isFiltered();
    byId("left").textContent = KG.t("filter.left", { claims: KG.claims().length, all: KG.C.count });
  }

  /* Texts of the frame itself: every element with data-t. */
  function wording() {
    if (shownLanguage === KG.language()) return;
    shownLanguage = KG.language();
    document.documentElement.lang = shownLanguage === "zh" ? "zh-CN" : "en";
    document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = KG.t(e.dataset.t); });
    document.querySelectorAll("[data-label]").forEach((e) => { e.setAttribute("aria-label", KG.t(e.dataset.label)); });
    byId("q").placeholder = KG.t("filter.q.hint");
    const c = KG.data.coverage, years = c.first_year === c.last_year ? c.first_year : c.first_year + "–" + c.last_year;
    byId("coverage").textContent = KG.t("coverage.line", Object.assign({}, c, { span: years === null ? "–" : years }));
  }

  function drawView() {
    const view = KG.views.get(name()), root = KG.clear(byId("view"));
    byId("heading").textContent = view.title ? view.title() : KG.t("view." + name());
    byId("help").textContent = KG.t("help." + name());
    document.title = byId("heading").textContent + " · " + KG.data.title;
    root.className = "view-" + name();
    view.draw(root);
    KG.markPressed(root);
    document.documentElement.dataset.drawn = name();
  }
  /* Drawing takes elements away; the one that had the focus gets it back. */
  function refocus(key) {
    const again = key && document.querySelector('[data-focus="' + CSS.escape(key) + '"]');
    if (again && document.activeElement !== again) again.focus();
  }

  KG.changed = function (keys) {
    const key = document.activeElement && document.activeElement.dataset.focus;
    wording();
    if (!keys.length || keys.some((k) => k !== "sel")) {
      const moved = keys.includes("v") || keys.includes("id");
      tabs();
      filters();
      drawView();
      if (moved) byId("heading").focus();
      else refocus(key);
    } else {
      const view = KG.views.get(name());
      KG.markPressed(byId("view"));
      if (view.select) view.select();
    }
    if (!keys.length || keys.some((k) => k === "sel" || k === "lang" || KG.FACETS.includes(k) || k === "q")) KG.drawPanel();
    if (keys.length === 1 && keys[0] === "sel" && KG.state.sel) KG.focusPanel();
  };

  function start() {
    byId("title").textContent = KG.data.title;
    byId("q").addEventListener("input", function () {
      clearTimeout(typing);
      typing = setTimeout(() => KG.go({ q: byId("q").value }, { replace: true }), 250);
    });
    byId("filter").addEventListener("submit", (event) => event.preventDefault());
    byId("unfilter").addEventListener("click", KG.unfilter);
    byId("language").addEventListener("click", () => KG.go({ lang: KG.language() === "zh" ? "en" : "zh" }));
    byId("csv").addEventListener("click", KG.exportCsv);
    byId("svg").addEventListener("click", KG.exportSvg);
    byId("png").addEventListener("click", KG.exportPng);
    byId("print").addEventListener("click", () => window.print());
    document.querySelector(".skip").addEventListener("click", function (event) {
      event.preventDefault(); /* the address holds the state */
      byId("view").focus();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && KG.state.sel) KG.closePanel();
    });
    /* A menu closes when the reader goes on elsewhere. */
    document.addEventListener("click", (event) => document.querySelectorAll("#facets details[open]").forEach((d) => {
      if (!d.contains(event.target)) d.open = false;
    }));
    KG.follow();
  }
  start();
}());
