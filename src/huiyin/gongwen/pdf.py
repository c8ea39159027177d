"""The same papers as PDF, through WeasyPrint.

WeasyPrint needs pango, a system library: it is imported only when a PDF is made, so that a machine without pango
starts all the same and offers .docx and browser print."""

from functools import cache
from typing import Any

from huiyin.gongwen import fonts, pdf_justify
from huiyin.gongwen.html import write_html
from huiyin.gongwen.structure import Paper
from huiyin.kernel.refusals import Refusal


class PdfNotAvailable(Refusal):
    """This machine lacks a library or fonts that PDF needs."""

    code = "gongwen.pdf_not_available"


def available() -> str | None:
    """None when PDF can be made here, otherwise the Chinese sentence that says what to install."""
    try:
        import weasyprint  # noqa: F401, PLC0415  # loads pango
    except (ImportError, OSError):
        return (
            "本机缺少生成 PDF 所需的 pango 库，暂不能生成 PDF，可先下载 .docx 或用浏览器打印。"
            f"请管理员执行：apt install {' '.join((*fonts.APT_PACKAGES, *fonts.APT_FONTS))}"
        )
    if not _installed_families().intersection(fonts.CJK_FAMILIES):
        return (
            "本机没有可用的中文字体，暂不能生成 PDF，可先下载 .docx 或用浏览器打印。"
            f"请管理员执行：apt install {' '.join((*fonts.APT_PACKAGES[2:], *fonts.APT_FONTS))}"
        )
    return None


def write_pdf(paper: Paper) -> bytes:
    """The paper as PDF; equal papers give equal bytes on the same machine. Raises PdfNotAvailable."""
    missing = available()
    if missing:
        raise PdfNotAvailable(missing)
    import weasyprint  # noqa: PLC0415

    pdf_justify.install()
    page = write_html(paper, extra_css=fonts.font_faces())
    return bytes(weasyprint.HTML(string=page, url_fetcher=_fetcher()).write_pdf())


@cache
def _installed_families() -> frozenset[str]:
    """Names of all font families fontconfig knows."""
    from weasyprint.text.ffi import ffi, fontconfig  # noqa: PLC0415

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    found = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    names: set[str] = set()
    name = ffi.new("FcChar8 **")
    for at in range(found.nfont):
        order = 0
        while fontconfig.FcPatternGetString(found.fonts[at], b"family", order, name) == fontconfig.FcResultMatch:
            names.add(ffi.string(ffi.cast("char *", name[0])).decode("utf-8", "replace"))
            order += 1
    return frozenset(names)


def _fetcher() -> Any:
    """Reads the font files found on this machine and nothing else: no network, no other file."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    allowed = {path.as_uri() for path in fonts.found_files().values()}

    class FontsOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed and not url.startswith("data:"):
                raise ValueError(f"refused to fetch {url}")
            return super().fetch(url, headers)

    return FontsOnly(allowed_protocols={"file", "data"}, allow_redirects=False)
