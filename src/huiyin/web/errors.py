"""Error pages in plain Chinese."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.web.typed import is_from_here, send_again, typed_in


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old (CSRF); a form of our own, as the browser assures, may be sent once more."""
    if is_from_here(request) and (typed := typed_in(request)):
        return send_again(request, typed)
    sentence = "页面停留时间过长或者浏览器没有保存登录信息，这次提交没有生效。请返回上一页，刷新后重新提交。"
    return render(request, "403.html", {"sentence": sentence}, status=403)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The post does not carry the right; the sentence of the exception is shown where it has one."""
    return render(request, "403.html", {"sentence": str(exception)}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something Django itself found suspicious; what exactly is for the log, not for the sender."""
    return render(request, "400.html", {}, status=400)
