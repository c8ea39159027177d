"""Files on their way out: always by content type, never sniffed, never kept by a cache, never run by the browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from huiyin.files.models import StoredFile
from huiyin.files.operations import read

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def file_response(file: StoredFile, *, inline: bool = False) -> HttpResponse:
    """A stored file as attachment; inline only for a PDF the house rendered itself. Raises FileDamaged."""
    shown = inline and file.rendered and file.media_type == PDF
    return _answer(file.name, file.media_type, read(file), attachment=not shown)


def bytes_response(name: str, media_type: str, content: bytes, *, inline: bool = False) -> HttpResponse:
    """What the house has just rendered, as attachment; inline only when it is a PDF."""
    return _answer(name, media_type, content, attachment=not (inline and media_type == PDF))


def _answer(name: str, media_type: str, content: bytes, *, attachment: bool) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=attachment, filename=name)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
