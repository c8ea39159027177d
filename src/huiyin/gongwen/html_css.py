"""The style sheets of printed HTML: what GB/T 9704-2012 says in millimetres, said in CSS paged media.

No inline styles anywhere: pages under a content security policy give the one style element a nonce."""

from typing import Final

from huiyin.gongwen import layout
from huiyin.gongwen.fonts import family

_OVERHANG_LEFT: Final = layout.LEFT - (layout.PAGE[0] - layout.RULE_WIDTH) / 2
_OVERHANG_RIGHT: Final = layout.RIGHT - (layout.PAGE[0] - layout.RULE_WIDTH) / 2
_PAGE_NUMBER: Final = f"""content: "— " counter(page) " —"; vertical-align: top;
    padding-top: {layout.PAGE_NUMBER_BELOW_TEXT}mm; font: {layout.SMALL_SIZE}pt {family("number")};"""
_NO_PAGE_NUMBER: Final = "@bottom-left { content: none } @bottom-right { content: none }"

COMMON: Final = f"""
* {{ box-sizing: border-box }}
html {{ color: #000; background: #fff }}
body {{ margin: 0; font-family: {family("fang")} }}
p, h1, h2, h3, h4, h5 {{ margin: 0; font-size: inherit; font-weight: inherit; widows: 1; orphans: 1 }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
th, td {{ border: 0.5pt solid #000; padding: 1mm 1.8mm; text-align: left; font-weight: inherit;
  overflow-wrap: anywhere; white-space: pre-line }}
thead {{ display: table-header-group }}
@media screen {{ body {{ max-width: 230mm; margin: 8mm auto; padding: 0 10mm }}
  article + article {{ margin-top: 20mm }} }}
"""

_PAGES: Final = f"""
@page {{ size: A4; margin: {layout.TOP}mm {layout.RIGHT}mm {layout.BOTTOM}mm {layout.LEFT}mm;
  @footnote {{ border: 0; padding: 0; margin: {layout.LINE_PITCH}pt 0 0 }} }}
@page :right {{ @bottom-right {{ {_PAGE_NUMBER} text-align: right; padding-right: {layout.SMALL_SIZE}pt }} }}
@page :left {{ @bottom-left {{ {_PAGE_NUMBER} text-align: left; padding-left: {layout.SMALL_SIZE}pt }} }}
"""
_FIRST_PAGE_OF_LETTER: Final = f"""
@page :first {{ margin-top: {layout.MARK_TOP}mm; {_NO_PAGE_NUMBER}
  @bottom-center {{ content: ""; width: {layout.RULE_WIDTH}mm; height: 0.9pt;
    margin: {layout.BOTTOM - layout.RULE_FROM_BOTTOM}mm -{_OVERHANG_RIGHT}mm auto -{_OVERHANG_LEFT}mm;
    border-top: 0.75pt solid #{layout.RED}; border-bottom: 2.25pt solid #{layout.RED} }} }}
"""
_TEXT: Final = f"""
.letter {{ font-size: {layout.BODY_SIZE}pt; line-height: {layout.LINE_PITCH}pt; letter-spacing: {layout.TRACKING}pt }}
.letter p, .letter h2, .letter h3, .letter h4, .letter h5 {{ text-indent: 2em; text-align: justify }}
.letter .head {{ position: relative; padding-top: {layout.HEAD_TOP - layout.MARK_TOP}mm;
  margin: 0 -{_OVERHANG_RIGHT}mm 0 -{_OVERHANG_LEFT}mm; letter-spacing: 0 }}
.letter .head::after {{ content: ""; display: block; height: 0.9pt; margin-top: {layout.HEAD_TO_RULE}mm;
  border-top: 2.25pt solid #{layout.RED}; border-bottom: 0.75pt solid #{layout.RED} }}
.letter .head .organ {{ color: #{layout.RED}; font-family: {family("song")}; font-weight: 600; line-height: 1;
  text-align: center; text-indent: 0 }}
.letter .head .mark {{ position: absolute; top: 0; right: {_OVERHANG_RIGHT}mm;
  font-family: {family("hei")}; text-indent: 0 }}
.letter .number {{ display: flex; justify-content: space-between; letter-spacing: 0; text-indent: 0;
  margin-top: {layout.RULE_TO_TEXT}pt; min-height: {layout.LINE_PITCH}pt }}
.letter .signer {{ font-family: {family("kai")} }}
.letter h1, .letter .annex-title {{ font-family: {family("song")}; font-weight: 600; letter-spacing: 0;
  font-size: {layout.TITLE_SIZE}pt; line-height: 34pt; text-align: center; text-indent: 0;
  margin: {2 * layout.LINE_PITCH}pt 0 {layout.LINE_PITCH}pt }}
.letter .salutation {{ text-indent: 0 }}
.letter h2, .letter .lead-1 {{ font-family: {family("hei")}; font-weight: normal }}
.letter h3, .letter .lead-2 {{ font-family: {family("kai")}; font-weight: normal }}
.letter h2, .letter h3, .letter .salutation {{ break-after: avoid }}
.letter h4, .letter h5 {{ break-after: auto; break-inside: auto }}
.letter table {{ font-size: {layout.SMALL_SIZE}pt; line-height: 22pt; letter-spacing: 0 }}
.letter th {{ font-family: {family("hei")}; text-align: center }}
.letter tr {{ break-inside: avoid }}
.letter .closing {{ break-after: avoid }}
.letter .attachments {{ margin-top: {layout.LINE_PITCH}pt;
  break-inside: avoid; break-before: avoid; break-after: avoid }}
.letter .attachments p {{ text-align: left; text-indent: -3em; padding-left: 5em }}
.letter .attachments p + p {{ text-indent: -1.5em; padding-left: 6.5em }}
.letter .signature {{ margin-top: {2 * layout.LINE_PITCH}pt; break-inside: avoid; break-before: avoid;
  letter-spacing: 0 }}
.letter .signature p {{ text-align: right; text-indent: 0 }}
.letter .joint {{ margin-top: {2 * layout.LINE_PITCH}pt; break-inside: avoid; break-before: avoid;
  font-size: {layout.BODY_SIZE}pt; line-height: {layout.LINE_PITCH}pt; letter-spacing: 0 }}
.letter .joint td {{ border: 0; padding: 0; text-align: center; white-space: nowrap; vertical-align: top }}
.letter .joint tr:not(.date):not(:nth-last-child(2)) td {{ height: {layout.SEAL + layout.HEAD_TO_RULE}mm }}
.letter .annex {{ break-before: page }}
.letter .annex-mark {{ font-family: {family("hei")}; text-indent: 0 }}
.letter .annex .annex-title {{ margin-top: {layout.LINE_PITCH}pt }}
.letter .imprint {{ float: footnote; footnote-display: block; font-size: {layout.SMALL_SIZE}pt; line-height: 24pt;
  letter-spacing: 0 }}
.letter .imprint::footnote-call, .letter .imprint::footnote-marker {{ content: none }}
.letter .imprint p {{ text-indent: -3em; padding: 0 1em 0 4em }}
.letter .imprint .printed {{ display: table; width: 100%; text-indent: 0; padding: 0 1em;
  border-top: 0.7pt solid #000; border-bottom: 1pt solid #000 }}
.letter .imprint .printed span {{ display: table-cell }}
.letter .imprint .printed span + span {{ text-align: right }}
.letter .imprint.ruled {{ border-top: 1pt solid #000 }}
/* Browsers know no footnotes: the imprint stands after the text there. */
@supports not (float: footnote) {{ .letter .imprint {{ margin-top: {2 * layout.LINE_PITCH}pt }} }}
@media screen and (max-width: 600px) {{
  .letter {{ font-size: 13pt; line-height: 1.8 }}
  .letter .head .organ {{ font-size: 7vw !important }}
  .letter h1, .letter .annex-title {{ font-size: 16pt; line-height: 1.5 }}
  .letter .number {{ flex-wrap: wrap; gap: 0 2em }}
}}
"""
LETTER: Final = _PAGES + _FIRST_PAGE_OF_LETTER + _TEXT
REPORT: Final = f"""{_PAGES}{_TEXT}
.report .head {{ margin: 0; padding-top: {layout.REPORT_HEAD_TOP - layout.TOP}mm }}
.report .head::after {{ content: none }}
.report .number {{ margin-top: {2 * layout.LINE_PITCH}pt; padding: 0 1em {layout.HEAD_TO_RULE}mm;
  border-bottom: 1.5pt solid #{layout.RED} }}
@media screen {{ .report .head {{ padding-top: 8mm }} }}
"""

