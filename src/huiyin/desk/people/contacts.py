"""How a person is reached: written down, shown once on request, forgotten; the phone site opened and closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from huiyin.desk.people.acts import act_once, form_page, person_or_404, point_or_404
from huiyin.desk.people.forms import ContactForm
from huiyin.desk.people.page import person_page
from huiyin.kernel.refusals import Refusal
from huiyin.messaging import operations as messaging
from huiyin.messaging.models import Binding
from huiyin.people import operations
from huiyin.people.operations.checks import target_of
from huiyin.people.queries import visible_to
from huiyin.web.clock import now
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused


@desk_page("people.set_contact_point", methods=["GET", "POST"])
def set_point(request: StaffRequest, pk: int) -> HttpResponse:
    """A mobile, an address."""
    person = person_or_404(request, pk)
    return form_page(
        request, ContactForm(request.POST or None, person=person),
        lambda said: operations.set_contact_point(person=person, actor=request.actor, at=now(), **said),
        person=person, verb="people.contact_point_set", done="联系方式已登记。", title=f"登记{person.name}的联系方式",
        button="登记",
    )  # fmt: skip


@desk_page("people.reveal_contact", methods=["POST"])
def reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole number, once, on the page that answers; looking it up left a record."""
    point = point_or_404(request, pk)
    try:
        value = operations.reveal_contact(point=point, actor=request.actor, at=now())
    except Refusal as refusal:
        messages.error(request, refused(request, "people.contact_revealed", refusal, target=target_of(point.person)))
        return go_to(request, "desk:people:detail", point.person_id)
    return person_page(request, point.person, revealed={point.pk: value})


@desk_page("people.erase_contact_point", methods=["POST"])
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget a number or an address."""
    point = point_or_404(request, pk)
    return act_once(
        request,
        lambda: operations.erase_contact_point(
            point=point, version=_version(request), actor=request.actor, at=now()
        ),
        person=point.person, verb="people.contact_point_erased", done="联系方式已删除。",
    )  # fmt: skip


@desk_page("messaging.bind", methods=["POST"])
def bind(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the phone site for a mobile the office has made sure of."""
    point = point_or_404(request, pk)
    return act_once(
        request,
        lambda: messaging.bind(
            person=point.person, contact_point=point, evidence=point.evidence, actor=request.actor, at=now()
        ),
        person=point.person, verb="messaging.bound", done=f"已为{point.person.name}开通手机端。",
    )  # fmt: skip


@desk_page("messaging.bind", methods=["POST"])
def unbind(request: StaffRequest, pk: int) -> HttpResponse:
    """Close the phone site for a number."""
    open_to = Binding.objects.filter(person__in=visible_to(request.post))
    binding = get_object_or_404(open_to.select_related("person__procuratorate"), pk=pk)
    return act_once(
        request,
        lambda: messaging.end_binding(binding=binding, reason="在名册上停用", actor=request.actor, at=now()),
        person=binding.person, verb="messaging.unbound", done="手机端已停用，不再发送短信。",
    )  # fmt: skip


def _version(request: StaffRequest) -> int:
    """The person as the page showed it; 0, which is never current, when the page says nothing sensible."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
