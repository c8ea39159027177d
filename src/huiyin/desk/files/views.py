"""One view for every stored file: whoever may open what it belongs to may open it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from huiyin.files.models import StoredFile
from huiyin.files.operations import FileDamaged
from huiyin.files.permissions import may_open
from huiyin.web.downloads import file_response
from huiyin.web.pages import StaffRequest, desk_page


@desk_page("files.download")
def download(request: StaffRequest, public_id: str) -> HttpResponse:
    """The file; `?inline=1` shows a PDF the house rendered itself."""
    file = get_object_or_404(StoredFile, public_id=public_id)
    if not may_open(request.post, file):
        raise Http404
    try:
        return file_response(file, inline=request.GET.get("inline") == "1")
    except FileDamaged as refusal:
        raise Http404(str(refusal)) from None
