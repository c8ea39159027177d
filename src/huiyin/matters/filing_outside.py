"""Papers that went to organs outside or came from them: letters asking for opinions, opinions, 会签, their replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huiyin.matters.filing_document import Document, later, stored
from huiyin.matters.models import Countersignature, Matter, OpinionRequest, Undertaking
from huiyin.matters.papers.file_pages import opinion_paper
from huiyin.matters.papers.opinion_request import opinion_request


def correspondence(parts: Iterable[Undertaking], office: str) -> Iterator[Document]:
    """What passed between us and the organs among some parts. office: our name, as the file writes it."""
    outside = [part for part in parts if part.organ_id]
    for asked in OpinionRequest.objects.filter(undertaking__in=outside).exclude(sent_on=None).select_related(
        "number", "undertaking__matter__procuratorate", "undertaking__organ", "drafted_by__staff", "signed_by__staff"
    ):  # fmt: skip
        yield Document(
            title=f"征求{asked.undertaking.who}意见函", by=office, number=str(asked.number or ""),
            on=asked.sent_on, source=later(opinion_request, asked), mark=f"asked:{asked.pk}:{asked.version}",
        )  # fmt: skip
    yield from opinions(outside)
    for signed in Countersignature.objects.filter(undertaking__in=outside).select_related("scan"):
        yield stored(signed.scan, title=f"{signed.organ}会签件", by=signed.organ, on=signed.signed_on)


def outside_replies(matter: Matter) -> Iterator[Document]:
    """Replies of other units, for our file."""
    for reply in matter.outside_replies.select_related("scan"):
        yield stored(
            reply.scan, title=f"{reply.organ}答复", by=reply.organ, number=reply.document_number, on=reply.dated_on
        )


def opinions(parts: Iterable[Undertaking]) -> Iterator[Document]:
    """What assistants said, as it came or as it was entered."""
    for part in parts:
        if part.opinion_file is not None:
            yield stored(part.opinion_file, title=f"{part.who}意见", by=part.who, on=part.opinion_on)
        elif part.opinion:
            yield Document(
                title=f"{part.who}意见", by=part.who, on=part.opinion_on, source=later(opinion_paper, part),
                mark=f"opinion:{part.pk}:{part.version}",
            )  # fmt: skip
