"""The pictures of the manual, taken on the way of the people it is written for; each page is held to what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from huiyin.demo.lists import as_spreadsheet
from tests.browser.test_a_deputy_rates_a_letter import sign_in as sign_in_at_phone
from tests.support.house import House

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)  # a slow machine is no fault of the page

DEPUTY: Final = "10000000004"  # 赵占位: has an answer that waits for a rating, which nobody else's story gives
CHAPTERS: Final = sorted(Path("docs/manual").glob("*.md"))
SHOWING: Final = [*CHAPTERS, Path("README.md"), Path("README.zh.md")]
SCREEN: Final = {"width": 1280, "height": 860}
WIDE: Final = {"width": 1440, "height": 800}
PHONE: Final = {"width": 360, "height": 740}
# Debian's Chromium speaks English only: days and file fields are written as a Chinese browser shows them.
AS_IN_CHINESE: Final = """() => {
  for (const field of document.querySelectorAll("input[type=date]")) {
    const day = field.value.replaceAll("-", "/")
    field.type = "text"
    field.value = day || "年 / 月 / 日"
  }
  for (const field of document.querySelectorAll("input[type=file]")) {
    field.type = "button"
    field.value = "选择文件　未选择任何文件"
  }
}"""
Desk = Callable[[str], Page]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": SCREEN}


@pytest.fixture
def keep(screenshots: Path) -> Callable[..., None]:
    """Store the page from its top: one screen, and `below` more pixels."""
    folder = screenshots / "manual"
    folder.mkdir(exist_ok=True)

    def store(page: Page, name: str, *, below: int = 0) -> None:
        size = page.viewport_size
        page.set_viewport_size({"width": size["width"], "height": size["height"] + below})
        page.wait_for_load_state()
        page.evaluate(AS_IN_CHINESE)
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=folder / f"{name}.png")

    return store


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def offers(page: Page, *names: str) -> None:
    """Buttons or links of these names stand on the page."""
    for name in names:
        known = page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True))
        expect(known.first, f"{page.url}: nothing is called {name}").to_be_attached()


def shows(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.get_by_text(text).first, f"{page.url}: {text} is not to be read").to_be_attached()


def open_matter(page: Page, house: House, number: str) -> None:
    """From the search box to the page of a matter, as the manual tells."""
    page.goto(f"{house.url}/desk/matters/?tab=all&q={number}")
    page.locator("td.title a").first.click()


class TestTheLiaisonOffice:
    def test_begins_with_todays_work(self, desk: Desk, keep: Callable[..., None]):
        page = desk("officer_wang")
        heading(page, "今日工作")
        offers(page, "导入清单", "登记建议", "今日工作", "登记簿", "拟办单", "交办签收", "待我审签", "代表委员", "文稿",
               "评价登记", "打印文书", "案件咨询", "制度", "同事与代理", "修改密码", "大字版", "退出")  # fmt: skip
        shows(page, "按期限", "等我处理", "现在该做", "已逾期", "7个工作日以后到期")
        keep(page, "desk-home")

    def test_ticks_matters_in_the_register(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("officer_wang")
        page.get_by_role("link", name="登记簿", exact=True).click()
        heading(page, "登记簿")
        offers(page, "导出 Excel", "打印", "登记建议", "查询", "列入拟办单", "在办", "已答复", "已办结", "全部")
        page.goto(f"{house.url}/desk/matters/?status=registered")
        for box in page.locator("tbody input[type=checkbox]").all()[:3]:
            box.check()
        shows(page, "已选")
        keep(page, "register")

    def test_registers_by_hand(self, desk: Desk, house: House):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/matters/new/")
        heading(page, "登记建议")
        for label in ("提出方", "交办机关", "来文号", "编号", "交办日", "收到日", "领衔人", "附议人", "主办单位"):
            assert page.get_by_label(label).count(), label
        page.get_by_role("button", name="登记", exact=True).click()
        shows(page, "必填")
        heading(page, "登记建议")

    def test_asks_why_this_day(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("officer_wang")
        open_matter(page, house, "闭160110")
        offers(page, "打印", "分类", "记录沟通", "更正", "分列", "补充")
        shows(page, "基本情况", "与代表沟通", "办理过程", "提出人", "材料")
        page.get_by_text("为什么是这一天").first.click()
        expect(page.locator(".why-lines").first).to_be_visible()
        keep(page, "matter", below=140)

    def test_previews_the_list_of_the_congress_office(
        self, desk: Desk, house: House, keep: Callable[..., None], tmp_path: Path
    ):
        listed = tmp_path / "市人大代表建议交办清单.xlsx"
        listed.write_bytes(as_spreadsheet(_with_a_stray_row(tmp_path), title="市人大代表建议交办清单（示例）"))
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/imports/")
        heading(page, "导入清单")
        offers(page, "代表建议清单模板")
        page.get_by_role("link", name="导入代表建议清单", exact=True).click()
        offers(page, "下载模板", "上传并读取")
        page.get_by_label("交办机关").select_option(label="样本市人大常委会代表工作委员会")
        page.get_by_label(re.compile("^届")).fill("15")
        page.get_by_label("次会议").fill("1")
        page.get_by_label("来文号").fill("样人代函〔2022〕3号")
        page.get_by_label("交办日").fill("2022-02-25")
        page.get_by_label("收到日").fill("2022-02-28")
        page.get_by_label("清单（.xlsx）").set_input_files(listed)
        page.get_by_role("button", name="上传并读取").click()
        offers(page, "放弃", "重新核对", "改列和清单信息", "导入选中的行", "只保存选择", "上传")
        shows(page, "现在还没有写入登记簿", "有错的行先放一边")
        keep(page, "import", below=160)

    def test_fills_in_a_proposal(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/proposals/?status=draft")
        heading(page, "拟办单")
        offers(page, "新建拟办单", "拟办中", "送批中", "已批准交办", "已作废")
        page.locator("tbody a").first.click()
        offers(page, "打印拟办单", "填写", "送批", "作废")
        page.get_by_role("link", name="填写", exact=True).click()
        offers(page, "保存", "不保存，返回")
        shows(page, "移出本单", "再加一个单位", "总的拟办意见")
        page.set_viewport_size(WIDE)
        keep(page, "proposal", below=110)

    def test_follows_a_signed_letter_to_its_number(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/replies/?status=signed")
        heading(page, "文稿")
        page.locator("tbody a").first.click()
        offers(page, "发文稿纸", "征询意见表", "看 PDF 版式")
        shows(page, "签发之后", "审签过程", "历次文稿", "内容要改，退回签发人")
        keep(page, "letter", below=100)

    def test_enters_the_returned_form(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/ratings/")
        heading(page, "评价登记")
        page.locator("tbody tr", has_text="0/1").first.get_by_role("link", name="登记").click()
        offers(page, "打印征询意见表（每人一张）", "登记评价")
        shows(page, "征询意见表扫描件", "办理态度", "办理结果", "签名日期")
        keep(page, "rating", below=60)


class TestTheDepartment:
    def test_signs_for_what_it_was_given(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("head_second")
        page.get_by_role("link", name="待签收的交办").click()
        heading(page, "交办签收")
        page.locator("tbody a").first.click()
        offers(page, "签收并交承办人", "承办通知单", "打开事项")
        page.get_by_text("申请调整承办部门").click()
        offers(page, "提出申请")
        keep(page, "undertaking")

    def test_writes_the_letter(self, desk: Desk, house: House):
        page = desk("handler_first")
        open_matter(page, house, "闭160106")
        offers(page, "继续起草", "记录沟通")
        page.get_by_role("link", name="答复函", exact=True).click()
        offers(page, "编辑", "送审", "上传为新的一稿")
        page.get_by_role("link", name="编辑", exact=True).click()
        offers(page, "保存", "保存并送审", "下载 .docx", "再加两行承诺")
        shows(page, "办理结果", "承诺事项")

    def test_records_a_talk(self, desk: Desk, house: House):
        page = desk("handler_second")
        open_matter(page, house, "闭160107")
        page.get_by_role("link", name="记录沟通", exact=True).click()
        heading(page, "记录沟通")
        offers(page, "记录")
        shows(page, "对方意见", "未能进行", "未进行的原因", "记录扫描件")


class TestTheLeaders:
    def test_decide_on_the_sheet(self, desk: Desk, house: House):
        page = desk("office_head")
        page.goto(f"{house.url}/desk/approvals/")
        heading(page, "待我审签")
        page.get_by_role("link", name=re.compile("^审签")).first.click()
        page.wait_for_url("**/desk/proposals/**")
        offers(page, "同意", "退回修改", "打印拟办单")
        shows(page, "批示过程", "由会议决定的，填会议日期和纪要文号")

    def test_sign_the_letter_beside_what_was_asked(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("chief")
        page.set_viewport_size(WIDE)
        page.goto(f"{house.url}/desk/approvals/")
        page.get_by_role("link", name=re.compile("^审签")).first.click()
        page.wait_for_url("**/sign/")
        offers(page, "签发", "退回修改", "打开 PDF")
        shows(page, "送签稿", "原文", "我来改稿", "审签过程")
        page.frame_locator(".panes iframe").locator("body").wait_for(state="attached")
        page.wait_for_timeout(1500)  # the viewer paints after the document is there
        keep(page, "sign", below=160)


class TestTheDeputy:
    def test_reads_and_rates_on_the_phone(self, page: Page, house: House, keep: Callable[..., None]):
        page.set_viewport_size(PHONE)
        sign_in_at_phone(page, house, DEPUTY)
        offers(page, "我的建议", "回执", "退出")
        page.locator("li.is-waiting h2 a").first.click()
        shows(page, "办前沟通", "办中征询", "办后反馈", "回访跟进", "请您评价", "联系我们")
        while not page.get_by_role("link", name="查看答复函").count():  # the worker is still making the papers
            page.wait_for_timeout(1000)
            page.reload()
        keep(page, "phone", below=160)
        page.get_by_role("link", name="去评价").click()
        heading(page, "评价答复")
        offers(page, "提交评价")
        keep(page, "phone-rate", below=160)


class TestTheRules:
    def test_explain_a_limit(self, desk: Desk, house: House, keep: Callable[..., None]):
        page = desk("officer_wang")
        page.goto(f"{house.url}/desk/books/")
        heading(page, "制度")
        offers(page, "推算期限", "工作日历", "装入制度")
        keep(page, "books")
        page.get_by_role("link", name="推算期限", exact=True).click()
        heading(page, "推算期限")
        offers(page, "推算")

    def test_show_the_year(self, desk: Desk, house: House):
        page = desk("office_head")
        page.goto(f"{house.url}/desk/calendar/?year=2027")
        shows(page, "放假安排未公布")
        offers(page, "录入放假安排")


class TestTheAdministrators:
    def test_read_the_audit(self, desk: Desk, keep: Callable[..., None]):
        page = desk("auditadmin")
        heading(page, "审计记录")
        offers(page, "导出 Excel", "导出 CSV", "查询", "权限表", "管理员席位")
        keep(page, "audit")

    def test_open_posts(self, desk: Desk, house: House):
        page = desk("sysadmin")
        heading(page, "人员与岗位")
        offers(page, "录入人员", "单位与部门")
        page.get_by_role("link", name="韦承办", exact=True).click()
        offers(page, "任用岗位", "停用")
        page.goto(f"{house.url}/desk/offices/")
        offers(page, "录入部门", "录入检察院")

    def test_unlock(self, desk: Desk):
        page = desk("secadmin")
        heading(page, "登录锁定")


class TestTheManual:
    """Its words against the pages' source; no browser needed."""

    def test_names_only_buttons_that_exist(self):
        said = re.sub(r"\s+", "", "".join(path.read_text(encoding="utf-8") for path in _sources()))
        unknown = [
            f"{chapter.name}: {name}"
            for chapter in CHAPTERS
            for name in re.findall(r"【(?!表：)([^】]+)】", chapter.read_text(encoding="utf-8"))
            if not all(piece in said for piece in re.sub(r"\s+", "", name).split("…") if piece)
        ]
        assert unknown == []

    def test_leads_nowhere_in_vain(self):
        broken = []
        for chapter in CHAPTERS:
            for target in re.findall(r"\]\(([^)#]+)", chapter.read_text(encoding="utf-8")):
                if not (chapter.parent / target).is_file():
                    broken.append(f"{chapter.name}: {target}")
        assert broken == []

    def test_shows_every_picture(self):
        shown = {name for page in SHOWING for name in re.findall(r"images/([a-z-]+\.png)", page.read_text("utf-8"))}
        assert shown == {path.name for path in Path("docs/images").glob("*.png")}


def _sources() -> list[Path]:
    """Templates and views, and this story: what it clicks by name exists, be the name put together on the page."""
    faces = [path for face in ("desk", "portal", "web") for path in Path(f"src/huiyin/{face}").rglob("*.[hp][ty]*")]
    return [Path(__file__), *(path for path in faces if "tests" not in path.parts and path.suffix in {".html", ".py"})]


def _with_a_stray_row(folder: Path) -> Path:
    """The sample list with one row that is not for us, as lists come."""
    text = Path("samples/suggestions_2022.csv").read_text(encoding="utf-8")
    row = "151091,关于规范停车场收费的建议,王虚构,第二代表团,,主办：市城管局,收费标准不公开。\n"
    path = folder / "list.csv"
    path.write_text(text.rstrip("\n") + "\n" + row, encoding="utf-8")
    return path
