"""共性问题: opened, suggestions gathered and let go, analysed, and ended: in a rule document, or with why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from huiyin.audit.actors import Target
from huiyin.audit.scope import operation, record
from huiyin.files.models import StoredFile
from huiyin.files.operations import forget_drafts
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Matter, Measure
from huiyin.matters.operations.measures import MeasureFacts, end_measure, open_measure
from huiyin.matters.rules.following import MeasureState
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import PROBLEM_LABELS, CommonProblem, Gathered, ProblemState, RuleDocument, RuleSigner


class CannotGather(Refusal):
    """Something is missing, is no suggestion of this office, or a colleague was faster."""

    code = "suggestions.cannot_gather"


@dataclass(frozen=True, kw_only=True)
class ProblemFacts:
    """A common problem as it is opened. due_on: by when it is to end in a rule; None: the year's end the book names."""

    title: str
    owner: Post
    words: str = ""
    category: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RuleFacts:
    """The rule document. signers: organs and who signed for each, the issuing one first."""

    title: str
    number: str
    dated_on: date
    signers: Sequence[tuple[str, str]]
    revises: str = ""


@operation
def open_problem(
    *, facts: ProblemFacts, matters: Sequence[Matter] = (), request_key: UUID, actor: PostActor, at: datetime
) -> CommonProblem:
    """Open a common problem with its owner and its day; one request_key opens once.

    Raises NotAllowed, CannotGather, CannotMeasure."""
    require(actor, "suggestions.open_problem")
    problem = CommonProblem.objects.filter(opened_by=actor.post, request_key=request_key).first()
    made = problem is None
    if problem is None:
        title = clip(facts.title.strip(), 120)
        if not title:
            raise CannotGather("请写明是什么共性问题。")
        department = facts.owner.department
        if department is None or facts.owner.procuratorate_id != actor.post.procuratorate_id:
            raise CannotGather("请选择本院部门的人员负责。")
        task = open_measure(
            facts=MeasureFacts(
                text=f"共性问题“{title}”：分析原因，建章立制", department=department, owner=facts.owner,
                source="共性问题", due_on=facts.due_on,
            ),
            request_key=request_key, actor=actor, at=at,
        )  # fmt: skip
        problem = CommonProblem.objects.create(
            procuratorate=actor.post.procuratorate, title=title, words=clip(facts.words.strip(), 120),
            category=facts.category, department=department, owner=facts.owner, task=task, opened_by=actor.post,
            opened_at=at, request_key=request_key,
        )  # fmt: skip
        for matter in matters:
            _put(problem, matter, actor, at)
    numbers = [matter.number for matter in matters]
    record("suggestions.problem_opened", actor=actor, target=target_of(problem), at=at, matters=numbers, again=not made)
    return problem


@operation
def gather(*, problem: CommonProblem, matters: Sequence[Matter], actor: PostActor, version: int, at: datetime) -> int:
    """Add suggestions that a person chose; returns how many were new. Raises NotAllowed, CannotGather."""
    require(actor, "suggestions.gather", problem)
    if not matters:
        raise CannotGather("请勾选要归集的建议、提案。")
    write(problem, version)
    added = sum(_put(problem, matter, actor, at) for matter in matters)
    numbers = [matter.number for matter in matters]
    record("suggestions.gathered", actor=actor, target=target_of(problem), at=at, matters=numbers)
    return added


def _put(problem: CommonProblem, matter: Matter, actor: PostActor, at: datetime) -> bool:
    own = Matter.objects.open_to(actor.post).filter(kind__in=ACCOUNTED, pk=matter.pk)
    if not own.exists():
        raise CannotGather(f"{matter.known_as}不是您可以查看的建议、提案，请核对后再选。")
    _, made = Gathered.objects.get_or_create(
        problem=problem, matter=matter, defaults={"gathered_by": actor.post, "gathered_at": at}
    )
    return made


@operation
def release(*, gathered: Gathered, actor: PostActor, version: int, at: datetime) -> None:
    """Let a suggestion go again; the audit keeps that it was there. Raises NotAllowed, CannotGather."""
    problem = gathered.problem
    require(actor, "suggestions.gather", problem)
    write(problem, version)
    number = gathered.matter.number
    gathered.delete()
    record("suggestions.gathering_released", actor=actor, target=target_of(problem), at=at, matter=number)


@operation
def analyse_problem(
    *, problem: CommonProblem, analysis: str, measures_text: str, actor: PostActor, version: int, at: datetime
) -> CommonProblem:
    """Say why it comes again and what is to change. Raises NotAllowed, CannotGather."""
    require(actor, "suggestions.analyse_problem", problem)
    if not analysis.strip() or not measures_text.strip():
        raise CannotGather("请写明原因分析和改进办法。")
    write(
        problem, version, analysis=analysis.strip(), measures_text=measures_text.strip(), analysed_by=actor.post,
        analysed_at=at,
    )  # fmt: skip
    record("suggestions.problem_analysed", actor=actor, target=target_of(problem), at=at)
    return problem


