"""前后衔接 on the page of a matter: found by number, linked, taken away again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from huiyin.desk.matters.page import matter_or_404
from huiyin.desk.matters.sections import Act, MatterFacts
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.matters.kinds import on_the_register
from huiyin.matters.linkage import BY_HAND, RELATION_LABELS, RelationKind
from huiyin.matters.models import Matter, Relation
from huiyin.matters.operations.relations import relate, unrelate
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import may
from huiyin.web.clock import now
from huiyin.web.forms import sentences_of
from huiyin.web.pages import StaffRequest, desk_page, go_to, posted, refused

VERB: Final = "matters.relate"
FOUND_AT_MOST: Final = 10
HELP: Final = {
    RelationKind.RELATED: "两件说的是相关的事",
    RelationKind.CONTINUED: "本件接着那一件往下办",
    RelationKind.DUPLICATE: "两件内容重复，分别答复",
}


class NumberForm(forms.Form):
    """The number of the other matter, as the congress office or our register writes it."""

    number = forms.CharField(label="另一件的编号", max_length=60, help_text="来文编号（如162008）或者收文号。")


class RelateForm(forms.Form):
    """Which one it is, and what the two have to do with one another."""

    number = forms.CharField(widget=forms.HiddenInput, max_length=60)
    other = forms.ModelChoiceField(Matter.objects.none(), label="与哪一件", widget=forms.RadioSelect, empty_label=None)
    kind = forms.ChoiceField(
        label="怎样衔接", widget=forms.RadioSelect,
        choices=[(kind.value, f"{RELATION_LABELS[kind][0]}（{HELP[kind]}）") for kind in BY_HAND],
    )  # fmt: skip
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, found: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["other"]
        chosen.queryset = found  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda each: f"{each.external_number or each.number} {each.title}"  # type: ignore[attr-defined]


def found_by_number(post: Post, number: str) -> QuerySet[Matter]:
    """Matters of that number which a post may open; the reader's sight is part of the query."""
    typed = normalise(number).removeprefix("第").removesuffix("号") if number else ""
    seen = Matter.objects.open_to(post).filter(kind__in=on_the_register())
    named = seen.filter(Q(external_number=typed) | Q(number__in=[typed, normalise(number)]))
    keys = list(named.order_by("-id").values_list("pk", flat=True)[:FOUND_AT_MOST]) if typed else []
    return Matter.objects.filter(pk__in=keys).order_by("-id")


@desk_page(VERB, methods=["GET", "POST"])
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """Look the other matter up, choose, link."""
    matter = matter_or_404(request, pk)
    data = posted(request)
    number = str((data or request.GET).get("number", ""))[:60]
    found = found_by_number(request.post, number).exclude(pk=matter.pk)
    search = NumberForm({"number": number} if number else None, auto_id="find_%s")
    only = found[0].pk if len(found) == 1 else None
    form = RelateForm(data, found=found, initial={"number": number, "kind": RelationKind.RELATED.value, "other": only})
    if data is not None and form.is_valid():
        said = form.cleaned_data
        try:
            relate(
                matter=matter, other=said["other"], kind=RelationKind(said["kind"]), note=said["note"],
                actor=request.actor, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal, target=target(matter)))
        else:
            messages.success(request, "已登记，两件的页面上都能看到。")
            return go_to(request, "desk:matters:detail", pk)
    context = {
        "title": "登记前后衔接", "matter": matter, "number": matter.external_number or matter.number, "search": search,
        "sentences": sentences_of(form) if form.is_bound and not found else [],
        "asked": number, "found": found, "form": form,
    }  # fmt: skip
    return render(request, "desk/matters/relate.html", context, status=422 if form.errors else 200)


@desk_page(VERB, methods=["GET", "POST"])
def unlink(request: StaffRequest, pk: int, relation: int) -> HttpResponse:
    """Take a link away, from either side."""
    matter = matter_or_404(request, pk)
    own = Relation.objects.filter(Q(matter=matter) | Q(other=matter), kind__in=BY_HAND)
    found = get_object_or_404(own.select_related("matter__procuratorate", "other__procuratorate"), pk=relation)
    sentence = ""
    if request.method == "POST":
        try:
            unrelate(relation=found, actor=request.actor, at=now())
        except Refusal as refusal:
            sentence = refused(request, VERB, refusal, target=target(matter))
        else:
            messages.success(request, "已取消衔接，审计中留有记录。")
            return go_to(request, "desk:matters:detail", pk)
    context = {
        "title": "取消前后衔接", "matter": matter, "number": matter.external_number or matter.number,
        "line": _line(found, matter, set()), "sentence": sentence,
    }  # fmt: skip
    return render(request, "desk/matters/unrelate.html", context, status=422 if sentence else 200)


def build_relations(request: StaffRequest, facts: MatterFacts) -> dict[str, Any] | None:
    """Both sides' links; of a matter the reader may not open no more than its number."""
    matter = facts.matter
    links = [each for each in facts.links if each.kind != RelationKind.MERGED]  # those have a section of their own
    if not links:
        return None
    keys = {each.matter_id for each in links} | {each.other_id for each in links}
    seen = set(Matter.objects.open_to(request.post).filter(pk__in=keys).values_list("pk", flat=True))
    may_relate = may(request.actor, VERB)
    return {"lines": [_line(each, matter, seen) for each in links], "may_relate": may_relate}


def _line(link: Relation, matter: Matter, seen: set[int]) -> dict[str, Any]:
    is_later = link.matter_id == matter.pk
    other = link.other if is_later else link.matter
    words = RELATION_LABELS[RelationKind(link.kind)][0 if is_later else 1]
    is_seen = other.pk in seen
    return {
        "link": link,
        "words": words,
        "number": other.external_number or other.number,
        "title": other.title if is_seen else "",
        "url": reverse("desk:matters:detail", args=[other.pk]) if is_seen else "",
        "status": other.get_status_display() if is_seen else "",
        "note": link.note if is_seen else "",
        "may_take": link.kind in BY_HAND and is_seen,
    }


def relation_acts(request: StaffRequest, facts: MatterFacts) -> Iterable[Act]:
    """The button that leads to the search."""
    if may(request.actor, VERB):
        yield Act("前后衔接", reverse("desk:matters:relate", args=[facts.matter.pk]), "link")
