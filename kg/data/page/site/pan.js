/* Moving about in a picture: drag, wheel, pinch and keys change a camera {x, y, k}. */
(function () {
  "use strict";
  const STEP = 60, NEAR = 6, FAR = 0.01, SLACK = 5; /* pixels a click may tremble */

  KG.zoomed = function (camera, size, factor, x, y) {
    const k = Math.min(NEAR, Math.max(FAR, camera.k * factor)), px = x - size.w / 2, py = y - size.h / 2;
    return { k, x: camera.x + px / camera.k - px / k, y: camera.y + py / camera.k - py / k };
  };
  const moved = (camera, dx, dy) => ({ k: camera.k, x: camera.x - dx / camera.k, y: camera.y - dy / camera.k });

  /* `on`: camera() and size() tell, go(camera, moving) follows, hover(x, y), click(x, y), out(), fit(). */
  KG.pan = function (canvas, on) {
    const down = new Map();
    let travelled = 0, spread = 0;
    const spot = function (event) {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const middle = () => Array.from(down.values()).reduce((sum, p) => [sum[0] + p[0] / down.size, sum[1] + p[1] / down.size], [0, 0]);
    const width = () => Array.from(down.values()).reduce((most, p) => Math.max(most, Math.hypot(p[0] - middle()[0], p[1] - middle()[1])), 1);

    canvas.addEventListener("pointerdown", function (event) {
      if (event.button > 0) return;
      down.set(event.pointerId, spot(event));
      travelled = down.size > 1 ? Infinity : 0;
      spread = width();
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", function (event) {
      const at = spot(event);
      if (!down.has(event.pointerId)) return void on.hover(at[0], at[1]);
      const from = middle();
      down.set(event.pointerId, at);
      const to = middle(), [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      travelled += Math.hypot(dx, dy);
      if (travelled < SLACK) return undefined;
      let camera = moved(on.camera(), dx, dy);
      if (down.size > 1) {
        const now = width();
        camera = KG.zoomed(camera, on.size(), now / spread, to[0], to[1]);
        spread = now;
      }
      return on.go(camera);
    });
    function up(event) {
      const held = down.delete(event.pointerId);
      spread = width();
      if (held && !down.size && event.type === "pointerup" && travelled < SLACK) on.click(...spot(event));
    }
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("pointerleave", on.out);
    canvas.addEventListener("wheel", function (event) {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 30 : 1;
      on.go(KG.zoomed(on.camera(), on.size(), Math.exp(-event.deltaY * lines * 0.0015), ...spot(event)));
    }, { passive: false });
    canvas.addEventListener("keydown", function (event) {
      const size = on.size(), next = KEYS[event.key];
      if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (next === "fit") on.fit();
      else if (typeof next === "number") on.go(KG.zoomed(on.camera(), size, next, size.w / 2, size.h / 2));
      else on.go(moved(on.camera(), -next[0] * STEP, -next[1] * STEP));
    });
  };
  const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], "+": 1.35, "=": 1.35, "-": 1 / 1.35, 0: "fit" };
}());
