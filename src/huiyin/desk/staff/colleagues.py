"""Colleagues: who holds which post in the own office, and who stands in for whom (AB角)."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.staff.acts import act_once, form_page
from huiyin.desk.staff.forms import SubstitutionForm
from huiyin.organisations import operations
from huiyin.organisations.models import Post, Substitution
from huiyin.organisations.permissions import may
from huiyin.organisations.queries import posts_of
from huiyin.web.clock import now, today
from huiyin.web.pages import StaffRequest, desk_page, posted


@desk_page("organisations.list_colleagues")
def list_colleagues(request: StaffRequest) -> HttpResponse:
    """Posts of the own office by department, with office phones and substitutes."""
    on = today()
    posts = posts_of(request.post.procuratorate, on)
    coming: dict[int, list[Substitution]] = defaultdict(list)
    for each in Substitution.objects.filter(post__in=posts, until_on__gt=on).select_related("substitute__staff"):
        coming[each.post_id].append(each)
    rows = [
        {
            "post": post,
            "substitutions": coming[post.pk],
            "arranges": may(request.actor, "organisations.add_substitution", post),
        }
        for post in posts
    ]
    facts = {"title": "同事与代理", "rows": rows, "on": on}
    return render(request, "desk/staff/colleagues.html", facts)


@desk_page("organisations.add_substitution", methods=["GET", "POST"])
def add_substitution(request: StaffRequest, pk: int) -> HttpResponse:
    """Name who stands in for a post."""
    post = _arranged_by(request, pk)
    form = SubstitutionForm(posted(request), post=post, on=today())
    act = partial(operations.add_substitution, post=post, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.substitution_added", done="代理已安排。",
        to=("desk:staff:colleagues",), title=f"安排代理：{post.label}", button="安排", back="desk:staff:colleagues",
    )  # fmt: skip


@desk_page("organisations.end_substitution", methods=["POST"])
def end_substitution(request: StaffRequest, pk: int) -> HttpResponse:
    """The holder is back."""
    substitution = get_object_or_404(Substitution.objects.select_related("post", "substitute__staff"), pk=pk)
    _arranged_by(request, substitution.post_id)
    act = partial(operations.end_substitution, substitution=substitution, on=today(), actor=request.actor, at=now())
    to = ("desk:staff:colleagues",)
    return act_once(request, act, verb="organisations.substitution_ended", done="代理已结束。", to=to)


def _arranged_by(request: StaffRequest, pk: int) -> Post:
    """A post of the own office whose substitutes the reader may arrange; any other is not there."""
    own = Post.objects.filter(procuratorate=request.post.procuratorate).select_related("staff", "procuratorate")
    post = get_object_or_404(own, pk=pk)
    if not may(request.actor, "organisations.add_substitution", post):
        raise Http404
    return post
