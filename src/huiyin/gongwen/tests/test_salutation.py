import pytest

from huiyin.gongwen.salutation import (
    WORDINGS,
    Addressee,
    closing,
    feedback_form_title,
    opening,
)

pytestmark = pytest.mark.pure

NOT_DEPUTIES = [Addressee.MEMBER, Addressee.PARTY, Addressee.SECTOR]


class TestWordings:
    @pytest.mark.parametrize("addressee", NOT_DEPUTIES)
    def test_never_speak_of_deputies_to_others(self, addressee):
        said = [
            opening(addressee, "关于加强监督的提案"),
            closing(addressee),
            feedback_form_title(addressee),
        ]
        assert not [sentence for sentence in said if "代表" in sentence or "人大" in sentence]

    def test_cover_every_addressee(self):
        assert set(WORDINGS) == set(Addressee)

    def test_address_one_and_many(self):
        assert opening(Addressee.DEPUTY, "关于加强监督的建议") == "您提出的《关于加强监督的建议》收悉，现答复如下："
        assert opening(Addressee.DEPUTY, "关于加强监督的建议", signers=3).startswith("你们提出的")
