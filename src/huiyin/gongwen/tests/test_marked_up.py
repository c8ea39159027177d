import pytest

from huiyin.gongwen.diff import Kind, Span, has_changes, marked_up, marked_up_html

pytestmark = pytest.mark.pure

OLD = ["一、基本情况", "我院于2026年3月开展专项行动，共发现问题37件。", "本段后来删去。", "感谢您的关心。"]
NEW = ["一、基本情况", "我院于2026年4月开展专项监督行动，共发现问题38件。", "全新补充了的另一句话！", "感谢您的关心。"]


def side(paragraphs, kind):
    """The text as it was or became: all spans but those of the other kind."""
    joined = ("".join(span.text for span in spans if span.kind is not kind) for spans in paragraphs)
    return [text for text in joined if text]


class TestMarkedUp:
    def test_holds_both_versions_whole(self):
        paragraphs = marked_up(OLD, NEW)
        assert side(paragraphs, Kind.ADDED) == OLD
        assert side(paragraphs, Kind.REMOVED) == NEW

    def test_marks_characters_within_a_paragraph(self):
        spans = marked_up(OLD, NEW)[1]
        assert Span(Kind.REMOVED, "3") in spans
        assert Span(Kind.ADDED, "监督") in spans

    def test_shows_what_went_before_what_came(self):
        kinds = [[span.kind for span in spans] for spans in marked_up(OLD, NEW)]
        assert kinds[2:] == [[Kind.REMOVED], [Kind.ADDED], [Kind.SAME]]

    def test_does_not_leave_single_characters_standing_by_chance(self):
        spans = marked_up(["办理工作已经全部完成情况良好"], ["办理工作正在按经逐步推进情况良好"])[0]
        assert all(len(span.text) > 1 for span in spans[1:-1] if span.kind is Kind.SAME)

    def test_sees_no_change_in_equal_texts(self):
        assert not has_changes(marked_up(OLD, OLD))
        assert has_changes(marked_up(OLD, NEW))

    def test_compares_very_long_paragraphs_by_sentences(self):
        sentences = [f"第{order}项措施已经落实到位。" for order in range(1500)]
        old, new = "".join(sentences), "".join([*sentences[:700], "此处新增一句。", *sentences[700:]])
        (spans,) = marked_up([old], [new])
        assert [span for span in spans if span.kind is not Kind.SAME] == [Span(Kind.ADDED, "此处新增一句。")]

    @pytest.mark.parametrize(("old", "new"), [([], ["甲"]), (["甲"], []), ([], []), ([""], ["甲"]), (["甲"], [""])])
    def test_takes_empty_texts(self, old, new):
        paragraphs = marked_up(old, new)
        assert side(paragraphs, Kind.REMOVED) == [text for text in new if text]


class TestMarkedUpHtml:
    def test_says_with_ins_and_del_what_changed_and_escapes_the_rest(self):
        page = marked_up_html([[Span(Kind.SAME, "<b>"), Span(Kind.REMOVED, "3&"), Span(Kind.ADDED, "4")]])
        assert page == "<p>&lt;b&gt;<del>3&amp;</del><ins>4</ins></p>"
