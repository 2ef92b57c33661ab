/* A table whose cells are walked by keyboard: one tab stop, arrows, Home, End and Page keys (ARIA Authoring Practices, grid). */
(function () {
  "use strict";
  const cellsOf = (line) => Array.from(line.querySelectorAll("td[tabindex]"));

  function target(grid, from, key, far) {
    const line = from.parentElement, cells = cellsOf(line), k = cells.indexOf(from);
    const lines = Array.from(grid.querySelectorAll("tbody tr")).filter((tr) => cellsOf(tr).length), l = lines.indexOf(line);
    const at = (m) => cellsOf(lines[Math.max(0, Math.min(lines.length - 1, m))])[k];
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    if (key in steps) return at(l + steps[key]);
    if (key === "ArrowRight") return cells[k + 1];
    if (key === "ArrowLeft") return cells[k - 1];
    if (key === "Home") return far ? cellsOf(lines[0])[0] : cells[0];
    if (key === "End") return far ? cellsOf(lines[lines.length - 1]).pop() : cells[cells.length - 1];
    return null;
  }
  function stop(grid, td) {
    grid.querySelectorAll('td[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    td.tabIndex = 0;
  }
  function walk(grid, event) {
    const from = event.target.closest("td[tabindex]");
    if (!from) return;
    const opens = event.key === "Enter" || event.key === " ", to = target(grid, from, event.key, event.ctrlKey);
    if (!opens && !to) return;
    event.preventDefault();
    if (opens) return void (from.dataset.sel && KG.select(from.dataset.sel));
    stop(grid, to);
    to.focus();
  }
  KG.walkable = function (grid) {
    grid.addEventListener("keydown", (event) => walk(grid, event));
    grid.addEventListener("click", function (event) {
      const td = event.target.closest("td[data-sel]");
      if (!td) return;
      stop(grid, td);
      KG.select(td.dataset.sel);
    });
    const first = chosen(grid) || grid.querySelector("td[data-sel]");
    if (first) first.tabIndex = 0;
    KG.markChosen(grid);
    return grid;
  };
  const chosen = (grid) => KG.state.sel && grid.querySelector('td[data-sel="' + CSS.escape(KG.state.sel) + '"]');
  KG.markChosen = function (grid) {
    grid.querySelectorAll("td[aria-selected]").forEach((td) => td.removeAttribute("aria-selected"));
    const td = chosen(grid);
    if (td) td.setAttribute("aria-selected", "true");
  };
}());