_SHEET: Final = f"""
.sheet .organ {{ font-size: {layout.SMALL_SIZE}pt; line-height: 20pt; text-align: center }}
.sheet h1, .sheet h2 {{ font: 600 20pt/30pt {family("song")}; text-align: center; margin-bottom: 8pt;
  white-space: pre-wrap }}
.sheet .spread {{ display: flex; justify-content: space-between; font-size: 12pt; line-height: 20pt;
  padding-bottom: 2pt; white-space: pre-wrap }}
.sheet .signatures {{ margin-top: 5mm }}
.sheet .notes {{ font-size: 10.5pt; line-height: 16pt; padding-top: 2pt }}
.sheet th {{ font-family: {family("hei")}; text-align: center }}
"""


def form_css(landscape: bool, *, page: str = "") -> str:
    """The sheet of a form. page: the name of its page style when the form is enclosed in a letter."""
    margins = layout.FORM_MARGINS
    numbers = (
        _NO_PAGE_NUMBER
        if page
        else f"""@bottom-center {{ content: "— " counter(page) " —"; font: 10.5pt {family("number")} }} }}
@page :first {{ @bottom-center {{ content: none }}"""
    )
    return f"""
@page {page} {{ size: A4 {"landscape" if landscape else "portrait"}; margin: {_margin(margins)}; {numbers} }}
{f".{page} {{ page: {page}; break-before: page }}" if page else ""}
{_SHEET}
.form td, .form th {{ font-size: 12pt; line-height: 18pt; height: 9mm; white-space: pre-wrap }}
.form .tall td {{ vertical-align: top }}
.form tr {{ break-inside: avoid }}
"""


def list_css(landscape: bool) -> str:
    """The sheet of a register."""
    return f"""
@page {{ size: A4 {"landscape" if landscape else "portrait"}; margin: {_margin(layout.LIST_MARGINS)};
  @bottom-center {{ content: "第 " counter(page) " 页　共 " counter(pages) " 页"; font: 10.5pt {family("number")} }} }}
{_SHEET}
.list td, .list th {{ font-size: 10.5pt; line-height: 15pt; padding: 0.8mm 1.2mm; white-space: pre-wrap }}
.list td.centred {{ text-align: center }}
.list tr {{ break-inside: avoid }}
"""


def _margin(margins: dict[str, float]) -> str:
    return " ".join(f"{margins[side]}mm" for side in ("top", "right", "bottom", "left"))
