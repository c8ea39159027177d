"""督办单 with the department: signed for, reported on, ended by the office or sent back (S0-67)."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Supervision, SupervisionReport, Undertaking
from huiyin.matters.operations.supervision_days import meet_days, open_days
from huiyin.matters.operations.supervisions import move, office_posts, target_of, tell
from huiyin.matters.queries import department_heads
from huiyin.matters.rules.supervision import SupervisionStep
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.rules.wording import day_text


class ReportIncomplete(Refusal):
    """A report or a judgement without a word, or with a day that is past."""

    code = "matters.supervision_report_incomplete"


@operation
def acknowledge_supervision(*, supervision: Supervision, actor: PostActor, version: int, at: datetime) -> Supervision:
    """The department's head signs for the order. Raises NotAllowed, SupervisionMovedOn."""
    require(actor, "matters.acknowledge_supervision", supervision)
    move(supervision, SupervisionStep.ACKNOWLEDGE, version=version, acknowledged_by=actor.post, acknowledged_at=at)
    record("matters.supervision_acknowledged", actor=actor, target=target_of(supervision), at=at)
    return supervision


@operation
def report_supervision(
    *, supervision: Supervision, text: str, file: StoredFile | None, actor: PostActor, version: int, at: datetime
) -> SupervisionReport:
    """Report what came of it; meets the day. Raises NotAllowed, ReportIncomplete, SupervisionMovedOn."""
    require(actor, "matters.report_supervision", supervision)
    if not text.strip():
        raise ReportIncomplete("请写明办理结果。")
    move(supervision, SupervisionStep.REPORT, version=version)
    report = SupervisionReport.objects.create(
        supervision=supervision, text=text.strip(), file=file, reported_by=actor.post, reported_at=at
    )
    meet_days(supervision, at)
    posts = [*office_posts(supervision, at), supervision.orderer]
    body = f"{supervision.department}已回报督办单{supervision}，请审核。"
    tell(supervision, posts, f"督办已回报：{supervision}", body, at)
    record("matters.supervision_reported", actor=actor, target=target_of(supervision), at=at, report=report.pk)
    return report


@operation
def judge_supervision(
    *,
    supervision: Supervision,
    ends: bool,
    remarks: str,
    answer_by_on: date | None = None,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Supervision:
    """End the order over its report, or send it back with a new day: the one named, otherwise as the level counts.

    Raises NotAllowed, ReportIncomplete, SupervisionMovedOn."""
    require(actor, "matters.judge_supervision", supervision)
    if not ends and not remarks.strip():
        raise ReportIncomplete("退回再办的，请写明还要办什么。")
    if not ends and answer_by_on is not None and answer_by_on < at.date():
        raise ReportIncomplete("新的反馈期限不能早于今天。")
    step = SupervisionStep.END if ends else SupervisionStep.SEND_BACK
    move(supervision, step, version=version, **({"ended_at": at} if ends else {}))
    last = supervision.reports.order_by("-id").first()
    assert last is not None
    SupervisionReport.objects.filter(pk=last.pk).update(
        verdict="ended" if ends else "sent_back", remarks=clip(remarks.strip(), 300), judged_by=actor.post, judged_at=at
    )
    if ends:
        title, body = f"督办单{supervision}已办结", f"督办单{supervision}已经办结。{remarks}"
    else:
        body = _sent_back(supervision, remarks, answer_by_on, at)
        title = f"督办单{supervision}退回再办"
    handlers = Undertaking.objects.filter(matter__supervisions=supervision, department=supervision.department)
    named = [part.handler for part in handlers.select_related("handler__staff") if part.handler]
    tell(supervision, [*department_heads(supervision.department, on=at.date()), *named], title, body, at)
    record("matters.supervision_judged", actor=actor, target=target_of(supervision), at=at, ends=ends, remarks=remarks)
    return supervision


def _sent_back(supervision: Supervision, remarks: str, answer_by_on: date | None, at: datetime) -> str:
    named = answer_by_on
    if named is None and supervision.answer_by_on is not None:
        named = max(supervision.answer_by_on, at.date())
    open_days(supervision, by_hand=named, at=at)
    running = supervision.deadlines.filter(met_at=None, dropped_at=None).order_by("id").first()
    until = f"，请在{day_text(running.due_on)}前再次回报" if running else ""
    return f"督办单{supervision}的回报退回再办：{remarks}{until}。"
