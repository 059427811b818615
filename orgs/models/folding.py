"""Text as search compares it: without accents and letter case. PostgreSQL does it, without any extension."""

import re
import unicodedata
from typing import Any

from django.db.models import Func, GeneratedField, TextField, Value
from django.db.models.functions import Concat

ACCENTS = re.compile("[\u0300-\u036f]")
WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


class Folded(Func):
    """Fold the accents and the letter case of a text away. Immutable, so that a column can be generated from it."""

    output_field = TextField()
    arity = 1
    # The letters of the last two lines have no accent that could be taken off them.
    template = (
        "replace(replace(replace(replace(translate("
        "regexp_replace(lower(normalize(%(expressions)s, NFKD)), '[\u0300-\u036f]', '', 'g'), 'øłđıħ', 'oldih'),"
        " 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')"
    )


def fold(text: str) -> str:
    """Fold as the database does, for the few words that are not in it: those of pages and actions."""
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text).lower()).translate(WHOLE)


def folded_column(*fields: str) -> GeneratedField:
    """A column that PostgreSQL keeps: these fields folded, one a line, the first of them the name."""
    parts: list[Any] = [fields[0]]
    for name in fields[1:]:
        parts += [Value("\n"), name]
    text = Concat(*parts, output_field=TextField()) if len(parts) > 1 else parts[0]
    return GeneratedField(expression=Folded(text), output_field=TextField(), db_persist=True)
