"""Registering a suggestion by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.desk.bodies.missing import no_assigner
from huiyin.desk.matters.forms import EnterForm, ProposalForm, say_kept
from huiyin.desk.uploads import keep_uploads
from huiyin.kernel.refusals import Refusal
from huiyin.suggestions.kind import PROPOSAL, SUGGESTION
from huiyin.suggestions.operations.register import register_suggestion
from huiyin.suggestions.queries import last_session
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused

VERB = "suggestions.register"


@desk_page(VERB, methods=["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """The form; on a refusal everything typed and every file stays."""
    return _entered(request, EnterForm, "登记建议")


@desk_page(VERB, methods=["GET", "POST"])
def enter_proposal(request: StaffRequest) -> HttpResponse:
    """The same for a proposal to the CPPCC, in its own words."""
    return _entered(request, ProposalForm, "登记提案")


def _entered(request: StaffRequest, kind: type[EnterForm], title: str) -> HttpResponse:
    office = request.post.procuratorate
    if request.method != "POST":
        usual = last_session(office, kind=PROPOSAL if kind is ProposalForm else SUGGESTION)
        form = kind(office=office, on=today(), initial=usual)
        return _page(request, form, title)
    originals = keep_uploads(request, "originals", verb=VERB)
    enclosures = keep_uploads(request, "enclosures", verb=VERB)
    form = kind(request.POST, office=office, on=today())
    say_kept(form, "originals", originals)
    say_kept(form, "enclosures", enclosures)
    if form.is_valid():
        try:
            matter = register_suggestion(
                facts=form.facts(),
                originals=originals.files,
                enclosures=enclosures.files,
                request_key=form.cleaned_data["request_key"],
                actor=request.actor,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, refused(request, VERB, refusal))
        else:
            messages.success(request, f"已登记，收文号{matter.number}。下一步：分类，然后列入拟办单。")
            return go_to(request, "desk:matters:detail", matter.pk)
    return _page(request, form, title, status=422)


def _page(request: StaffRequest, form: EnterForm, title: str, status: int = 200) -> HttpResponse:
    facts = {"title": title, "form": form} | no_assigner(request)
    return render(request, "desk/matters/enter.html", facts, status=status)
