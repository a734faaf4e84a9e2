"""The one exception that a person is meant to read."""


class Problem(Exception):
    """Something that stops us; the message is one sentence that says what to do."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail
