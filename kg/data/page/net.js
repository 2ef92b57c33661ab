"use strict";
/* The pyvis network page: search, legend, and the sentences behind an edge. */
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PREDICATES = {
    implements: "实施 implements", partnersWith: "合作 partners with", leads: "牵头 leads",
    memberOf: "成员 member of", locatedIn: "位于 located in", within: "隶属 within",
  };
  const STATUSES = { realised: "已实施 realised", planned: "计划 planned", stopped: "停止 stopped" };
  const KINDS = {
    Region: "地区 region", Program: "项目 programme", LocalProgram: "地方项目 local programme", Hospital: "医院 hospital",
    AcademicInstitution: "高校院所 academic", MedicalAlliance: "医联体 alliance", other: "其他机构 other body",
  };
  const SHAPES = {
    Region: "M3 3H13V13H3Z", Program: "M8 1L15 8L8 15L1 8Z", LocalProgram: "M2 3H14L8 14Z",
    AcademicInstitution: "M8 2L14 13H2Z", MedicalAlliance: "M5 2H11L15 8L11 14H5L1 8Z",
    Hospital: "M8 3A5 5 0 1 1 7.99 3Z", other: "M8 3A5 5 0 1 1 7.99 3Z",
  };
  const LIMIT = 200;
  const nodes = data.nodes, edges = data.edges;
  const touching = new Map(nodes.map((n) => [n.id, []]));
  edges.forEach((e) => { touching.get(e.from).push(e); touching.get(e.to).push(e); });

  function el(tag, text, parent) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }
  const byId = (id) => document.getElementById(id);
  const label = (id) => nodes[id].label;
  const kindOf = (node) => (KINDS[node.kind] ? node.kind : "other");

  function svg(tag, attributes, parent) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach((k) => made.setAttribute(k, attributes[k]));
    parent.appendChild(made);
    return made;
  }

  function sign(parent, shape) {
    const frame = svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, parent);
    svg("path", shape, frame);
  }

  function legend() {
    const list = byId("legend");
    const counts = new Map();
    nodes.forEach((n) => counts.set(kindOf(n), (counts.get(kindOf(n)) || 0) + 1));
    counts.forEach((count, kind) => {
      const item = el("li", undefined, list);
      const colour = nodes.find((n) => kindOf(n) === kind).color;
      sign(item, { d: SHAPES[kind], fill: colour });
      el("span", KINDS[kind] + " (" + count + ")", item);
    });
    const drawn = new Map();
    edges.forEach((e) => drawn.set(e.status, e));
    drawn.forEach((e, status) => {
      const item = el("li", undefined, list);
      sign(item, { d: "M0 8H16", stroke: e.color, "stroke-width": 2, "stroke-dasharray": e.dashes ? e.dashes.join(" ") : "none" });
      el("span", STATUSES[status], item);
    });
  }

  function proof(edge, row, parent) {
    const report = data.reports[row[0]];
    const article = el("article", undefined, parent);
    el("h3", label(edge.from) + " — " + PREDICATES[edge.predicate] + " → " + label(edge.to), article);
    el("blockquote", row[1], article);
    const year = row[4] === null ? "" : " · " + row[4];
    el("p", STATUSES[edge.status] + year + " · " + report[1] + " · #char=" + row[2] + "," + row[3], article);
  }

  function show(title, shown) {
    byId("about").textContent = title;
    const box = byId("proofs");
    box.textContent = "";
    let count = 0;
    shown.forEach((edge) => data.proofs[edge.id].forEach((row) => {
      count += 1;
      if (count <= LIMIT) proof(edge, row, box);
    }));
    const cut = count > LIMIT ? "（显示前 " + LIMIT + " 句 first " + LIMIT + "）" : "";
    byId("state").textContent = count + " 句 sentences" + cut;
  }

  function start() {
    const view = new vis.Network(byId("net"), { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, data.options);
    const canvas = byId("net").querySelector("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", nodes.length + " 个节点 nodes, " + edges.length + " 条边 edges; 证据见旁 evidence beside");
    view.on("selectEdge", (e) => {
      if (e.nodes.length) return;
      show("证据 Evidence", e.edges.map((id) => edges[id]));
    });
    view.on("selectNode", (e) => show(label(e.nodes[0]), touching.get(e.nodes[0])));
    view.once("afterDrawing", () => document.documentElement.setAttribute("data-drawn", "yes"));
    return view;
  }

  function search(view) {
    const list = byId("names");
    nodes.slice().sort((a, b) => touching.get(b.id).length - touching.get(a.id).length).slice(0, 2000)
      .forEach((n) => el("option", undefined, list).setAttribute("value", n.label));
    byId("search").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = byId("find").value.trim();
      const found = nodes.find((n) => n.label === text) || nodes.find((n) => text && n.label.indexOf(text) >= 0);
      if (!found) { byId("state").textContent = "没有找到 not found: " + text; return; }
      view.selectNodes([found.id]);
      view.focus(found.id, { scale: 1.2, animation: false });
      show(found.label, touching.get(found.id));
      byId("about").focus();
    });
  }

  legend();
  byId("state").textContent = "点选节点或连线查看原句。 Choose a node or a line to read its sentences.";
  search(start());
})();
