"""The register of numbers."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from huiyin.numbering.models import Number, Series
from huiyin.organisations.models import Procuratorate

LETTERS: Final = "letter:"


def letter_numbers(procuratorate: Procuratorate, year: int) -> QuerySet[Number]:
    """Numbers of outgoing letters of a year, voided ones among them."""
    found = Number.objects.filter(series__procuratorate=procuratorate, series__year=year)
    return found.filter(series__code__startswith=LETTERS)


def years_of(procuratorate: Procuratorate) -> list[int]:
    """Years with numbers of letters, the latest first."""
    series = Series.objects.filter(procuratorate=procuratorate, code__startswith=LETTERS)
    return list(series.order_by("-year").values_list("year", flat=True).distinct())
