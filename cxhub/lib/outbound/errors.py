"""The two ways a call to the outside fails. Their sentences are for people and hold no body, secret or timing."""


class Refused(Exception):
    """The call is not made, or its answer not taken, until a person changes something."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TooLarge(Refused):
    """The answer is larger than the rules let it be."""

    def __init__(self, sentence: str, most_bytes: int) -> None:
        super().__init__(sentence)
        self.most_bytes = most_bytes


class Unreachable(Exception):
    """The other side cannot answer now; the same call may work later."""

    def __init__(self, sentence: str, after_seconds: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.after_seconds = sentence, after_seconds


class OutOfTime(Exception):
    """The deadline of the call has passed."""
