/* Drawing of the network: the same commands for a canvas and for SVG. */
(function () {
  "use strict";
  const turn = (corners, start) => Array.from({ length: corners }, (_, k) => {
    const angle = start + (2 * Math.PI * k) / corners;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const UP = -Math.PI / 2, CROSS = [[-0.35, -1], [0.35, -1], [0.35, -0.35], [1, -0.35], [1, 0.35], [0.35, 0.35], [0.35, 1], [-0.35, 1], [-0.35, 0.35], [-1, 0.35], [-1, -0.35], [-0.35, -0.35]];
  const ROUND = turn(16, 0);
  /* Colour, outline on the unit circle, and whether only the outline is drawn: kinds differ by shape too. */
  const LOOKS = {
    Program: ["programme", turn(4, UP)], LocalProgram: ["programme", turn(3, -UP)], Region: ["region", turn(4, Math.PI / 4)],
    Hospital: ["hospital", ROUND], PrimaryCareInstitution: ["hospital", ROUND, true], PublicHealthInstitution: ["hospital", CROSS],
    AcademicInstitution: ["academic", turn(3, UP)], MedicalAlliance: ["alliance", turn(6, 0)],
    HealthAuthority: ["other", turn(5, UP)], GovernmentBody: ["other", turn(5, UP), true], Organization: ["other", ROUND],
  };
  const look = (kind) => LOOKS[kind] || LOOKS.Organization;
  KG.KINDS = Object.keys(LOOKS);
  const DASHES = { realised: [], planned: [6, 4], stopped: [1.5, 3.5] };
  const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif';
  const CHUNK = 300; /* one path of thousands of lines is slower than many short ones */
  /* A pen has three commands. Lines: x1 y1 x2 y2 …; shapes: x y radius … */
  KG.canvasPen = function (g) {
    function chunks(values, step, each, end) {
      for (let k = 0; k < values.length; k += step * CHUNK) {
        g.beginPath();
        for (let j = k; j < Math.min(values.length, k + step * CHUNK); j += step) each(j);
        end();
      }
    }
    function lines(at, { colour, width, dash, alpha }) {
      g.globalAlpha = alpha;
      g.strokeStyle = colour;
      g.lineWidth = width;
      g.setLineDash(dash);
      chunks(at, 4, function (j) {
        g.moveTo(at[j], at[j + 1]);
        g.lineTo(at[j + 2], at[j + 3]);
      }, () => g.stroke());
      g.setLineDash([]);
      g.globalAlpha = 1;
    }
    function shapes(at, outline, { fill, stroke, width }) {
      g.fillStyle = fill;
      g.strokeStyle = stroke;
      g.lineWidth = width;
      chunks(at, 3, function (j) {
        const [x, y, r] = [at[j], at[j + 1], at[j + 2]];
        if (r < 2) return void g.rect(x - r, y - r, 2 * r, 2 * r);
        outline.forEach((p, k) => (k ? g.lineTo(x + p[0] * r, y + p[1] * r) : g.moveTo(x + p[0] * r, y + p[1] * r)));
        return void g.closePath();
      }, function () {
        g.fill();
        if (width) g.stroke();
      });
    }
    function text(x, y, string, { colour, halo, size, bold }) {
      g.font = (bold ? "bold " : "") + size + "px " + FONT;
      g.lineWidth = 3;
      g.lineJoin = "round";
      g.strokeStyle = halo;
      g.fillStyle = colour;
      g.strokeText(string, x, y);
      g.fillText(string, x, y);
    }
    return { lines, shapes, text };
  };
  const rounded = (z) => Math.round(z * 10) / 10;
  KG.svgPen = function () {
    const parts = [];
    function lines(at, { colour, width, dash, alpha }) {
      let d = "";
      for (let j = 0; j < at.length; j += 4) d += "M" + rounded(at[j]) + " " + rounded(at[j + 1]) + "L" + rounded(at[j + 2]) + " " + rounded(at[j + 3]);
      parts.push(KG.svg("path", { d, fill: "none", stroke: colour, "stroke-width": width, "stroke-dasharray": dash.join(" ") || null, "stroke-opacity": alpha }));
    }
    function shapes(at, outline, { fill, stroke, width }) {
      let d = "";
      for (let j = 0; j < at.length; j += 3) d += "M" + outline.map((p) => rounded(at[j] + p[0] * at[j + 2]) + " " + rounded(at[j + 1] + p[1] * at[j + 2])).join("L") + "Z";
      parts.push(KG.svg("path", { d, fill, stroke, "stroke-width": width }));
    }
    const text = (x, y, string, { colour, halo, size, bold }) => parts.push(KG.text(rounded(x), rounded(y), string, {
      "font-size": size, fill: colour, stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke", "font-weight": bold ? "bold" : null,
    }));
    return { lines, shapes, text, parts };
  };

  /* Size of a node on the screen. Satellites shrink with the picture, programmes and regions stay visible. */
  KG.radius = function (item, k) {
    const main = item.kind === "Program" || item.kind === "Region";
    return main ? Math.min(13, 3.5 + 0.75 * Math.sqrt(item.weight)) * Math.max(0.7, Math.min(1.1, k * 2)) : Math.max(1.1, Math.min(6.5, 7 * k));
  };

  /* Where a line runs on the screen: beside its parallels, from rim to rim. */
  KG.course = function (line, at, camera, size) {
    const a = at.get(line.a), b = at.get(line.b), k = camera.k;
    const x1 = (a.x - camera.x) * k + size.w / 2, y1 = (a.y - camera.y) * k + size.h / 2;
    const x2 = (b.x - camera.x) * k + size.w / 2, y2 = (b.y - camera.y) * k + size.h / 2;
    const length = Math.hypot(x2 - x1, y2 - y1) || 1, aside = line.lane * Math.min(4, 2 + 2 * k);
    const dx = (-(y2 - y1) / length) * aside, dy = ((x2 - x1) / length) * aside;
    return [x1 + dx, y1 + dy, x2 + dx, y2 + dy];
  };
  const outside = (p, size) => Math.max(p[0], p[2]) < 0 || Math.min(p[0], p[2]) > size.w || Math.max(p[1], p[3]) < 0 || Math.min(p[1], p[3]) > size.h;
  const broad = (count) => Math.min(4, Math.ceil(Math.sqrt(count)));

  const MANY = 3000, SIGNED = 1200; /* lines in sight: without dashes, without signs on them */
  function lines(pen, scene, camera, size, look, strong) {
    const batches = new Map(), signs = { partnersWith: [], leads: [], memberOf: [] };
    let seen = 0;
    scene.lines.forEach(function (line) {
      const course = KG.course(line, scene.at, camera, size);
      if (outside(course, size)) return;
      const key = line.status + " " + broad(line.claims.length);
      if (!batches.has(key)) batches.set(key, []);
      batches.get(key).push(...course);
      seen += 1;
      if (line.predicate in signs && Math.hypot(course[2] - course[0], course[3] - course[1]) > 26) signs[line.predicate].push(...course);
    });
    const alpha = strong ? 0.95 : Math.max(0.16, Math.min(0.6, 9 / Math.sqrt(seen || 1)));
    Array.from(batches.keys()).sort().forEach(function (key) {
      const [status, width] = key.split(" ");
      pen.lines(batches.get(key), { colour: look[status], width: 0.4 + 0.7 * Number(width), dash: seen > MANY ? [] : DASHES[status], alpha });
    });
    if (seen <= SIGNED) Object.keys(signs).forEach((predicate) => marks(pen, signs[predicate], SIGNS[predicate], look));
  }
  /* Signs on lines that are no programme lines: partners, leaders (arrow to what is led), members. */
  const SIGNS = { partnersWith: { turned: false, points: turn(4, UP), at: 0.5 }, leads: { turned: true, points: turn(3, 0), at: 0.62 }, memberOf: { turned: true, points: [[-0.3, -1.2], [0.3, -1.2], [0.3, 1.2], [-0.3, 1.2]], at: 0.62 } };
  KG.SIGNS = SIGNS;
  function marks(pen, at, sign, look) {
    for (let j = 0; j < at.length; j += 4) {
      const dx = at[j + 2] - at[j], dy = at[j + 3] - at[j + 1], length = Math.hypot(dx, dy), c = dx / length, s = dy / length;
      const points = sign.turned ? sign.points.map(([x, y]) => [x * c - y * s, x * s + y * c]) : sign.points;
      pen.shapes([at[j] + dx * sign.at, at[j + 1] + dy * sign.at, 4], points, { fill: look.ink, stroke: look.paper, width: 1 });
    }
  }

  function shapes(pen, scene, camera, size, palette) {
    const batches = new Map(), drawn = [];
    for (let j = scene.nodes.length - 1; j >= 0; j -= 1) {
      const item = scene.nodes[j], r = KG.radius(item, camera.k);
      const x = (item.x - camera.x) * camera.k + size.w / 2, y = (item.y - camera.y) * camera.k + size.h / 2;
      if (x > -r && y > -r && x < size.w + r && y < size.h + r) {
        const key = item.kind + (item.hollow ? " hollow" : "");
        if (!batches.has(key)) batches.set(key, []);
        batches.get(key).push(x, y, r);
        drawn.push({ item, x, y, r });
      }
    }
    const rings = drawn.filter((d) => d.item.match);
    if (rings.length) pen.shapes([].concat(...rings.map((d) => [d.x, d.y, d.r + 5])), ROUND, { fill: palette.paper, stroke: palette.accent, width: 2.5 });
    const order = Array.from(batches.keys()).sort((a, b) => KG.KINDS.indexOf(b.split(" ")[0]) - KG.KINDS.indexOf(a.split(" ")[0]));
    order.forEach(function (key) {
      const [kind, empty] = key.split(" "), [colour, outline, hollow] = look(kind);
      const open = hollow || empty, small = batches.get(key)[2] < 3;
      pen.shapes(batches.get(key), outline, { fill: open && !small ? palette.paper : palette[colour], stroke: open ? palette[colour] : palette.paper, width: small ? 0 : open ? 1.6 : 1 });
    });
    return drawn.reverse();
  }

  /* Labels in order of importance, each where it covers nothing: below, right, left, above, or nowhere. */
  const CELL = 6, LABELS = 220, TRIED = 2500;
  function labels(pen, drawn, size, palette, main) {
    const across = Math.ceil(size.w / CELL), taken = new Uint8Array(across * Math.ceil(size.h / CELL));
    function each(x, y, w, h, act) {
      const x1 = Math.floor(x / CELL), y1 = Math.floor(y / CELL), x2 = Math.floor((x + w) / CELL), y2 = Math.floor((y + h) / CELL);
      if (x1 < 0 || y1 < 0 || x2 >= across || (y2 + 1) * across > taken.length) return false;
      for (let row = y1; row <= y2; row += 1) for (let c = x1; c <= x2; c += 1) if (act(row * across + c) === false) return false;
      return true;
    }
    const take = (c) => { taken[c] = 1; }, free = (c) => !taken[c];
    drawn.slice(0, TRIED).forEach((d) => d.r > 3 && each(d.x - d.r, d.y - d.r, 2 * d.r, 2 * d.r, take));
    let count = 0;
    drawn.slice(0, TRIED).forEach(function (d) {
      const first = main && main.has(d.item.n);
      if (count >= LABELS || (d.r < 4.5 && !d.item.match && !main)) return;
      const strong = first || d.item.match, big = d.item.kind === "Region" || d.item.kind === "Program", fs = strong ? 14 : big ? 12.5 : 11.5;
      const name = KG.name(d.item.n), string = Array.from(name).length > 16 ? Array.from(name).slice(0, 15).join("") + "…" : name;
      const w = KG.textWidth(string, fs), h = fs + 2;
      const spots = [[d.x - w / 2, d.y + d.r + 2], [d.x + d.r + 4, d.y - h / 2], [d.x - d.r - 4 - w, d.y - h / 2], [d.x - w / 2, d.y - d.r - 2 - h]];
      const found = spots.find((at) => each(at[0], at[1], w, h, free));
      if (!found && !first) return;
      const at = found || spots[0];
      each(at[0] - 2, at[1], w + 4, h, take);
      pen.text(at[0], at[1] + fs - 1, string, { colour: palette.ink, halo: palette.paper, size: fs, bold: strong });
      count += 1;
    });
  }

  KG.paint = function (pen, scene, camera, size, palette, strong) {
    lines(pen, scene, camera, size, palette, strong);
    labels(pen, shapes(pen, scene, camera, size, palette), size, palette, scene.main);
  };
  /* The picture of a kind of node, of a relation or of a status, for the legend. */
  KG.kindSign = function (kind, hollow) {
    const [colour, outline, open] = look(kind), points = outline.map((p) => rounded(8 + 6 * p[0]) + "," + rounded(8 + 6 * p[1])).join(" ");
    return KG.svg("svg", { class: "sign", width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
      KG.svg("polygon", { points, fill: open || hollow ? "none" : "var(--" + colour + ")", stroke: "var(--" + colour + ")", "stroke-width": 1.5 }));
  };
  KG.lineSign = function (status, predicate) {
    const sign = SIGNS[predicate], colour = status ? "var(--" + status + ")" : "var(--soft)";
    const points = sign && sign.points.map((p) => rounded(15 + 4.5 * p[0]) + "," + rounded(7 + 4.5 * p[1])).join(" ");
    return KG.svg("svg", { class: "sign", width: 30, height: 14, viewBox: "0 0 30 14", "aria-hidden": "true" },
      KG.svg("path", { d: "M1 7H29", stroke: colour, "stroke-width": 2, "stroke-dasharray": (DASHES[status] || []).join(" ") || null }),
      sign ? KG.svg("polygon", { points, fill: "var(--ink)" }) : null);
  };
}());
