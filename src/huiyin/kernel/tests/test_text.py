import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.text import bigrams, clip, fold, mask_name, mask_phone, normalise, safe_cell

pytestmark = pytest.mark.pure


class TestNormalise:
    def test_removes_control_and_invisible_characters(self):
        assert normalise("  示\x00例\u200b代\ufeff表\u202e\x1f ") == "示例代表"

    def test_keeps_line_ends_in_one_form(self):
        assert normalise("第一段\r\n第二段\r第三段\u2028末段") == "第一段\n第二段\n第三段\n末段"

    def test_composes_characters(self):
        assert normalise("e\u0301") == "\u00e9"

    def test_leaves_full_width_forms_unless_asked(self):
        assert normalise("Ａ１（甲）") == "Ａ１（甲）"
        assert normalise("Ａｚ１９（甲）", half_width=True) == "Az19（甲）"

    def test_keeps_rare_and_minority_characters(self):
        name = "\ue000\U00020000阿依\u00b7买买提"
        assert normalise(name) == name

    @pytest.mark.parametrize("text", ["\ud800", "\x00", "\u200b ", ""])
    def test_leaves_nothing_of_nothing(self, text):
        assert normalise(text) == ""

    @given(st.text())
    def test_changes_nothing_the_second_time(self, text):
        assert normalise(normalise(text)) == normalise(text)


class TestBigrams:
    def test_overlap(self):
        assert bigrams("人大代表") == ["人大", "大代", "代表"]

    def test_break_at_punctuation_and_space(self):
        assert bigrams("答复，办理 情况_甲") == ["答复", "办理", "情况"]

    def test_fold_case_and_composition(self):
        assert bigrams("Wi\u0066I") == ["wi", "if", "fi"]
        assert bigrams("re\u0301") == ["r\u00e9"]

    @given(st.text(alphabet="人大代表Ab1，。 _\u0301\U00020000", max_size=30), st.data())
    def test_of_a_part_are_among_those_of_the_whole(self, text, data):
        whole = fold(text)
        start = data.draw(st.integers(0, len(whole)))
        part = whole[start : data.draw(st.integers(start, len(whole)))]
        assert set(bigrams(part)) <= set(bigrams(whole))


class TestClip:
    def test_leaves_short_texts_alone(self):
        assert clip("办理情况", 4) == "办理情况"

    def test_ends_long_ones_with_an_ellipsis_within_the_limit(self):
        assert clip("办理情况报告", 4) == "办理情…"
        assert clip("办理 情况报告", 4) == "办理…"


class TestMaskPhone:
    @pytest.mark.parametrize(
        ("phone", "shown"),
        [("10000000001", "100****0001"), ("0999-8000001", "099****0001"), ("8000001", "*****01"), ("12309", "*****")],
    )
    def test_hides_the_middle(self, phone, shown):
        assert mask_phone(phone) == shown

    def test_has_nothing_to_hide_in_an_empty_field(self):
        assert mask_phone("") == ""


class TestMaskName:
    @pytest.mark.parametrize(
        ("name", "shown"),
        [("赵示例", "赵**"), ("赵样", "赵*"), ("赵", "*"), ("", ""), ("阿样例\u00b7买示例", "阿**")],
    )
    def test_keeps_the_first_character(self, name, shown):
        assert mask_name(name) == shown


class TestSafeCell:
    @pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "＝1", "\t=1", " =1", "|calc", "%x"])
    def test_disarms_what_begins_like_a_formula(self, text):
        assert safe_cell(text) == "'" + text

    @pytest.mark.parametrize("text", ["", "建议=意见", "151060", "赵示例\n钱样本"])
    def test_leaves_the_rest(self, text):
        assert safe_cell(text) == text

    def test_drops_what_a_workbook_cannot_hold(self):
        assert safe_cell("示\x00例\x0b\x1f") == "示例"

    def test_sees_a_formula_behind_dropped_characters(self):
        assert safe_cell("\x00=1") == "'=1"
