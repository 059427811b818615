"""Secrets are read with a key that was given, never shown, and never stored in the clear."""

import pickle

import pytest
from cryptography.fernet import Fernet

from cxhub.lib.secret_field import SecretField
from cxhub.lib.secrets import Sealed, WrongKey, decrypt, encrypt, is_current

OLD, NEW, STRANGE = (Fernet.generate_key().decode() for _number in range(3))


def test_a_secret_comes_back_with_its_key():
    assert decrypt(encrypt("gehäuse ☃", [NEW]), [NEW]) == "gehäuse ☃"


def test_the_same_text_never_looks_the_same():
    assert encrypt("word", [NEW]) != encrypt("word", [NEW])


def test_the_newest_key_encrypts_and_every_key_reads():
    kept = encrypt("word", [OLD])
    assert decrypt(kept, [NEW, OLD]) == "word"
    assert not is_current(kept, [NEW, OLD])
    assert is_current(encrypt("word", [NEW, OLD]), [NEW])


@pytest.mark.parametrize(
    "kept",
    [encrypt("word", [STRANGE]), "", "word", "gAAAAAB", "ü", encrypt("word", [OLD])[:-4]],
    ids=["strange key", "empty", "plain", "cut short", "not ascii", "without its end"],
)
def test_a_wrong_key_or_a_changed_text_is_an_error_and_never_a_value(kept):
    with pytest.raises(WrongKey) as wrong:
        decrypt(kept, [NEW, OLD])
    assert "word" not in str(wrong.value)
    assert not is_current(kept, [NEW])


def test_renewing_brings_it_under_the_newest_key():
    old = Sealed.of("word", [OLD])
    new = old.renewed([NEW, OLD])
    assert new.open([NEW]) == "word"
    assert new.renewed([NEW, OLD]) is new
    with pytest.raises(WrongKey):
        old.renewed([NEW])


def test_it_shows_nothing():
    sealed = Sealed.of("word", [NEW])
    for shown in (str(sealed), repr(sealed), f"{sealed}", repr({"secret": sealed}), str(pickle.dumps(sealed))):
        assert "word" not in shown


def test_a_column_refuses_plain_text():
    with pytest.raises(TypeError, match="Seal the text"):
        SecretField().get_prep_value("word")


def test_a_column_is_in_no_form():
    assert not SecretField().editable
