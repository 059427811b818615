"""Encrypts what other systems trust us with, under keys that lie outside the database. Pure: the keys are passed in."""

from collections.abc import Sequence
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class WrongKey(Exception):
    """What is kept was encrypted with a key that is not among those given, or was tampered with."""

    def __init__(self) -> None:
        super().__init__("A secret cannot be read: no key of ENCRYPTION_KEYS opens it.")


def encrypt(text: str, keys: Sequence[str]) -> str:
    """Return the text encrypted with the newest key, the first one."""
    return Fernet(keys[0]).encrypt(text.encode()).decode("ascii")


def decrypt(sealed: str, keys: Sequence[str]) -> str:
    """Return the text, by whichever key it was encrypted with. Raises WrongKey."""
    try:
        return MultiFernet([Fernet(key) for key in keys]).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        raise WrongKey from None


def is_current(sealed: str, keys: Sequence[str]) -> bool:
    """Say whether the newest key alone opens it."""
    try:
        Fernet(keys[0]).decrypt(sealed.encode())
    except (InvalidToken, UnicodeError):
        return False
    return True


HIDDEN: Final = "(secret)"


class Sealed:
    """An encrypted text as it is carried about: it shows and pickles nothing in the clear, and only `open` reads it."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    @classmethod
    def of(cls, text: str, keys: Sequence[str]) -> "Sealed":
        return cls(encrypt(text, keys))

    def open(self, keys: Sequence[str]) -> str:
        """Return the text. Raises WrongKey."""
        return decrypt(self.token, keys)

    def renewed(self, keys: Sequence[str]) -> "Sealed":
        """Return the same text under the newest key; itself if it is under that already. Raises WrongKey."""
        return self if is_current(self.token, keys) else Sealed.of(self.open(keys), keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.token == other.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __str__(self) -> str:
        return HIDDEN

    __repr__ = __str__
