"""No form, however strange, makes the product fail."""

from urllib.parse import urlencode

import pytest

from tests.architecture.access_table import TABLE
from tests.architecture.asking import address, ask, client_of, is_of_workspace

# What forms of the product send. What a view does not ask for is passed over by it.
NAMES = (
    "name title was version value values to before after place kind label note mark at step steps stage lane key cell"
    " resolved remove record records persona personas of next move is_overlapping is_major is_done is_hidden"
    " is_pinned fingerprint draft department departments child by from on body text parent touchpoint finding member"
    " members owner sponsor map journey channel system phase product market severity importance satisfaction score"
    " moment evidence level dimension state reason until day cadence_days next_on role roles email pk id ids chosen"
    " choice mapping sheet file image alt undo save theme target low high unit formula polarity starts_on ends_on"
)
FIELDS = NAMES.split()
STRANGE = {
    "a null character": "a\0b",
    "half a character": b"\xed\xa0\x80",
    "a list": ["1", "", "x", "-1"],
}
# Each form meets two of them.
SELDOM = ["", "9" * 40, "\u00b2", "<script>alert(1)</script>", "2018-02-30", "nan", "1e999", "x" * 20_000]
POSTED = [name for name in TABLE if is_of_workspace(name) and "ada" in TABLE[name].post.may]
PARTS = 6
ENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def ada(filled):
    return client_of(filled[0].ada)


def _sent(strange):
    return urlencode(dict.fromkeys(FIELDS, strange), doseq=True)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_strange_form_is_answered(part, filled, ada):
    failed = []
    for place, name in enumerate(POSTED[part::PARTS]):
        about = TABLE[name].about
        path = address(name, filled[1][about].pk if about else None)
        more = {each[:9]: each for each in (SELDOM[(2 * place + part) % 8], SELDOM[(2 * place + part + 1) % 8])}
        for what, strange in {**STRANGE, **more}.items():
            answer = ask(ada, "post", path, _sent(strange), content_type=ENCODED)
            if answer.status_code >= 500 or "<script>alert" in answer.words:
                failed.append((name, what, answer.status_code))
    assert failed == []
