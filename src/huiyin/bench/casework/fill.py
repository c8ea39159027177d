"""So many matters in every state, with everything that hangs on them: the newest are open, most are filed away."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Final

from django.db import connection
from django.db.models import Model

from huiyin.approvals.models import Approval, ApprovalStep
from huiyin.bench.casework import bulk
from huiyin.bench.casework.bulk import Again
from huiyin.bench.casework.province import Place
from huiyin.bench.casework.texts import Letter, Letters
from huiyin.kernel.text import bigrams
from huiyin.matters.indexing import KIND
from huiyin.matters.models import (
    Adjustment,
    ApprovalLink,
    Commitment,
    Deadline,
    Matter,
    Participant,
    Rating,
    Reply,
    Undertaking,
)
from huiyin.matters.operations.deadlines import fill as fill_in
from huiyin.matters.rules import ReplyStatus, Status, UndertakingStatus
from huiyin.regulations.books import Stack
from huiyin.regulations.rules import Calendar, compute
from huiyin.search.models import Entry
from huiyin.search.rules import prepared
from huiyin.suggestions.models import Suggestion

CHUNK: Final = 10_000
BLOCK: Final = 50_000  # matters made one by one; beyond, they come again as matters of their own
LETTERS: Final = 25_000  # texts that differ
FIRST_YEAR, FIRST_TERM = 2006, 12
OPEN_FOR: Final = 110  # calendar days over which the open ones came in
OLD_FOR: Final = 4000
SHARES: Final = (  # from the oldest to the newest
    (0.75, Status.ARCHIVED), (0.92, Status.CLOSED), (0.95, Status.REPLIED), (0.955, Status.SIGNED),
    (0.965, Status.SIGNING), (0.99, Status.IN_HAND), (0.993, Status.ASSIGNED), (0.996, Status.PROPOSING),
    (1.0, Status.REGISTERED),
)  # fmt: skip
ANSWERED: Final = frozenset({Status.REPLIED, Status.CLOSED, Status.ARCHIVED})
LETTERS_OUT: Final = {Status.SIGNING: ReplyStatus.SIGNING, Status.SIGNED: ReplyStatus.SIGNED}
ROUTED: Final = ANSWERED | {Status.SIGNED, Status.SIGNING, Status.IN_HAND, Status.ASSIGNED}
COLUMNS: Final[dict[type[Model], tuple[str, ...]]] = {
    Matter: (
        "id", "kind", "number", "external_number", "row_key", "procuratorate_id", "city_id", "province_id", "channel",
        "received_on", "title", "body", "handler_role", "category", "is_key", "status", "is_open", "next_due_on",
        "leader_id", "registered_by_id", "registered_at", "changed_at", "closed_at", "request_key",
    ),
    Suggestion: ("matter_id", "kind", "side", "term", "session", "assigned_on", "signer_count"),
    Participant: ("id", "matter_id", "role", "position", "name", "delegation", "person_id"),
    Undertaking: ("id", "matter_id", "role", "department_id", "handler_id", "status", "assigned_at"),
    Adjustment: ("id", "undertaking_id", "reason", "asked_by_id", "asked_at", "office_opinion", "verdict"),
    Commitment: ("id", "matter_id", "reply_id", "text", "promised_on", "done_on"),
    Deadline: (
        "id", "matter_id", "undertaking_id", "limit_code", "label", "book_code", "book_version", "article", "starts_on",
        "raw_on", "due_on", "cap_on", "late_from", "provisional", "explanation", "rungs", "rung_on", "met_at",
    ),
    Reply: (
        "id", "matter_id", "kind", "status", "outcome", "mark", "approval_id", "signed_on", "proofread_at",
        "issued_on", "delivered_on", "created_by_id", "created_at",
    ),
    Approval: (
        "id", "procuratorate_id", "subject_kind", "subject_id", "subject_hash", "subject_label", "chain_code",
        "status", "asked_by_id", "asked_at", "ended_at",
    ),
    ApprovalStep: ("id", "approval_id", "position", "code", "label", "post_id", "status", "opened_at"),
    ApprovalLink: ("id", "matter_id", "approval_id"),
    Rating: (
        "id", "matter_id", "reply_id", "participant_id", "round", "source", "attitude", "result", "rated_on",
        "is_of_record", "recorded_by", "recorded_at",
    ),
    Entry: ("id", "kind", "key", "text", "tokens"),
}  # fmt: skip


@dataclass
class Filling:
    """One house being filled; the same seed and size give the same house."""

    total: int
    places: Sequence[Place]
    weights: Sequence[float]
    stack: Stack
    working_days: Calendar
    today: date
    random: Random = field(default_factory=lambda: Random(7))  # noqa: S311  # invented matters
    letters: list[Letter] = field(default_factory=list)
    ids: dict[type[Model], int] = field(default_factory=lambda: defaultdict(int))
    known: dict[tuple[str, date], tuple[Any, ...]] = field(default_factory=dict)

    def run(self, progress: Callable[[int], None]) -> None:
        """The first block row by row; then the block again and again, each time as matters of their own."""
        self.letters = Letters(11).pool(min(self.block, LETTERS))
        heavy = list(accumulate(self.weights))
        for begin in range(1, self.block + 1, CHUNK):
            keys = range(begin, min(begin + CHUNK, self.block + 1))
            offices = self.random.choices(self.places, cum_weights=heavy, k=len(keys))
            rows: dict[type[Model], list[tuple[Any, ...]]] = defaultdict(list)
            terms: list[tuple[int, list[str]]] = []
            for key, place in zip(keys, offices, strict=True):
                self._matter(key, place, rows, terms)
            self._put(rows, terms)
            progress(len(keys))
        self.letters = []
        for copy in range(1, self.total // self.block):
            for model in COLUMNS:
                bulk.again(model._meta.db_table, self._again(model), copy)
            progress(self.block)

    @property
    def block(self) -> int:
        """How many matters are made one by one."""
        return min(self.total, BLOCK)

    def _again(self, model: type[Model]) -> Again:
        block, ids = self.block, self.ids
        parts, people, letters = ids[Undertaking], ids[Participant], ids[Reply]
        own: dict[type[Model], Again] = {
            Matter: Again({"id": block}, ("number", "external_number", "row_key"), ("request_key",)),
            Suggestion: Again({"matter_id": block}),
            Participant: Again({"id": people, "matter_id": block}),
            Undertaking: Again({"id": parts, "matter_id": block}),
            Adjustment: Again({"id": parts, "undertaking_id": parts}),
            Commitment: Again({"id": letters, "matter_id": block, "reply_id": letters}),
            Deadline: Again({"id": ids[Deadline], "matter_id": block, "undertaking_id": parts}),
            Reply: Again({"id": letters, "matter_id": block, "approval_id": letters}),
            Approval: Again({"id": letters, "subject_id": letters}),
            ApprovalStep: Again({"id": ids[ApprovalStep], "approval_id": letters}),
            ApprovalLink: Again({"id": letters, "matter_id": block, "approval_id": letters}),
            Rating: Again({
                "id": ids[Rating], "matter_id": block, "reply_id": letters, "participant_id": people,
            }),
            Entry: Again({"id": block, "key": block}),
        }  # fmt: skip
        return own[model]

    def _put(self, rows: dict[type[Model], list[tuple[Any, ...]]], terms: list[tuple[int, list[str]]]) -> None:
        for model, columns in COLUMNS.items():
            if model is not Entry:
                bulk.insert(model, columns, rows[model])
        if connection.vendor == "sqlite":
            bulk.insert(Entry, COLUMNS[Entry], rows[Entry])
            bulk.put_terms(terms)
            return
        vectors = (" ".join(f"'{term}'" for term in found) for _, found in terms)
        both = ((*row, vector) for row, vector in zip(rows[Entry], vectors, strict=True))
        bulk.put(Entry._meta.db_table, [*COLUMNS[Entry], "terms"], both)

    def _next(self, model: type[Model]) -> int:
        self.ids[model] += 1
        return self.ids[model]

    def _matter(
        self, key: int, place: Place, rows: dict[type[Model], list[tuple[Any, ...]]], terms: list[tuple[int, list[str]]]
    ) -> None:
        draw = self.random.random
        share = key / self.block
        status = next(name for until, name in SHARES if share <= until)
        is_open = status not in {Status.CLOSED, Status.ARCHIVED}
        begun = (1 - share) / 0.08 * OPEN_FOR if is_open else OPEN_FOR + (0.92 - share) / 0.92 * OLD_FOR
        day = self.today - timedelta(days=int(begun))
        at = f"{day} 02:00:00"
        is_proposal = draw() < 0.25  # noqa: PLR2004
        letter = self.letters[int(draw() * len(self.letters))]
        number = f"{place.prefix}{'提' if is_proposal else '建'}〔{day.year}〕{key}号"
        external = f"{day.year % 100}{key}"
        code = "PRO_REPLY" if is_proposal else "SUG_REPLY"
        deadline = self._due(code, day)
        routed = status in ROUTED
        rows[Matter].append((
            key, "proposal" if is_proposal else "suggestion", number, external, external, place.office, place.city,
            place.province, "congress_list", str(day), letter.title, letter.body, "sole", "公益诉讼检察", draw() < 0.03,  # noqa: PLR2004
            status.value, is_open, deadline[6] if is_open and status != Status.REPLIED else None,
            place.deputy_chief if routed else None, place.officer, at, at, None if is_open else at, f"{key:032x}",
        ))  # fmt: skip
        names = self._people(key, place, rows)
        term, session = divmod(day.year - FIRST_YEAR, 5)
        rows[Suggestion].append((
            key, "suggestion", "member" if is_proposal else "deputy", FIRST_TERM + term, session + 1, str(day),
            len(names),
        ))  # fmt: skip
        tokens = {f"office:{place.office}"}
        met = at if status in ANSWERED else None
        rows[Deadline].append((self._next(Deadline), key, None, code, "答复代表", *deadline, met))
        if routed:
            tokens |= self._parts(key, place, status, at, rows, self._due("SUG_FIRST_CONTACT", day))
        if status in ANSWERED or status in LETTERS_OUT:
            tokens |= self._letter(key, place, status, day, at, rows)
        named = prepared(f"{number}\n{external}\n{' '.join(f'{name} 第三代表团' for name in names)}")
        listed = sorted(tokens)
        rows[Entry].append((key, KIND, key, f"{named}\n\n{letter.text}", json.dumps(listed)))
        terms.append((key, [*letter.terms.union(bigrams(named), listed), f"kind:{KIND}"]))

    def _people(self, key: int, place: Place, rows: dict[type[Model], list[tuple[Any, ...]]]) -> list[str]:
        draw = self.random.random
        signers = [place.people[int(draw() * len(place.people))] for _ in range(1 + int(draw() * draw() * 8))]
        for position, (person, name) in enumerate(signers):
            role = "cosigner" if position else "lead"
            rows[Participant].append((self._next(Participant), key, role, position, name, "第三代表团", person))
        return [name for _, name in signers]

    def _parts(
        self, key: int, place: Place, status: Status, at: str, rows: dict[type[Model], list[tuple[Any, ...]]],
        contact: tuple[Any, ...],
    ) -> set[str]:  # fmt: skip
        draw = self.random.random
        tokens = {f"post:{place.deputy_chief}"}
        first = int(draw() * len(place.departments))
        for place_of in (first, (first + 1) % len(place.departments))[: 1 + (draw() < 0.2)]:  # noqa: PLR2004
            department, _, handlers = place.departments[place_of]
            handler = handlers[int(draw() * len(handlers))] if status != Status.ASSIGNED else None
            state = UndertakingStatus.ASSIGNED if handler is None else UndertakingStatus.IN_HAND
            state = UndertakingStatus.GIVEN if status in ANSWERED else state
            role = "sole" if place_of == first else "assist"
            part = self._next(Undertaking)
            rows[Undertaking].append((part, key, role, department, handler, state.value, at))
            tokens |= {f"department:{department}"} | ({f"post:{handler}"} if handler else set())
            if part % 50 == 0:
                rows[Adjustment].append((part, part, "不属本部门职责", place.deputy_chief, at, "同意", "keep"))
            if status == Status.IN_HAND and place_of == first:
                rows[Deadline].append((self._next(Deadline), key, part, "SUG_FIRST_CONTACT", "首次联系", *contact, at))
        return tokens

    def _letter(
        self, key: int, place: Place, status: Status, day: date, at: str,
        rows: dict[type[Model], list[tuple[Any, ...]]],
    ) -> set[str]:  # fmt: skip
        draw = self.random.random
        reply = self._next(Reply)
        out = status in ANSWERED
        head = place.departments[key % len(place.departments)][1]
        state = LETTERS_OUT.get(status, ReplyStatus.DELIVERED)
        issued = str(day) if out else None
        rows[Reply].append((
            reply, key, "reply", state.value, "resolved", "A", reply, issued, at if out else None, issued, issued,
            head, at,
        ))  # fmt: skip
        if out and reply % 20 == 0:
            rows[Commitment].append((reply, key, reply, "年内完成整治", str(day), str(day)))
        ended = status != Status.SIGNING
        rows[Approval].append((
            reply, place.office, "matters.reply", reply, "0" * 64, "答复函", "letter",
            "agreed" if ended else "running", head, at, at if ended else None,
        ))  # fmt: skip
        signers = [("department_head", head), ("deputy_chief", place.deputy_chief)]
        for position, (code, post) in enumerate(signers, start=1):
            step = "agreed" if ended else "open" if position == 1 else "waiting"
            rows[ApprovalStep].append((self._next(ApprovalStep), reply, position, code, "审签", post, step, at))
        rows[ApprovalLink].append((reply, key, reply))
        if out and (status != Status.REPLIED or draw() < 0.5):  # noqa: PLR2004
            lead = self.ids[Participant]
            rows[Rating].append((
                self._next(Rating), key, reply, lead, 1, "signed_form", "satisfied", "satisfied", issued, True,
                "post:1", at,
            ))  # fmt: skip
        registry = {f"registry:{place.office}"} if out or status == Status.SIGNED else set()
        return {f"post:{post}" for _, post in signers} | registry

    def _due(self, code: str, day: date) -> tuple[Any, ...]:
        """The columns of a deadline, computed once a first day."""
        found = self.known.get((code, day))
        if found is None:
            row = Deadline(limit_code=code)
            due = compute(self.stack.limit(code, self.today), day, self.working_days)
            fill_in(row, due, starts_on=day, stack=self.stack, working_days=self.working_days)
            late = f"{row.late_from:%Y-%m-%d %H:%M:%S}" if row.late_from else None
            found = (
                row.book_code, row.book_version, row.article, str(day), str(row.raw_on), str(row.due_on),
                str(row.cap_on) if row.cap_on else None, late, row.provisional, json.dumps(row.explanation),
                json.dumps(row.rungs), str(row.rung_on) if row.rung_on and row.due_on > self.today else None,
            )  # fmt: skip
            self.known[code, day] = found
        return found
