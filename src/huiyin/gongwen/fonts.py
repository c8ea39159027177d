"""Which faces stand for the four that official papers use, and where Debian keeps the free ones."""

from pathlib import Path
from typing import Final

# Dropped-in faces first; then free ones, and last a face with every GBK character, used glyph by glyph.
FAMILIES: Final = {
    "fang": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "HY Fang", "Noto Serif CJK SC"),
    "song": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "HY Title Song", "Noto Serif CJK SC"),
    "hei": ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "LXGW WenKai", "HY Kai", "Noto Serif CJK SC"),
    "number": ("宋体", "SimSun", "Noto Serif CJK SC"),
}
GENERIC: Final = {"fang": "serif", "song": "serif", "hei": "sans-serif", "kai": "serif", "number": "serif"}

_TEX: Final = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
_FILES: Final = {"HY Fang": _TEX / "FandolFang-Regular.otf", "HY Kai": _TEX / "FandolKai-Regular.otf"}
# Any of these packages' families makes Chinese readable; without one there would be empty boxes.
CJK_FAMILIES: Final = ("Noto Serif CJK SC", "仿宋_GB2312", "仿宋", "FangSong", "宋体", "SimSun")
APT_PACKAGES: Final = ("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-noto-cjk", "fonts-noto-cjk-extra")
APT_FONTS: Final = ("texlive-lang-chinese", "fonts-lxgw-wenkai")


def family(face: str) -> str:
    """The CSS family list of a face: fang, song, hei, kai or number."""
    return ", ".join((*(f'"{name}"' for name in FAMILIES[face]), GENERIC[face]))


def found_files() -> dict[str, Path]:
    """The font files that stand outside fontconfig's paths and exist on this machine, by family."""
    return {name: path for name, path in _FILES.items() if path.is_file()}


def font_faces() -> str:
    """@font-face rules for the files found, for a PDF made on this machine; a browser could not read them."""
    return "".join(
        f'@font-face {{ font-family: "{name}"; src: url("{path.as_uri()}"); }}\n'
        for name, path in found_files().items()
    )
