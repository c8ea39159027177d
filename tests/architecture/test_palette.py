"""The palette keeps its promise: whatever is written can be read, and no stylesheet names a colour of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

STYLES = Path(__file__).resolve().parents[2] / "src" / "huiyin" / "web" / "static" / "web"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")
HOUSE = {path.name: path.read_text(encoding="utf-8") for path in STYLES.glob("*.css") if path.name != "tokens.css"}
COLOURS = dict(re.findall(r"^\s*--([\w-]+):\s*(#[0-9a-f]{6});", TOKENS, re.MULTILINE))
PAIRS = re.findall(r"^\s*pair: ([\w-]+) on ([\w-]+)$", TOKENS, re.MULTILINE)
EDGES = re.findall(r"^\s*edge: ([\w-]+) on ([\w-]+)$", TOKENS, re.MULTILINE)

LITERAL = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklch|color)\(", re.IGNORECASE)
NAMED = {"white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow", "navy", "silver"}
# What the oldest supported browser, Chromium 86, does not know.
TOO_NEW = {":has(", ":is(", ":where(", "inset:", "aspect-ratio:", "accent-color:", "color-mix(", "@layer", "@container"}


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [part / 255 for part in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def rules(css: str) -> list[tuple[str, dict[str, str]]]:
    """Selector and declarations of every innermost block."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", bare):
        lines = (line.partition(":") for line in body.split(";") if ":" in line)
        found.append((" ".join(selector.split()), {name.strip(): value.strip() for name, _, value in lines}))
    return found


def token(value: str) -> str | None:
    """The one colour token a value is made of."""
    names = [name for name in re.findall(r"var\(--([\w-]+)\)", value) if name in COLOURS]
    return names[0] if len(names) == 1 else None


class TestThePalette:
    def test_declares_pairs(self) -> None:
        assert len(PAIRS) > 30
        assert len(set(PAIRS)) == len(PAIRS)

    @pytest.mark.parametrize(("text", "ground"), PAIRS)
    def test_can_be_read(self, text: str, ground: str) -> None:
        assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5

    @pytest.mark.parametrize(("edge", "ground"), EDGES)
    def test_shows_its_edges(self, edge: str, ground: str) -> None:
        assert contrast(COLOURS[edge], COLOURS[ground]) >= 3

    def test_says_the_same_colour_in_both_notations(self) -> None:
        triplets = re.findall(r"^\s*--([\w-]+)-rgb:\s*(\d+), (\d+), (\d+);", TOKENS, re.MULTILINE)
        ours = [(name, parts) for name, *parts in triplets if not name.startswith("tblr-")]
        assert ours
        for name, parts in ours:
            assert tuple(map(int, parts)) == rgb(COLOURS[name]), name

    def test_binds_every_colour_of_the_component_library_to_a_token(self) -> None:
        bound = re.findall(r"^\s*(--tblr-[\w-]+):\s*(.+);", TOKENS, re.MULTILINE)
        assert bound
        assert not [name for name, value in bound if LITERAL.search(value)]

    def test_knows_the_contrast_of_black_on_white(self) -> None:
        assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", sorted(HOUSE))
class TestAHouseStylesheet:
    def test_names_no_colour_of_its_own(self, name: str) -> None:
        own = [
            (selector, value)
            for selector, body in rules(HOUSE[name])
            for value in body.values()
            if LITERAL.search(value) or NAMED & set(re.findall(r"[a-z-]+", value))
        ]
        assert not own

    def test_uses_only_tokens_that_exist(self, name: str) -> None:
        known = set(re.findall(r"--([\w-]+):", TOKENS + HOUSE[name]))
        assert set(re.findall(r"var\(--([\w-]+)", HOUSE[name])) <= known

    def test_puts_text_only_on_a_ground_it_was_tested_on(self, name: str) -> None:
        untested = []
        for selector, body in rules(HOUSE[name]):
            text = token(body.get("color", ""))
            ground = token(body.get("background", body.get("background-color", "")))
            if text and ground and (text, ground) not in PAIRS:
                untested.append((selector, text, ground))
        assert not untested

    def test_writes_only_with_tokens_that_have_a_tested_ground(self, name: str) -> None:
        texts = {text for text, _ in PAIRS}
        used = {token(body["color"]) for _, body in rules(HOUSE[name]) if "color" in body}
        assert used - {None} <= texts

    def test_speaks_css_that_the_oldest_browser_knows(self, name: str) -> None:
        bare = re.sub(r"/\*.*?\*/", "", HOUSE[name], flags=re.DOTALL)
        assert not [word for word in TOO_NEW if re.search(rf"(?<![\w-]){re.escape(word)}", bare)]

    def test_moves_nothing(self, name: str) -> None:
        assert "@keyframes" not in HOUSE[name]
        moving = [body for _, body in rules(HOUSE[name]) if {"animation", "transition"} & set(body)]
        assert all(set(body.values()) <= {"none !important", "auto !important"} for body in moving)
