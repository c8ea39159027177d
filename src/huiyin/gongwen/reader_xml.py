"""Names and switches of WordprocessingML, in its transitional and its strict namespace alike."""

from typing import Any, Final

_NAMESPACES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
_OFF: Final = {"0", "false", "off", "none"}


def name_of(element: Any) -> str:
    """The element's name as people write it: w:p, m:oMath; comments and the like have none."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, local = element.tag.rpartition("}")
    prefix = _NAMESPACES.get(namespace.lstrip("{"), "?")
    return f"{prefix}:{local}"


def child(element: Any, *path: str) -> Any | None:
    """The first descendant along a path of names."""
    for step in path:
        element = next((one for one in element if name_of(one) == step), None)
        if element is None:
            return None
    return element


def children(element: Any, name: str) -> list[Any]:
    """All children of that name."""
    return [one for one in element if name_of(one) == name]


def attribute(element: Any | None, name: str = "val") -> str:
    """A w: attribute, empty when it or the element is missing."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def number(element: Any | None, default: int = 0, *, name: str = "val") -> int:
    """A w: attribute that is a whole number; the default when it is missing or none."""
    text = attribute(element, name)
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 10 else default


def is_on(element: Any | None) -> bool:
    """Whether an on/off property stands and is not switched off."""
    return element is not None and attribute(element).lower() not in _OFF
