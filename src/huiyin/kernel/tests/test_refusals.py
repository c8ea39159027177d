import pytest

from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.pure


class TooLate(Refusal):
    code = "examples.too_late"


class TestRefusal:
    def test_is_shown_as_it_stands(self):
        assert str(TooLate("已过办理期限。")) == "已过办理期限。"

    def test_keeps_the_code_of_its_own_class(self):
        assert TooLate("已过办理期限。").code == "examples.too_late"
        assert Refusal("不能办理。").code == "kernel.refused"
