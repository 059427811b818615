"""Finding records by what somebody types: which match, and which of them match best. Used by lists and by search."""

from typing import Any

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Length

from orgs.models import Folded
from orgs.models.folding import fold

MOST_WORDS = 8


def words_of(typed: str) -> list[str]:
    """Return the words to look for, each of which must be found; accents alone are no word."""
    return [word for word in typed.split() if fold(word)][:MOST_WORDS]


def containing(typed: str, *columns: str) -> Q:
    """Return the condition that each word stands in one of these folded columns, wherever in it."""
    wanted = Q()
    for word in words_of(typed):
        places = Q()
        for column in columns:
            places |= Q(**{f"{column}__contains": Folded(Value(word))})
        wanted &= places
    return wanted


def name_in(search_text: str) -> Func:
    """Return the name out of a folded column, which holds it in its first line."""
    return Func(F(search_text), Value("\n"), Value(1), function="split_part", output_field=TextField())


def ranked(rows: QuerySet[Any], typed: str, *, name: Any, then: tuple[str, ...]) -> QuerySet[Any]:
    """Order rows that match: the very name, names that begin so, a word that does, names that hold it, the rest.

    `name` is folded. Among equals the shorter comes first, then `then`; without words, `then` alone is the order.
    """
    words = words_of(typed)
    if not words:
        return rows.order_by(*then)
    phrase, key = _pattern(" ".join(words)), F("search_key")
    rank = Case(
        When(search_key__regex=_joined(r"^\W*", phrase, r"\W*$"), then=0),
        When(search_key__regex=_joined(r"^\W*", phrase), then=1),
        When(search_key__regex=_joined(r"\m", phrase), then=2),
        When(search_key__regex=phrase, then=3),
        When(containing(typed, "search_key"), then=4),
        default=5,
        output_field=IntegerField(),
    )
    return rows.annotate(search_key=name).annotate(rank=rank).order_by("rank", Length(key), *then)


def _joined(start: str, phrase: Func, end: str = "") -> Concat:
    return Concat(Value(start), phrase, Value(end), output_field=TextField())


def _pattern(phrase: str) -> Func:
    """The words one after the other, whatever parts them: "check in" is "check-in". Every sign in it is just that."""
    folded = Folded(Value(phrase))
    parts = (Value(r"\W+"), Value(r"\\W+"), Value("g"))
    return Func(folded, *parts, function="regexp_replace", output_field=TextField())
