"""How the names of Chinese divisions are shortened.

The source of the forms is common usage: 海宁 for 海宁市, 黄南州 and 黄南 for
黄南藏族自治州, 城关 for 城关镇. A stem of one character (沛 of 沛县) is never a name.
"""

from __future__ import annotations

import re

__all__ = ["short_forms"]

# The 56 nationalities; longest first, so that 东乡 is not cut out of a longer name.
_NATIONALITIES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 "
    "纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 "
    "德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_PEOPLES = sorted(_NATIONALITIES.split(), key=lambda people: (-len(people), people))
# Peoples of two characters and more are also written without 族: 伊犁哈萨克自治州.
_PEOPLE = "|".join(f"{p}族?" if len(p) > 1 else f"{p}族" for p in _PEOPLES)
_TRAILING_PEOPLES = re.compile(f"(?:{_PEOPLE}|各族|民族)+$")
_AUTONOMOUS = re.compile("自治([区州县旗])$")
_PEOPLES_TOWNSHIP = re.compile("(?:族|民族)(乡|镇|苏木)$")

_SUFFIXES = {
    "province": ("特别行政区", "省", "市"),
    "prefecture": ("地区", "市", "盟"),
    "county": ("林区", "特区", "市", "县", "区", "旗"),
    "township": ("街道办事处", "地区办事处", "街道", "地区", "苏木", "镇", "乡"),
}
_ZONES = {
    "经济技术开发区": ("经开区", "经开"),
    "经济开发区": ("经开区", "开发区"),
    "高新技术产业开发区": ("高新区", "高新"),
    "高新技术产业园区": ("高新区", "高新"),
    "高新技术开发区": ("高新区", "高新"),
    "高技术产业开发区": ("高新区", "高新"),
    "国际旅游度假区": ("度假区",),
    "国家旅游度假区": ("度假区",),
    "省级旅游度假区": ("度假区",),
    "旅游度假区": ("度假区",),
    "城乡一体化示范区": ("示范区",),
    "综合保税区": ("综保区",),
    "风景名胜区": ("风景区", "景区"),
}


def short_forms(name: str, level: str) -> list[str]:
    """The shorter forms people write for a division, longest first, without the name itself.

    >>> short_forms("张家川回族自治县", "county")
    ['张家川县', '张家川']
    >>> short_forms("沛县", "county")
    []
    """
    if level == "zone":
        forms = _zone(name)
    elif _AUTONOMOUS.search(name):
        forms = _autonomous(name)
    elif _PEOPLES_TOWNSHIP.search(name) and level == "township":
        forms = _peoples_township(name)
    else:
        forms = _plain(name, level)
    return [form for form in forms if 1 < len(form) < len(name)]


def _zone(name: str) -> list[str]:
    """嘉兴经济技术开发区 -> 嘉兴经开区, 嘉兴经开; nothing when no place stands in front."""
    for suffix, shorter in _ZONES.items():
        place = name.removesuffix(suffix).removesuffix("市")
        if name.endswith(suffix) and len(place) > 1:
            return [place + form for form in shorter]
    return []


def _autonomous(name: str) -> list[str]:
    """黄南藏族自治州 -> 黄南州, 黄南; 内蒙古自治区 -> 内蒙古; 东乡族自治县 -> 东乡县, 东乡."""
    body, kind = name[:-3], name[-1]
    stem = _TRAILING_PEOPLES.sub("", body)
    if len(stem) < 2:
        stem = body.removesuffix("族")
    return [stem] if kind == "区" else [stem + kind, stem]


def _peoples_township(name: str) -> list[str]:
    """下店回族乡 -> 下店乡, 下店."""
    match = _PEOPLES_TOWNSHIP.search(name)
    assert match is not None
    kind = match.group(1)
    stem = _TRAILING_PEOPLES.sub("", name.removesuffix(kind))
    return [stem + kind, stem] if len(stem) > 1 else []


def _plain(name: str, level: str) -> list[str]:
    for suffix in _SUFFIXES[level]:
        if name.endswith(suffix):
            return [name.removesuffix(suffix)]
    return []
