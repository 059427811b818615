"""Why the front turns a request away, in a sentence for the person who sent it.

English only: the front answers before a person, a workspace or a language is known.
"""

from cxhub.web.front.limits import MEBIBYTE


class Refusal(Exception):
    """Ends a request with `status` and one sentence."""

    status = 400

    def __init__(self, sentence: str, *, retry_after_seconds: int | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.retry_after_seconds = retry_after_seconds


class TooLarge(Refusal):
    status = 413

    def __init__(self, limit_bytes: int):
        size = f"{limit_bytes / MEBIBYTE:.4g} MB"
        super().__init__(f"This is more than the {size} that can be sent at once. Send a smaller file or less text.")


class TooSlow(Refusal):
    status = 408

    def __init__(self) -> None:
        super().__init__("The data stopped arriving. Check your connection and send it again.")


class TooBusy(Refusal):
    status = 503

    def __init__(self, retry_after_seconds: int):
        sentence = "The server is busy. Nothing was saved. Try again in a few seconds."
        super().__init__(sentence, retry_after_seconds=retry_after_seconds)


class DiskIsFull(Refusal):
    status = 503

    def __init__(self, retry_after_seconds: int):
        sentence = "The server has no space for this file. Nothing was saved. Tell your administrator."
        super().__init__(sentence, retry_after_seconds=retry_after_seconds)


class ClientIsGone(Exception):
    """The other side hung up, or stopped reading: there is nobody to answer."""
