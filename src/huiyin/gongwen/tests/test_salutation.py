import pytest

from huiyin.gongwen.salutation import (
    WORDINGS,
    Addressee,
    Answer,
    closing,
    copies,
    feedback_form_title,
    opening,
    salutation,
    title,
)

pytestmark = pytest.mark.pure

NOT_DEPUTIES = [Addressee.MEMBER, Addressee.PARTY, Addressee.SECTOR]


class TestSalutation:
    @pytest.mark.parametrize(
        ("addressee", "names", "line"),
        [
            (Addressee.DEPUTY, ["赵样例"], "赵样例代表："),
            (Addressee.DEPUTY, ["赵样例", "孙演示"], "赵样例代表、孙演示代表："),
            (Addressee.DEPUTY, ["赵样例", "孙演示", "钱示例", "李沙盒"], "赵样例等4位代表："),
            (Addressee.MEMBER, ["赵样例"], "赵样例委员："),
            (Addressee.PARTY, ["样例党派样本市委员会"], "样例党派样本市委员会："),
            (Addressee.SECTOR, ["市政协演示界别"], "市政协演示界别："),
        ],
    )
    def test_calls_each_by_the_name_the_office_uses(self, addressee, names, line):
        assert salutation(addressee, names) == line

    def test_needs_somebody(self):
        with pytest.raises(ValueError, match="somebody"):
            salutation(Addressee.DEPUTY, [])


class TestTitle:
    def test_of_a_suggestion_made_in_session(self):
        made = title(Addressee.DEPUTY, place="市", term=16, session=2, number="162008")
        assert made == "关于市十六届人大二次会议第162008号建议的答复"

    def test_of_a_suggestion_made_between_sessions(self):
        made = title(Addressee.DEPUTY, place="市", term=16, session=None, number="闭160003")
        assert made == "关于市十六届人大闭会期间第160003号建议的答复"

    def test_of_a_proposal(self):
        made = title(Addressee.MEMBER, place="市", term=14, session=2, number="0117")
        assert made == "关于政协市十四届二次会议第0117号提案的答复"

    def test_of_an_opinion_for_the_lead_unit(self):
        made = title(Addressee.DEPUTY, place="市", term=15, session=1, number="151086", answer=Answer.ASSISTING_OPINION)
        assert made == "关于市十五届人大一次会议第151086号建议的会办意见"

    def test_of_a_criticism(self):
        made = title(Addressee.DEPUTY, place="县", term=18, session=1, number="7", item="批评")
        assert made == "关于县十八届人大一次会议第7号批评的答复"


class TestWordings:
    @pytest.mark.parametrize("addressee", NOT_DEPUTIES)
    def test_never_speak_of_deputies_to_others(self, addressee):
        said = [
            salutation(addressee, ["样例"]),
            title(addressee, place="市", term=14, session=2, number="0117"),
            opening(addressee, "关于加强监督的提案"),
            closing(addressee),
            feedback_form_title(addressee),
            *copies(addressee, "市"),
        ]
        assert not [sentence for sentence in said if "代表" in sentence or "人大" in sentence]

    def test_cover_every_addressee(self):
        assert set(WORDINGS) == set(Addressee)

    def test_address_one_and_many(self):
        assert opening(Addressee.DEPUTY, "关于加强监督的建议") == "您提出的《关于加强监督的建议》收悉，现答复如下："
        assert opening(Addressee.DEPUTY, "关于加强监督的建议", signers=3).startswith("你们提出的")

    def test_send_copies_to_the_assembly_that_asked(self):
        assert copies(Addressee.DEPUTY, "市")[0] == "市人大常委会代表工作机构"
        assert copies(Addressee.MEMBER, "市")[0] == "市政协提案委员会"
