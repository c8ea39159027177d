"""A letter at the desk, from the first line to the last step."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from tests.support import letters
from tests.support.desk import Desk
from tests.support.history import in_hand, registered
from tests.support.visit import visit
from tests.support.world import World

from huiyin.approvals.models import Decision
from huiyin.approvals.queries import open_steps
from huiyin.matters.drafting import latest
from huiyin.matters.models import Matter, Reply
from huiyin.matters.rules import HandlerRole, ReplyStatus


@pytest.fixture
def matter(in_force: World, deputies: object, at: datetime) -> Matter:
    return in_hand(in_force, at)


def editing(client: Client, reply: Reply, **changes: str) -> dict[str, str]:
    """What the editor's form holds, with changes."""
    form = client.get(f"/desk/replies/{reply.pk}/edit/").context["form"]
    data = {name: str(form[name].value() or "") for name in form.fields}
    return data | changes


class TestWritingALetter:
    def test_begins_from_the_page_of_the_matter(self, matter: Matter, desk: Desk) -> None:
        client = desk("handler_second")
        assert "起草答复" in visit(client, f"/desk/matters/{matter.pk}/").content.decode()
        visit(client, f"/desk/matters/{matter.pk}/letter/")
        response = client.post(f"/desk/matters/{matter.pk}/letter/")
        reply = Reply.objects.get()
        assert response.headers["Location"] == f"/desk/replies/{reply.pk}/edit/"
        visit(client, f"/desk/replies/{reply.pk}/edit/")
        visit(client, f"/desk/replies/{reply.pk}/")

    def test_saves_what_was_typed_as_the_next_version(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.drafted(in_force, matter, at)
        client = desk("handler_second")
        data = editing(
            client, reply, body="一、关于治理\n已经办理。", outcome="in_progress", reason="分步推进",
            reason_code="short_term", promise_0="年底前完成", promise_on_0="2026-12-31",
        )  # fmt: skip
        assert client.post(f"/desk/replies/{reply.pk}/edit/", data).status_code == 302
        content = latest(reply).content
        assert (content["mark"], content["promises"][0]["due_on"]) == ("B", "2026-12-31")
        reply.refresh_from_db()
        assert reply.reason_code == "short_term"
        assert "短期内难以完成" in visit(client, f"/desk/replies/{reply.pk}/").content.decode()
        assert content["body"][0] == {"h": "一、关于治理", "level": 1}

    def test_loses_nothing_when_it_is_refused(self, matter: Matter, in_force: World, desk: Desk, at: datetime) -> None:
        reply = letters.drafted(in_force, matter, at)
        client = desk("handler_second")
        data = editing(client, reply, body="我写了很久的正文。", version="1")
        response = client.post(f"/desk/replies/{reply.pk}/edit/", data)
        assert response.status_code == 422
        assert "我写了很久的正文。" in response.content.decode()
        assert "您写的内容还在页面上" in response.content.decode()

    def test_says_all_that_keeps_it_from_going_up(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.drafted(in_force, matter, at)
        client = desk("handler_second")
        data = editing(client, reply, body="将于XX月完成。", submit="1")
        response = client.post(f"/desk/replies/{reply.pk}/edit/", data)
        assert response.status_code == 422
        assert "正文第1行第3个字处有没填的内容" in response.content.decode()
        assert latest(reply).content["body"] == [{"p": "将于XX月完成。"}]  # saved all the same

    def test_stays_in_the_editor_when_it_may_not_go_up(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.drafted(in_force, matter, at)
        client = desk("handler_second")
        response = client.post(
            f"/desk/replies/{reply.pk}/edit/", editing(client, reply, body="将于XX月完成。", submit="1")
        )
        form = response.context["form"]
        assert form["body"].value() == "将于XX月完成。"
        assert "还不能送审" in response.content.decode()
        mended = {name: str(form[name].value() or "") for name in form.fields}
        answer = client.post(f"/desk/replies/{reply.pk}/edit/", mended | {"body": "已于五月完成。", "submit": "1"})
        assert answer.status_code == 422
        assert "“办前沟通”" in answer.content.decode()

    def test_goes_up_without_talks_only_with_a_reason_that_signers_read(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.drafted(in_force, matter, at)
        client, there = desk("handler_second"), f"/desk/replies/{reply.pk}/submit/"
        page = visit(client, f"/desk/replies/{reply.pk}/").content.decode()
        assert "没有沟通，仍要送审" in page
        assert "“专人面商”" in page
        assert client.post(there, {"version": reply.version}).status_code == 422
        said = {"version": reply.version, "talks_reason": "代表住院。"}
        assert client.post(there, said).status_code == 302
        assert letters.fresh(reply).status == ReplyStatus.SIGNING
        assert (
            "写明的理由：代表住院。" in visit(desk("head_second"), f"/desk/replies/{reply.pk}/sign/").content.decode()
        )

    def test_goes_on_from_the_page_of_the_matter(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.drafted(in_force, matter, at)
        page = visit(desk("handler_second"), f"/desk/matters/{matter.pk}/").content.decode()
        assert "起草答复" not in page
        assert f'href="/desk/replies/{reply.pk}/edit/"' in page

    def test_shows_two_versions_against_each_other(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.drafted(in_force, matter, at)
        page = visit(desk("handler_second"), f"/desk/replies/{reply.pk}/?to=2").content.decode()
        assert "<ins>" in page


class TestSigningALetter:
    def test_shows_draft_last_version_and_original_side_by_side(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.submitted(in_force, matter, at)
        page = visit(desk("head_second"), f"/desk/replies/{reply.pk}/sign/").content.decode()
        assert "校园周边仍有门店" in page
        assert f"/desk/replies/{reply.pk}/versions/2/pdf/" in page
        assert "待我审签" in visit(desk("head_second"), "/desk/approvals/").content.decode()

    def test_agrees_over_the_text_that_was_shown(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.submitted(in_force, matter, at)
        assert sign(desk("head_second"), reply).status_code == 302
        assert [step.code for step in open_steps(letters.fresh(reply).approval)] == ["office"]
        assert latest(reply).kind == "draft"  # the untouched editor is no edit

    def test_edits_and_signs_in_one_act(self, matter: Matter, in_force: World, desk: Desk, at: datetime) -> None:
        reply = letters.submitted(in_force, matter, at)
        assert sign(desk("head_second"), reply, **{"edit-closing": "谢谢您的监督。"}).status_code == 302
        assert (latest(reply).kind, latest(reply).content["closing"]) == ("edited", "谢谢您的监督。")

    def test_returns_with_words(self, matter: Matter, in_force: World, desk: Desk, at: datetime) -> None:
        reply = letters.submitted(in_force, matter, at)
        assert sign(desk("head_second"), reply, verdict="return").status_code == 422
        assert sign(desk("head_second"), reply, verdict="return", opinion="请补充。").status_code == 302
        assert letters.fresh(reply).status == ReplyStatus.DRAFT

    def test_on_a_stale_page_gets_a_sentence(self, matter: Matter, in_force: World, desk: Desk, at: datetime) -> None:
        reply = letters.submitted(in_force, matter, at)
        response = sign(desk("head_second"), reply, subject_hash="0" * 64)
        assert response.status_code == 422
        assert "您看到的不是最新稿" in response.content.decode()


class TestTheStepsAfterSigning:
    def test_are_each_offered_to_whose_turn_it_is(
        self, matter: Matter, in_force: World, desk: Desk, at: datetime
    ) -> None:
        reply = letters.signed(in_force, matter, at)
        there = f"/desk/replies/{reply.pk}/"
        visit(desk("officer_wang"), there + "proofread/")
        steps = (
            ("officer_wang", "proofread"), ("registry", "number"), ("registry", "seal"), ("officer_wang", "issue")
        )  # fmt: skip
        for who, act in steps:
            client = desk(who)
            assert f"{there}{act}/" in visit(client, there).content.decode()
            data = {"version": letters.fresh(reply).version}
            if act == "proofread":
                form = client.get(there + "proofread/").context["form"]
                data = {name: str(form[name].value() or "") for name in form.fields} | {"as_it_is": "1"}
            assert client.post(there + act + "/", data).status_code == 302
        client = desk("officer_wang")
        waiting = visit(client, there).context["deliver"].fields["participant"].queryset
        data = {
            "version": letters.fresh(reply).version, "participant": [each.pk for each in waiting], "mode": "hand",
            "delivered_on": "2026-03-05", "request_key": "8f14e45f-ceea-467f-a8d0-d6e3a5a6a1a1",
        }  # fmt: skip
        assert client.post(there + "deliver/", data).status_code == 302
        assert letters.fresh(reply).status == ReplyStatus.DELIVERED
        visit(client, there)
        visit(client, "/desk/ratings/")
        visit(client, f"/desk/matters/{matter.pk}/")


def sign(client: Client, reply: Reply, **changes: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Post the signing page as it came, with changes."""
    context = client.get(f"/desk/replies/{reply.pk}/sign/").context
    form, editor = context["form"], context["editor"]
    data = {name: str(form[name].value() or "") for name in form.fields}
    data |= {editor.add_prefix(name): str(editor[name].value() or "") for name in editor.fields}
    data |= {"step": str(context["turn"].step.pk), "verdict": "agree"}
    return client.post(f"/desk/replies/{reply.pk}/sign/", data | changes)


@pytest.mark.parametrize("said", ["", "RETURN"])
def test_a_letter_is_signed_by_nothing_but_its_buttons(
    in_force: World, deputies: object, desk: Desk, at: datetime, said: str
) -> None:
    reply = letters.submitted(in_force, in_hand(in_force, at), at)
    answer = sign(desk("head_second"), reply, verdict=said, opinion="再议")
    page = answer.content.decode()
    assert (answer.status_code, "请选择同意或者退回修改。" in page, "再议" in page) == (422, True, True)
    assert not Decision.objects.filter(approval=reply.approval).exists()


class TestAnOpinionForTheLeadUnit:
    def test_has_no_outcome_to_choose_and_goes_to_the_unit(
        self, in_force: World, deputies: object, desk: Desk, at: datetime
    ) -> None:
        assisted = registered(in_force, at, handler_role=HandlerRole.ASSIST, lead_unit="样本市公安局")
        client = desk("handler_second")
        client.post(f"/desk/matters/{in_hand(in_force, at, assisted).pk}/letter/")
        reply = Reply.objects.get()
        page = visit(client, f"/desk/replies/{reply.pk}/edit/")
        assert "outcome" not in page.context["form"].fields
        assert "样本市公安局：" in page.content.decode()
        data = editing(client, reply, body="同意主办单位意见。", submit="1")
        assert client.post(f"/desk/replies/{reply.pk}/edit/", data).status_code == 302
        assert letters.fresh(reply).status == ReplyStatus.SIGNING
