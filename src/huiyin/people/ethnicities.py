"""The 56 ethnic groups with their codes after GB/T 3304, and the two codes for everyone else."""

from __future__ import annotations

from typing import Final

_IN_ORDER: Final = [
    "汉族",
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
]
ETHNICITIES: Final = {f"{place:02d}": name for place, name in enumerate(_IN_ORDER, start=1)} | {
    "97": "其他",
    "98": "外国血统中国籍人士",
}
_CODES: Final = {name.removesuffix("族"): code for code, name in ETHNICITIES.items()}


def ethnicity_code(text: str) -> str:
    """The code of 汉, 汉族 or 01. Raises KeyError for anything else."""
    return text if text in ETHNICITIES else _CODES[text.removesuffix("族")]
