"""Lists: which came in, a new one, its template; the page of one, and its bad rows as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from huiyin.desk.bodies.missing import no_assigner
from huiyin.desk.imports.batch import batch_or_404, batch_page, said_of_originals
from huiyin.desk.imports.forms import UploadForm, said_in_header
from huiyin.desk.uploads import Kept, keep_uploads
from huiyin.files.models import StoredFile
from huiyin.imports import workbooks
from huiyin.imports.models import Batch
from huiyin.imports.operations import attach_originals, stage
from huiyin.imports.queries import batches_open_to, last_header
from huiyin.imports.registry import ImportKind, kinds
from huiyin.imports.registry import kind_of as registered
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.permissions import may
from huiyin.organisations.queries import assigner_choices
from huiyin.web.clock import now
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page, go_to, refused
from huiyin.web.paging import keyset

UPLOAD = "imports.stage"


@desk_page("imports.list")
def lists(request: StaffRequest) -> HttpResponse:
    """Every list of the office, newest first."""
    paged = keyset(request, batches_open_to(request.post), size=30, unit="份")
    own = [kind for kind in kinds() if may(request.actor, kind.verb)]
    labels = {kind.code: kind.label for kind in own}
    context = {
        "title": "导入清单",
        "batches": [{"batch": batch, "kind": labels[batch.kind]} for batch in paged.rows],
        "pager": paged.pager,
        "kinds": own,
    }
    return render(request, "desk/imports/list.html", context)


@desk_page(UPLOAD, methods=["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """Upload a list; nothing of it enters the register yet."""
    wanted = _kind_or_404(request, kind)
    if request.method != "POST":
        return _upload_page(request, wanted, _form(request, wanted, Kept(), Kept()))
    chosen, originals = (keep_uploads(request, name, verb=UPLOAD) for name in ("list", "originals"))
    form = _form(request, wanted, chosen, originals)
    if form.is_valid() and chosen.last is not None:
        try:
            batch = stage(
                kind=wanted,
                upload=chosen.last,
                header=said_in_header(form.cleaned_data),
                request_key=form.cleaned_data["request_key"],
                actor=request.actor,
                at=now(),
            )
            _attach(request, batch, originals.files)
            return go_to(request, "desk:imports:detail", batch.pk)
        except Refusal as refusal:
            form.add_error(None, refused(request, UPLOAD, refusal))
    return _upload_page(request, wanted, form, status=422)


def _form(request: StaffRequest, kind: ImportKind, chosen: Kept, originals: Kept) -> UploadForm:
    data = request.POST if request.method == "POST" else None
    office = request.post.procuratorate
    remembered = last_header(kind, office) if data is None else {}
    return UploadForm(data, kind=kind, office=office, lists=chosen, originals=originals, remembered=remembered)


def _attach(request: StaffRequest, batch: Batch, files: list[StoredFile]) -> None:
    """The originals that came with the list; a second click finds them there already."""
    known = set(batch.files.values_list("file_id", flat=True))
    fresh = [file for file in files if file.pk not in known]
    if fresh:
        listed = attach_originals(batch=batch, files=fresh, version=batch.version, actor=request.actor, at=now())
        messages.success(request, said_of_originals(listed))


def _upload_page(request: StaffRequest, kind: ImportKind, form: UploadForm, status: int = 200) -> HttpResponse:
    asks = any(each.choices is assigner_choices and each.required for each in kind.header_fields)
    facts = no_assigner(request) if asks else {}
    context: dict[str, Any] = {"title": f"导入{kind.label}", "kind": kind, "form": form, **facts}
    return render(request, "desk/imports/new.html", context, status=status)


@desk_page("imports.list")
def template(request: StaffRequest, kind: str) -> HttpResponse:
    """An empty list to fill in."""
    wanted = _kind_or_404(request, kind)
    return bytes_response(f"{wanted.label}模板.xlsx", XLSX, workbooks.template(wanted))


@desk_page("imports.list")
def one_list(request: StaffRequest, pk: int) -> HttpResponse:
    """One list, whatever its state."""
    return batch_page(request, batch_or_404(request, pk))


@desk_page("imports.list")
def bad_rows(request: StaffRequest, pk: int) -> HttpResponse:
    """The rows that could not go in, with reasons, to be corrected and uploaded again."""
    batch = batch_or_404(request, pk)
    return bytes_response(f"有错的行-{batch.file.name}", XLSX, workbooks.bad_rows(batch))


def _kind_or_404(request: StaffRequest, code: str) -> ImportKind:
    try:
        kind = registered(code)
    except KeyError:
        raise Http404 from None
    if not may(request.actor, kind.verb):
        raise Http404
    return kind
