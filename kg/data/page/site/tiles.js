/* The provinces as tiles: where reports were read. Positions are a rough arrangement of our own, no map and no borders. */
(function () {
  "use strict";
  /* Code (GB/T 2260), row, column, sign and short name, letters (ISO 3166-2:CN) and English name. */
  const TILES = [
    [23, 1, 9, "黑", "黑龙江", "HL", "Heilongjiang"],
    [15, 2, 6, "蒙", "内蒙古", "NM", "Inner Mongolia"], [11, 2, 7, "京", "北京", "BJ", "Beijing"], [21, 2, 8, "辽", "辽宁", "LN", "Liaoning"], [22, 2, 9, "吉", "吉林", "JL", "Jilin"],
    [65, 3, 1, "新", "新疆", "XJ", "Xinjiang"], [62, 3, 3, "甘", "甘肃", "GS", "Gansu"], [64, 3, 4, "宁", "宁夏", "NX", "Ningxia"], [14, 3, 6, "晋", "山西", "SX", "Shanxi"],
    [13, 3, 7, "冀", "河北", "HE", "Hebei"], [12, 3, 8, "津", "天津", "TJ", "Tianjin"],
    [63, 4, 2, "青", "青海", "QH", "Qinghai"], [61, 4, 4, "陕", "陕西", "SN", "Shaanxi"], [41, 4, 6, "豫", "河南", "HA", "Henan"], [37, 4, 7, "鲁", "山东", "SD", "Shandong"],
    [54, 5, 1, "藏", "西藏", "XZ", "Tibet"], [51, 5, 3, "川", "四川", "SC", "Sichuan"], [50, 5, 4, "渝", "重庆", "CQ", "Chongqing"], [42, 5, 5, "鄂", "湖北", "HB", "Hubei"],
    [34, 5, 6, "皖", "安徽", "AH", "Anhui"], [32, 5, 7, "苏", "江苏", "JS", "Jiangsu"], [31, 5, 8, "沪", "上海", "SH", "Shanghai"],
    [53, 6, 3, "滇", "云南", "YN", "Yunnan"], [52, 6, 4, "黔", "贵州", "GZ", "Guizhou"], [43, 6, 5, "湘", "湖南", "HN", "Hunan"], [36, 6, 6, "赣", "江西", "JX", "Jiangxi"],
    [33, 6, 7, "浙", "浙江", "ZJ", "Zhejiang"],
    [45, 7, 4, "桂", "广西", "GX", "Guangxi"], [44, 7, 5, "粤", "广东", "GD", "Guangdong"], [35, 7, 7, "闽", "福建", "FJ", "Fujian"], [71, 7, 8, "台", "台湾", "TW", "Taiwan"],
    [46, 8, 4, "琼", "海南", "HI", "Hainan"], [82, 8, 5, "澳", "澳门", "MO", "Macao"], [81, 8, 6, "港", "香港", "HK", "Hong Kong"],
  ].map(([code, row, column, sign, zh, letters, en]) => ({ id: "region/" + code + "0000", row, column, zh: [sign, zh], en: [letters, en] }));

  /* Tiles with the number of reports by province key; a tile whose province the data knows sets the filter. */
  KG.tiles = function (counts) {
    const known = new Set(KG.values("province")), list = KG.el("ul", { class: "tiles", "aria-label": KG.t("coverage.tiles") });
    TILES.forEach(function (tile) {
      const item = KG.el("li", {}, one(tile, counts.get(tile.id) || 0, known.has(tile.id)));
      item.style.gridRow = tile.row;
      item.style.gridColumn = tile.column;
      list.append(item);
    });
    return list;
  };
  function one(tile, count, known) {
    const [sign, name] = tile[KG.language()], label = name + ": " + (count ? KG.t("coverage.tile", { count }) : KG.t("mark.unread"));
    const look = "tile " + (count ? "read" : "unread"), inside = [KG.el("b", { "aria-hidden": "true", text: sign }),
      count ? KG.el("span", { "aria-hidden": "true", text: count }) : null, KG.el("span", { class: "hidden", text: label })];
    if (!known) return KG.el("span", { class: look, title: label }, inside);
    return KG.el("button", {
      type: "button", class: look, title: label, "aria-pressed": String(KG.listed("province").includes(tile.id)),
      dataset: { focus: "tile" + tile.id }, on: { click: () => KG.toggle("province", tile.id) },
    }, inside);
  }
  KG.tilesSvg = function (counts) {
    const ink = KG.inks(true), size = 44;
    return TILES.map(function (tile) {
      const x = 16 + (tile.column - 1) * size, y = 16 + (tile.row - 1) * size, count = counts.get(tile.id) || 0, [sign] = tile[KG.language()];
      const look = count ? { fill: ink.chosen, stroke: ink.accent } : { fill: ink.paper, stroke: ink.line, "stroke-dasharray": "3 3" };
      return [KG.svg("rect", Object.assign({ x, y, width: size - 4, height: size - 4, rx: 4 }, look)),
        KG.text(x + size / 2 - 2, y + 17, sign, { "text-anchor": "middle", "font-weight": "bold" }),
        KG.text(x + size / 2 - 2, y + 33, count || "–", { "text-anchor": "middle", "font-size": 12 })];
    }).flat();
  };
}());
