"""Text as search compares it: without accents and letter case. PostgreSQL does it, without any extension."""

from django.db.models import Func, TextField


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
