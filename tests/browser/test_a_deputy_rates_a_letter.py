"""A deputy signs in with the code from the phone, reads the answer, and rates it; also without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.house import House

pytestmark = pytest.mark.browser
WAITING, OTHER = "10000000002", "10000000003"  # 李样本 and 王虚构: each has an answer that waits for a rating
PHONE = {"width": 360, "height": 740}


def code_on(page: Page, house: House, number: str) -> str:
    """The newest code on the simulated phone; the worker brings it within a second or two."""
    page.goto(f"{house.url}/phone/?number={number}")
    text = page.locator("#phone-screen li", has_text="验证码").first
    while not text.count():
        page.wait_for_timeout(300)
        page.reload()
    found = re.search(r"验证码是([0-9]{6})", text.inner_text())
    assert found is not None
    return found[1]


def sign_in(page: Page, house: House, number: str) -> None:
    """Both steps of the way in, the code read on a second page as on a real phone."""
    page.goto(f"{house.url}/")
    page.get_by_label("手机号").fill(number)
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("填写验证码")
    screen = page.context.new_page()
    code = code_on(screen, house, number)
    screen.close()
    page.get_by_label("验证码").fill(code)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的建议")


def no_sideways(page: Page) -> None:
    """Nothing sticks out of the screen to the right."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


class TestADeputyOnAPhone:
    def test_reads_the_answer_and_rates_it(self, page: Page, house: House, screenshots: Path):
        page.set_viewport_size(PHONE)
        page.goto(f"{house.url}/")
        page.screenshot(path=screenshots / "portal-sign-in-360.png")
        sign_in(page, house, WAITING)
        no_sideways(page)
        page.screenshot(path=screenshots / "portal-suggestions-360.png", full_page=True)

        page.locator("li.is-waiting h2 a").first.click()
        no_sideways(page)
        assert page.locator("a[href^='tel:']").count() >= 2
        letter = page.get_by_role("link", name="查看答复函")
        while not letter.count():  # the worker is still making the papers of the demonstration
            page.wait_for_timeout(1000)
            page.reload()
        page.screenshot(path=screenshots / "portal-suggestion-360.png", full_page=True)
        with page.expect_response("**/files/**") as answered:
            page.evaluate("url => fetch(url)", letter.get_attribute("href"))
        assert answered.value.headers["content-type"] == "application/pdf"

        page.get_by_role("link", name="去评价").click()
        no_sideways(page)
        attitude, result = page.get_by_role("group", name="对办理态度"), page.get_by_role("group", name="对办理结果")
        attitude.get_by_label("满意", exact=True).check()
        result.get_by_label("基本满意").check()
        page.get_by_label("您的意见").fill("答复具体，盼早日落实。")
        page.screenshot(path=screenshots / "portal-rate-360.png", full_page=True)
        page.get_by_role("button", name="提交评价").click()
        page.get_by_role("dialog").get_by_role("button", name="确定").click()
        expect(page.get_by_text(re.compile(r"^回2[0-9]{3}-[0-9]{6}-[0-9]{2}$")).first).to_be_visible()
        no_sideways(page)
        page.screenshot(path=screenshots / "portal-slip-360.png", full_page=True)

        page.get_by_role("link", name="返回这件建议").click()
        expect(page.get_by_text("办理态度：满意；办理结果：基本满意")).to_be_visible()
        expect(page.get_by_role("link", name="去评价")).to_have_count(0)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.screenshot(path=screenshots / "portal-suggestion-1440.png", full_page=True)
        page.get_by_role("link", name="消息").click()
        page.screenshot(path=screenshots / "portal-notes-1440.png", full_page=True)
        page.get_by_role("button", name="退出").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("代表委员登录")

    def test_finds_the_text_on_the_simulated_phone(self, page: Page, house: House, screenshots: Path):
        page.set_viewport_size(PHONE)
        page.goto(f"{house.url}/phone/")
        no_sideways(page)
        page.screenshot(path=screenshots / "phone-360.png", full_page=True)


class TestADeputyWithoutJavaScript:
    def test_rates_an_answer_in_large_letters(self, browser: Browser, house: House, screenshots: Path):
        context = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=PHONE)
        page = context.new_page()
        sign_in(page, house, OTHER)
        page.get_by_role("button", name="换成大字版").click()
        assert page.locator("html").get_attribute("data-size") == "large"
        page.screenshot(path=screenshots / "portal-suggestions-large-360.png", full_page=True)
        page.locator("li.is-waiting h2 a").first.click()
        page.get_by_role("link", name="去评价").click()
        page.get_by_role("button", name="提交评价").click()
        expect(page.get_by_text("请选择对办理态度的评价。").first).to_be_visible()
        for group in ("对办理态度", "对办理结果"):
            page.get_by_role("group", name=group).get_by_label("不满意", exact=True).check()
        page.get_by_label("您的意见").fill("没有时间表。")
        page.get_by_role("button", name="提交评价").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("已经收到")
        context.close()
