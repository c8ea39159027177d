"""Chinese text: cleaning, searching, shortening, masking, and the marks that may not leave."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

# Format characters that scripts of our minorities need for joining letters; all others are invisible trickery.
_JOINERS: Final = "\u200c\u200d"
# All but the plain characters of a Chinese letter; only these are looked at one by one.
_RARE: Final = re.compile("[^\\n\\t -~\u00b7\u2014\u2018-\u201d\u2026\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]")
_NOT_IN_XML: Final = "\ufffe\uffff"  # no office file can hold them
_FULL_WIDTH_OFFSET: Final = 0xFEE0
_TO_HALF_WIDTH: Final = {
    ord(wide): ord(wide) - _FULL_WIDTH_OFFSET
    for first, last in (("０", "９"), ("Ａ", "\uff3a"), ("ａ", "ｚ"))
    for wide in map(chr, range(ord(first), ord(last) + 1))
}
_BREAKS: Final = re.compile(r"[\W_]+")
_ELLIPSIS: Final = "…"


def normalise(text: str, *, half_width: bool = False) -> str:
    """Clean what a person typed or pasted: NFC, line ends as \\n, no control or invisible characters, stripped.

    half_width: also turn full-width ASCII digits and letters (not punctuation) into their ordinary forms.
    """
    text = re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text)
    text = unicodedata.normalize("NFC", _RARE.sub(_kept, text)).strip()
    return text.translate(_TO_HALF_WIDTH) if half_width else text


def _kept(found: re.Match[str]) -> str:
    # Private-use characters stay: older name registers hold rare characters there.
    character = found[0]
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character in _NOT_IN_XML:
        return character if character in _JOINERS else ""
    return character


def fold(text: str) -> str:
    """The form in which texts are compared for search: NFC, lower case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


def bigrams(text: str) -> list[str]:
    """Overlapping character pairs of the folded text, in order; whatever is no letter and no digit breaks a run.

    Search is exact for two characters and more because the pairs of a part are always among the pairs of the whole.
    A run of one character has no pair.
    """
    return [run[at : at + 2] for run in _BREAKS.split(fold(text)) for at in range(len(run) - 1)]


def clip(text: str, n: int) -> str:
    """At most n characters of the text, the last of them an ellipsis when something was cut off."""
    return text if len(text) <= n else text[: max(n - 1, 0)].rstrip() + _ELLIPSIS


def mask_phone(phone: str) -> str:
    """A phone number as lists and exports show it: 1000000NNNN gives 100****NNNN.

    Shorter numbers (landlines) keep their last two digits, service numbers of five digits and fewer none."""
    digits = "".join(filter(str.isdecimal, phone))
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * (len(digits) - 2) + digits[-2:] if len(digits) > 5 else "*" * len(digits)


def mask_name(name: str) -> str:
    """A person's name with its first character only; never more than two stars, so that length tells little."""
    return name[:1] + "*" * min(len(name) - 1, 2) if len(name) > 1 else "*" * len(name)


class Placeholder(NamedTuple):
    """One unfilled mark; line and column count from 1, the snippet shows it with its surroundings."""

    line: int
    column: int
    snippet: str


_LATIN: Final = "A-Za-z\uff21-\uff3a\uff41-\uff5a"
_X: Final = "XxＸｘ"
# A lone X stands for a number or a name only right before one of these.
_UNITS: Final = "年月日号届次件名人元万亿项条个户份起场省市州县区乡镇村院"
_PLACEHOLDER: Final = re.compile(
    "|".join(
        (
            # XX, but not within a Latin word: sizes (XXL), Roman numerals (XXIV), names (Exxon) stay.
            rf"(?<![{_LATIN}])[{_X}×✕╳]{{2,}}(?![{_LATIN}])",
            r"[×✕╳]{2,}",
            # 202X年, and X月 or ×次; the digit rule keeps identity numbers ending in X and sizes like 3×5 out.
            rf"(?<=[0-9０-９]{{2}})[{_X}×]+(?=年)",
            rf"(?<![{_LATIN}0-9０-９])[{_X}×](?=[{_UNITS}])",
            r"[*＊]{3,}",
            r"[_＿]{3,}",
            r"[【〔\[]\s*(?:待|请|此处)[^】〕\]\n]{0,40}[】〕\]]",
            r"[（(]\s*待(?:填|补|定|核实|确认)[^）)\n]{0,20}[）)]",
            r"\{\{.*?\}\}|\{\{|\}\}|\{%.*?%\}",
        )
    )
)
_AROUND: Final = 8


def placeholders(text: str) -> list[Placeholder]:
    """Every mark in the text that someone meant to fill in: XX, ×××, ***, ____, 【待填】, {{…}} (domain S4-72).

    A letter with any of them must not leave."""
    return [
        Placeholder(number, hit.start() + 1, line[max(hit.start() - _AROUND, 0) : hit.end() + _AROUND].strip())
        for number, line in enumerate(text.splitlines(), start=1)
        for hit in _PLACEHOLDER.finditer(line)
    ]


def unfilled(parts: Mapping[str, str], *, before: str) -> Iterator[str]:
    """A sentence for every placeholder in texts by their names; before: the act that it keeps from."""
    for name, given in parts.items():
        for hit in placeholders(given):
            yield f"{name}第{hit.line}行第{hit.column}个字处有没填的内容：“{hit.snippet}”，请补全后再{before}。"


_FORMULA_STARTS: Final = tuple("=+-@＝＋－＠|%")


def safe_cell(value: str) -> str:
    """A text that no spreadsheet program will run as a formula or refuse to open.

    Texts that begin like a formula get an apostrophe in front; control characters go."""
    clean = _RARE.sub(_storable, value)
    return "'" + clean if clean.startswith(("\t", "\n")) or clean.lstrip().startswith(_FORMULA_STARTS) else clean


def _storable(found: re.Match[str]) -> str:
    character = found[0]
    return "" if unicodedata.category(character) in {"Cc", "Cs"} or character in _NOT_IN_XML else character
