"""`huiyin bodies`."""

from __future__ import annotations

from huiyin.cli.main import main
from huiyin.organisations.models import CongressBody, Procuratorate

NAME = "沙盒区人大常委会代表工作委员会"


class TestBodies:
    def test_are_entered_for_an_office(self, world, capsys):
        assert main(["bodies", "add", "congress", NAME, "--phone", "0000-1234567", "--office", "990102"]) == 0
        body = CongressBody.objects.get(name=NAME)
        assert (body.procuratorate, body.contact_phone) == (world.other, "0000-1234567")
        assert "1234567" not in capsys.readouterr().out

    def test_are_listed_without_phones(self, world, capsys):
        assert main(["bodies", "list", "--office", "990100"]) == 0
        said = capsys.readouterr().out
        assert "法院　样本市中级人民法院" in said
        assert "10000009001" not in said
        assert main(["bodies", "list", "--office", "990102"]) == 0
        assert "还没有交办机关" in capsys.readouterr().out

    def test_ask_which_office_where_there_are_several(self, world, capsys):
        assert main(["bodies", "list"]) == 1
        assert "--office" in capsys.readouterr().err
        assert main(["bodies", "list", "--office", "990199"]) == 1

    def test_wait_for_the_first_office(self, db, capsys):
        assert not Procuratorate.objects.exists()
        assert main(["bodies", "add", "congress", NAME]) == 1
        assert "【单位与部门】" in capsys.readouterr().err

    def test_refuse_a_name_twice(self, world, capsys):
        for code in (0, 1):
            assert main(["bodies", "add", "congress", NAME, "--office", "990102"]) == code
        assert "不用再录" in capsys.readouterr().err
