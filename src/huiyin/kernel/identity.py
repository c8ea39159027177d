"""Numbers that identify people and organs: identity numbers, unified credit codes, mobile phones."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from .refusals import Refusal


class IdNumberInvalid(Refusal):
    """The text is no identity number after GB 11643."""

    code: ClassVar[str] = "kernel.id_number_invalid"


class CreditCodeInvalid(Refusal):
    """The text is no unified social credit code after GB 32100."""

    code: ClassVar[str] = "kernel.credit_code_invalid"


class MobileInvalid(Refusal):
    """The text is no mobile phone number."""

    code: ClassVar[str] = "kernel.mobile_invalid"


class Sex(StrEnum):
    """Codes after GB/T 2261.1, as far as an identity number can say."""

    MALE = "1"
    FEMALE = "2"


@dataclass(frozen=True)
class IdNumber:
    """What a valid identity number says about its holder; `division` is the GB/T 2260 code at first issue."""

    number: str
    division: str
    born_on: date
    sex: Sex


_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_SEPARATORS: Final = re.compile(r"[\s\-—–·.()]+")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_DEMO_MOBILE: Final = re.compile(r"1000000[0-9]{4}")


def parse_id_number(text: str, *, on: date | None = None) -> IdNumber:
    """Read an identity number (GB 11643): 18 characters, real birth date, check character.

    Residents from Hong Kong, Macao and Taiwan (810000, 820000, 830000) follow the same rule; the division is not
    looked up. on: refuse births after that day. Raises IdNumberInvalid."""
    number = _compact(text)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise IdNumberInvalid("身份证号码应为18位数字，末位可以是X。")
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdNumberInvalid("身份证号码第7至14位不是真实的出生日期，请核对。") from None
    if on is not None and born_on > on:
        raise IdNumberInvalid("身份证号码中的出生日期晚于当日，请核对。")
    weighted = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    if number[17] != _ID_CHECKS[weighted % 11]:
        raise IdNumberInvalid("身份证号码的校验位不符，可能有一位输错，请核对。")
    return IdNumber(number, number[:6], born_on, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def parse_credit_code(text: str) -> str:
    """Read a unified social credit code (GB 32100): 18 characters without I O S V Z. Raises CreditCodeInvalid."""
    code = _compact(text)
    if len(code) != 18 or any(character not in _CREDIT_ALPHABET for character in code):
        raise CreditCodeInvalid("统一社会信用代码应为18位数字或大写字母，且不含I、O、S、V、Z。")
    weighted = sum(
        _CREDIT_ALPHABET.index(character) * weight for character, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True)
    )
    if code[17] != _CREDIT_ALPHABET[(31 - weighted % 31) % 31]:
        raise CreditCodeInvalid("统一社会信用代码的校验位不符，可能有一位输错，请核对。")
    return code


def normalise_mobile(text: str, *, allow_demo: bool = False) -> str:
    """The eleven digits of a mainland mobile number; +86, 0086, spaces and hyphens may surround them.

    allow_demo: also take the undiallable numbers 1000000NNNN of demonstration and tests. Raises MobileInvalid."""
    digits = _compact(text).removeprefix("+")
    if re.fullmatch(r"(?:00)?86[0-9]{11}", digits):
        digits = digits[-11:]
    if _MOBILE.fullmatch(digits) or (allow_demo and _DEMO_MOBILE.fullmatch(digits)):
        return digits
    raise MobileInvalid("手机号码应为11位数字，以13至19开头；可带+86。")


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
