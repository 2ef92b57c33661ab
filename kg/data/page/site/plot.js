/* The canvas of the network: keeps a drawn picture to move about, and what is pointed at on top of it. */
(function () {
  "use strict";
  /* ms a frame may cost to be drawn anew; ms until the next one may begin; ms of rest; share of the picture drawn beyond its rim */
  const QUICK = 30, LATE = 45, REST = 110, MARGIN = 0.2;
  const FIT = 26, NEAR = 6; /* pixels */

  /* `on`: point(target, x, y) and choose(target), target {item} or {line} or null. */
  KG.plot = function (canvas, on) {
    const screen = canvas.getContext("2d"), store = document.createElement("canvas"), layer = store.getContext("2d");
    let scene = { nodes: [], lines: [], at: new Map() }, part = null, pointed = null, palette = KG.screen();
    let camera = { x: 0, y: 0, k: 1 }, size = { w: 1, h: 1 }, shot = null, cost = 0, late = false, asked = false, timer = 0;
    const ratio = () => Math.min(2, window.devicePixelRatio || 1);

    /* The whole picture, somewhat larger than the window. */
    function take() {
      const began = performance.now(), r = ratio(), wide = { w: Math.ceil(size.w * (1 + 2 * MARGIN)), h: Math.ceil(size.h * (1 + 2 * MARGIN)) };
      store.width = wide.w * r;
      store.height = wide.h * r;
      layer.setTransform(r, 0, 0, r, 0, 0);
      KG.paint(KG.canvasPen(layer), scene, camera, wide, palette);
      shot = { camera, size: wide };
      cost = performance.now() - began;
    }
    function show() {
      const r = ratio(), s = camera.k / shot.camera.k;
      screen.setTransform(r, 0, 0, r, 0, 0);
      screen.fillStyle = palette.paper;
      screen.fillRect(0, 0, size.w, size.h);
      const x = (shot.camera.x - camera.x) * camera.k + size.w / 2, y = (shot.camera.y - camera.y) * camera.k + size.h / 2;
      screen.drawImage(store, x - (shot.size.w * s) / 2, y - (shot.size.h * s) / 2, shot.size.w * s, shot.size.h * s);
      const front = pointed || part;
      if (!front) return;
      screen.globalAlpha = 0.82;
      screen.fillRect(0, 0, size.w, size.h);
      screen.globalAlpha = 1;
      KG.paint(KG.canvasPen(screen), front, camera, size, palette, true);
    }
    /* Part of what a drawing costs comes after the script is done, and shows when the next frame is late. */
    function frame(now) {
      asked = false;
      const still = shot && shot.camera === camera;
      if (!still && cost < QUICK && !late) {
        take();
        requestAnimationFrame((next) => { late = late || next - now > LATE; });
      }
      show();
      clearTimeout(timer);
      if (shot.camera !== camera) timer = setTimeout(redraw, REST);
    }
    function redraw() {
      late = false;
      take();
      show();
    }
    function ask() {
      if (!asked) requestAnimationFrame(frame);
      asked = true;
    }

    function box(nodes) {
      const xs = nodes.map((item) => item.x), ys = nodes.map((item) => item.y), least = (all) => all.reduce((a, b) => Math.min(a, b), Infinity);
      const [left, top, right, bottom] = [least(xs), least(ys), -least(xs.map((x) => -x)), -least(ys.map((y) => -y))];
      const k = Math.min((size.w - 2 * FIT - 40) / Math.max(right - left, 60), (size.h - 2 * FIT) / Math.max(bottom - top, 60), 2.2);
      return { x: (left + right) / 2, y: (top + bottom) / 2, k: Math.max(k, 0.01) };
    }
    function fit(nodes) {
      if (nodes.length) camera = box(nodes);
    }
    function place(item, at = camera) {
      return [(item.x - at.x) * at.k + size.w / 2, (item.y - at.y) * at.k + size.h / 2];
    }

    /* A scan over all nodes and lines takes less than a millisecond at 30,000. */
    function hit(x, y) {
      let found = null, nearest = NEAR;
      scene.nodes.forEach(function (item) {
        const [px, py] = place(item), d = Math.hypot(px - x, py - y) - Math.max(3, KG.radius(item, camera.k));
        if (d < nearest) [found, nearest] = [{ item }, d];
      });
      if (found && nearest < 3) return found;
      const front = part && !pointed ? part.lines : scene.lines;
      let close = NEAR;
      front.forEach(function (line) {
        const d = distance(KG.course(line, scene.at, camera, size), x, y);
        if (d < close) [found, close] = [{ line }, d];
      });
      return found;
    }
    function distance([x1, y1, x2, y2], x, y) {
      const dx = x2 - x1, dy = y2 - y1, t = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(x1 + t * dx - x, y1 + t * dy - y);
    }

    let over = null;
    const same = (a, b) => (a && b ? a.item === b.item && a.line === b.line : a === b);
    function point(target, x, y) {
      on.point(target, x, y);
      if (same(target, over)) return;
      over = target;
      canvas.style.cursor = target ? "pointer" : "grab";
      pointed = !target ? null : target.item ? KG.partOf(scene, "node|" + KG.id(target.item.n))
        : { nodes: [target.line.a, target.line.b].map((n) => scene.at.get(n)), at: scene.at, lines: [target.line], main: new Set() };
      ask();
    }
    const go = function (next) {
      camera = next;
      over = pointed = null;
      on.point(null);
      ask();
    };
    const whole = function () {
      fit(scene.nodes);
      go(camera);
    };
    KG.pan(canvas, {
      camera: () => camera, size: () => size, go, fit: whole, hover: (x, y) => point(hit(x, y), x, y),
      click: (x, y) => on.choose(hit(x, y)), out: () => point(null),
    });

    /* The picture stays where it is when the window grows or shrinks at its right or lower side. */
    function resize() {
      const w = canvas.clientWidth, h = canvas.clientHeight, r = ratio();
      if (!w || !h || (w === size.w && h === size.h && canvas.width === Math.round(w * r))) return false;
      camera = { k: camera.k, x: camera.x + (w - size.w) / 2 / camera.k, y: camera.y + (h - size.h) / 2 / camera.k };
      size = { w, h };
      canvas.width = Math.round(w * r);
      canvas.height = Math.round(h * r);
      return true;
    }
    const recolour = function () {
      palette = KG.screen();
      if (shot && canvas.isConnected) redraw();
    };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
    new ResizeObserver(() => canvas.isConnected && shot && resize() && redraw()).observe(canvas);

    return {
      /* A new scene; `seen`: nodes to bring into the window, all of them the first time. */
      show(next, sel, seen) {
        scene = next;
        over = pointed = null;
        part = sel ? KG.partOf(scene, sel) : null;
        const first = !shot;
        resize();
        if (first) fit(scene.nodes);
        else if (seen && seen.length) fit(seen);
        redraw();
      },
      select(sel) {
        part = sel ? KG.partOf(scene, sel) : null;
        pointed = over = null;
        if (shot) ask();
      },
      zoom: (factor) => go(KG.zoomed(camera, size, factor, size.w / 2, size.h / 2)),
      fit: whole,
      scale: () => camera.k,
      camera: () => ({ camera, size }),
    };
  };
}());
