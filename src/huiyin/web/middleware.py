"""Requests no form of ours could have sent are answered 400 before any view sees them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponseBase]


class RefuseBrokenRequests:
    """NUL bytes, undecodable text, broken multipart and oversized bodies get a plain page and change nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path or "\x00" in request.META.get("QUERY_STRING", "") or "%00" in request.get_full_path():
            return _refused(request, "地址中有无法识别的字符。", 400)
        if not _is_text(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")):
            return _refused(request, "地址中有无法识别的字符。", 400)
        try:
            if request.content_type == "application/x-www-form-urlencoded" and not _is_text(request.body):
                return _refused(request, "提交的内容中有无法识别的字符，没有保存。请返回上一页检查。", 400)
            texts = [value for key in request.GET for value in (key, *request.GET.getlist(key))]
            texts += request.COOKIES.values()
            if request.method == "POST":
                texts += [value for key in request.POST for value in (key, *request.POST.getlist(key))]
                texts += [upload.name or "" for key in request.FILES for upload in request.FILES.getlist(key)]
        except RequestDataTooBig:
            return _refused(request, "提交的内容太大，请分次提交，或者作为附件上传。", 413)
        except (BadRequest, MultiPartParserError, TooManyFieldsSent, TooManyFilesSent, LookupError, ValueError):
            return _refused(request, "提交的内容不完整或者格式不对，没有保存。请返回上一页重新提交。", 400)
        if any("\x00" in text for text in texts):
            return _refused(request, "提交的内容中有无法识别的字符，没有保存。请返回上一页检查。", 400)
        return self.get_response(request)


def _is_text(sent: bytes) -> bool:
    """Whether escaped form data is UTF-8 throughout; what is not would arrive as marks of replacement."""
    try:
        unquote_to_bytes(sent).decode()
    except UnicodeDecodeError:
        return False
    return True


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string("400.html", {"sentence": sentence, "request": request}), status=status)