@operation
def institutionalise(
    *, problem: CommonProblem, facts: RuleFacts, file: StoredFile | None, request_key: UUID, actor: PostActor,
    version: int, at: datetime,
) -> RuleDocument:  # fmt: skip
    """End it in a rule document; a further document may follow. One request_key records once.

    Raises NotAllowed, CannotGather."""
    require(actor, "suggestions.institutionalise", problem)
    document = RuleDocument.objects.filter(recorded_by=actor.post, request_key=request_key).first()
    made = document is None
    if document is None:
        signers = _checked(problem, facts, file, at)
        write(problem, version, state=ProblemState.RULED, among=(ProblemState.OPEN, ProblemState.RULED))
        assert file is not None
        document = RuleDocument.objects.create(
            problem=problem, title=clip(facts.title.strip(), 200), number=clip(facts.number.strip(), 60),
            dated_on=facts.dated_on, revises=clip(facts.revises.strip(), 200), file=file, recorded_by=actor.post,
            recorded_at=at, request_key=request_key,
        )  # fmt: skip
        RuleSigner.objects.bulk_create(
            RuleSigner(document=document, position=place, organ=organ, signer=signer)
            for place, (organ, signer) in enumerate(signers, start=1)
        )
        forget_drafts(request_key, actor.key)
        _end_task(problem.task, done=True, outcome=f"形成{document.naming}", actor=actor, at=at)
    told = {"title": document.title, "number": document.number, "signers": len(facts.signers), "again": not made}
    record("suggestions.institutionalised", actor=actor, target=target_of(problem), at=at, **told)
    return document


def _checked(problem: CommonProblem, facts: RuleFacts, file: StoredFile | None, at: datetime) -> list[tuple[str, str]]:
    if not problem.analysis:
        raise CannotGather("请先写明原因分析和改进办法，再登记形成的制度。")
    if not facts.title.strip() or not facts.number.strip():
        raise CannotGather("请填写文件名称和文号。")
    if facts.dated_on > at.date():
        raise CannotGather("成文日期不能晚于今天。")
    if file is None:
        raise CannotGather("请上传制度文件。")
    signers = [(clip(organ.strip(), 120), clip(signer.strip(), 60)) for organ, signer in facts.signers]
    names = [organ for organ, _ in signers if organ]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names:
        raise CannotGather("请至少填写一个发文单位。")
    if twice:
        raise CannotGather(f"{'、'.join(twice)}填写了不止一次，每个单位只写一行。")
    return [each for each in signers if each[0]]


@operation
def end_problem(*, problem: CommonProblem, reason: str, actor: PostActor, version: int, at: datetime) -> CommonProblem:
    """End it without a rule, with why. Raises NotAllowed, CannotGather."""
    require(actor, "suggestions.end_problem", problem)
    if not reason.strip():
        raise CannotGather("请写明没有形成制度的原因，例如已由上级统一规定。")
    write(
        problem, version, state=ProblemState.ENDED, ended_reason=clip(reason.strip(), 300), ended_by=actor.post,
        ended_at=at,
    )  # fmt: skip
    _end_task(problem.task, done=False, outcome=reason, actor=actor, at=at)
    record("suggestions.problem_ended", actor=actor, target=target_of(problem), at=at, reason=reason)
    return problem


def why_task_goes_on(measure: Measure) -> str:
    """The task of a problem that is worked on ends with the problem, so that none is left without a day."""
    problem = CommonProblem.objects.filter(task=measure, state=ProblemState.OPEN).first()
    if problem is None:
        return ""
    return (
        f"这是共性问题“{problem.title}”的任务，随它办结：请在【共性问题】里登记形成的制度；没有形成制度的，由联络办公室"
        "了结并写明原因。"
    )


def _end_task(task: Measure, *, done: bool, outcome: str, actor: PostActor, at: datetime) -> None:
    task.refresh_from_db()
    if task.status == MeasureState.OPEN:
        end_measure(
            measure=task, done=done, outcome=outcome, ended_on=at.date(), actor=actor, version=task.version, at=at
        )


def write(
    problem: CommonProblem, version: int, *, among: Sequence[ProblemState] = (ProblemState.OPEN,), **changes: Any
) -> None:
    """The one place where it is written, guarded by the version as read and by how far it is."""
    if problem.state not in among:
        raise CannotGather(f"这个共性问题现在是“{PROBLEM_LABELS[ProblemState(problem.state)]}”，请刷新页面查看。")
    as_read = CommonProblem.objects.filter(pk=problem.pk, version=version, state=problem.state)
    if not as_read.update(version=F("version") + 1, **changes):
        raise CannotGather("这个共性问题刚刚由同事办理过，请刷新后再办。")
    problem.refresh_from_db()


def target_of(problem: CommonProblem) -> Target:
    """A common problem as the audit names it."""
    return Target(kind="suggestions.problem", key=str(problem.pk), label=f"共性问题：{problem.title}")
