"""Ratings in what a system outside exports: read against the book's scale, entered with that system as their source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from huiyin.imports.registry import Context, Problem, Values
from huiyin.kernel.text import normalise
from huiyin.matters.models import Matter, Participant, Rating, Reply
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.rating_state import grades
from huiyin.matters.rules import RatingSource
from huiyin.organisations.actors import PostActor, acting
from huiyin.organisations.permissions import may

SAID: Final = ("attitude", "result", "overall")


def read(
    cells: Mapping[str, str], values: Values, matter: Matter, context: Context, problems: list[Problem],
    notes: list[Problem],
) -> None:  # fmt: skip
    """Add "rating" (in words, to compare), "codes" and "rater_key" to the values, where the line rates."""
    words = {name: normalise(cells.get(name, "")) for name in SAID}
    if not words["attitude"] and not words["result"]:
        return
    scale = {grade.label: grade.code for grade in grades(matter, context.at.date())}
    before = len(problems)
    for name in SAID:
        if (words[name] or name != "overall") and words[name] not in scale:
            said = f"这里写的是“{words[name][:20]}”" if words[name] else "这里空着；态度和结果要一起填"
            problems.append(Problem(field=name, sentence=f"应填{'、'.join(scale)}之一，{said}。"))
    day = str(values.get("rated_on") or values.get("closed_on") or "")
    reply = _answer(matter)
    people = list(matter.participants.exclude(role="inquirer").order_by("position"))
    named = [each for each in people if each.name == values["rater"]] if values.get("rater") else people[:1]
    if not day:
        problems.append(Problem(field="rated_on", sentence="有评价的行应填评价日期。"))
    if len(named) != 1:
        problems.append(Problem(field="rater", sentence="不在这件事项的提出人里，请核对姓名。"))
    problems += _of_answer(reply, day, context)
    if len(problems) > before or reply is None:
        return
    values["rater_key"] = named[0].pk
    known = _of_system(reply, named[0])
    if known is not None:
        told = _told_by(known)
        if told != _told(words, day):
            sentence = f"已登记过对方系统的评价（{told}），首次评价不改写，这一行的评价不再写入。"
            notes.append(Problem(field="result", sentence=sentence))
        return
    values["rating"] = _told(words, day)
    values["codes"] = [scale.get(words[name], "") for name in SAID]
    if not values.get("rated_on"):
        notes.append(Problem(field="rated_on", sentence=f"没有写评价日期，按办结日期{day}登记。"))
    values["rated_on"] = day


def _of_answer(reply: Reply | None, day: str, context: Context) -> list[Problem]:
    """What keeps the answer from being rated so; told beforehand, as one refused row would refuse the whole list."""
    if reply is None or reply.issued_on is None:
        sentence = "本系统还没有印发答复，不能登记评价；请先印发，或者删去评价。"
        return [Problem(field="result", sentence=sentence)]
    if not may(acting(context.post), "matters.record_rating", reply):
        sentence = "您办理过这件，评价由其他同事登记；请删去评价，或者请同事导入。"
        return [Problem(field="result", sentence=sentence)]
    if day and day < reply.issued_on.isoformat():
        return [Problem(field="rated_on", sentence=f"评价日期应在印发日（{reply.issued_on}）与今天之间。")]
    return []


def enter(values: Values, matter: Matter, actor: PostActor, at: datetime) -> Rating | None:
    """Record it. Raises NotAllowed, RatingRefused, StepNotAllowed."""
    reply = _answer(matter)
    if reply is None or not values.get("codes"):
        return None
    attitude, result, overall = values["codes"]
    facts = RatingFacts(
        source=RatingSource.CONGRESS_SYSTEM, attitude=attitude, result=result, overall=overall,
        rated_on=date.fromisoformat(values["rated_on"]), words=values.get("words", ""),
    )  # fmt: skip
    participant = Participant.objects.get(pk=values["rater_key"])
    return record_rating(reply=reply, participant=participant, facts=facts, actor=actor, at=at)


def _told_by(rating: Rating) -> str:
    """A rating in the words of a line."""
    scale = {grade.code: grade.label for grade in grades(rating.matter, rating.rated_on)}
    words = {name: scale.get(getattr(rating, name), "") for name in SAID}
    return _told(words, rating.rated_on.isoformat())


def _told(words: Mapping[str, str], day: str) -> str:
    overall = f"、总体{words['overall']}" if words["overall"] else ""
    return f"态度{words['attitude']}、结果{words['result']}{overall}（{day}）"


def _answer(matter: Matter) -> Reply | None:
    out = matter.replies.filter(kind="reply", round=matter.round, issued_on__isnull=False).exclude(status="voided")
    return out.select_related("matter__procuratorate").first()


def _of_system(reply: Reply, participant: Participant) -> Rating | None:
    given = Rating.objects.filter(reply=reply, participant=participant, source=RatingSource.CONGRESS_SYSTEM)
    return given.select_related("matter__procuratorate").first()
