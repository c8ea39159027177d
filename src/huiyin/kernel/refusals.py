"""What the house says when it declines."""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818  # declining is no error
    """Declined for a reason the reader can act on; `str(refusal)` is a Chinese sentence shown as it is.

    Subclasses stand beside the function that raises them and carry their own stable `code`, "app.snake".
    """

    code: ClassVar[str] = "kernel.refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
