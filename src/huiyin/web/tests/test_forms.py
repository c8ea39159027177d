"""Forms say what is missing, by name."""

from __future__ import annotations

import pytest
from django import forms

from huiyin.web.forms import VersionForm

pytestmark = pytest.mark.pure


class Visit(VersionForm):
    title = forms.CharField(label="题目")
    day = forms.DateField(label="走访日期")
    way = forms.ChoiceField(label="方式", choices=[("visit", "走访")])
    scan = forms.FileField(label="扫描件")
    sure = forms.BooleanField(label="已核对")
    why = forms.CharField(label="原因", error_messages={"required": "请写明原因，院领导据此决定。"})


@pytest.fixture
def refused() -> Visit:
    form = Visit({})
    assert not form.is_valid()
    return form


class TestAFieldLeftEmpty:
    @pytest.mark.parametrize(
        ("name", "sentence"),
        [("title", "请填写题目。"), ("day", "请填写走访日期。"), ("way", "请选择方式。"), ("scan", "请选择扫描件。"),
         ("sure", "请勾选“已核对”。")],
    )  # fmt: skip
    def test_is_named(self, refused: Visit, name: str, sentence: str) -> None:
        assert refused.errors[name] == [sentence]

    def test_keeps_a_sentence_of_its_own(self, refused: Visit) -> None:
        assert refused.errors["why"] == ["请写明原因，院领导据此决定。"]

    def test_that_nobody_sees_asks_to_read_the_page_anew(self, refused: Visit) -> None:
        assert refused.errors["version"] == ["页面不完整或者已经过期，没有办理。请刷新页面，看清最新情况后再办。"]
        assert "version" not in str(refused).partition('<div class="fields">')[0]

    def test_of_one_form_changes_no_other(self, refused: Visit) -> None:
        assert forms.CharField().error_messages["required"] != "请填写题目。"
