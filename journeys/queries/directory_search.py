"""Which entries "Who to contact" lists, in order: all without words, those with all words, or the closest ones."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from journeys.models import Finding, Touchpoint
from journeys.queries import abouts, directory_places
from journeys.queries.directory import NEED, TOUCHPOINT, Entry, Filters, Known, passing
from journeys.queries.directory_places import Standing
from journeys.queries.directory_words import MISSED, Sought, Word, loose, strict
from orgs.models.folding import fold
from orgs.queries.matching import name_in, ranked

Levels = tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """The entries in order, and whether they only come close; `meant`: the words that were taken for others."""

    entries: Sequence[Entry]
    steps: Mapping[int, Sequence[int]]
    """By need: its steps of current maps."""
    is_loose: bool = False
    meant: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """A need or touchpoint with the rank of its name, the lower the better, and how well it has each word."""

    kind: int
    pk: int
    rank: int
    length: int
    levels: Levels


def find(filters: Filters, known: Known) -> Found:
    """Return what passes. Words are to be found in a need, one of its touchpoints, or whom and what is behind those.

    Where nothing has all of them, what has most comes first: the longer words by their beginnings, then those that
    are spelt almost so. As many queries for ten thousand touchpoints as for ten.
    """
    places = directory_places.standing()
    narrow = set(passing(filters).values_list("pk", flat=True)) if filters.is_narrow else None
    if not filters.search:
        return Found(_plain(filters, places, narrow), places.steps)
    entries = _searched(filters, known, places, narrow, strict(filters.search))
    if entries:
        return Found(entries, places.steps)
    sought = loose(filters.search, _vocabulary(known))
    entries = _searched(filters, known, places, narrow, sought) if sought else []
    meant = [each.word for one in sought for each in one.meant] if entries else ()
    return Found(entries, places.steps, True, meant)


def _plain(filters: Filters, places: Standing, narrow: Collection[int] | None) -> list[Entry]:
    needs = [pk for pk in _needs(filters).order_by("name", "pk").values_list("pk", flat=True) if places.lists_need(pk)]
    covered = _covered(needs, filters, places)
    if narrow is not None:
        needs = [pk for pk in needs if not places.beside.get(pk, set()).isdisjoint(narrow)]
    rows = passing(filters).order_by("name", "pk").values_list("pk", flat=True) if not filters.need else []
    alone = [pk for pk in rows if pk not in covered and places.lists_touchpoint(pk)]
    return [*((NEED, pk) for pk in needs), *((TOUCHPOINT, pk) for pk in alone)]


def _searched(
    filters: Filters, known: Known, places: Standing, narrow: Collection[int] | None, sought: Sequence[Sought]
) -> list[Entry]:
    """Return the entries with all words; those of a loose search with some of them, however spelt."""
    rows = _rows(TOUCHPOINT, passing(filters), filters, sought, lambda word: _of_touchpoint(word, known))
    levels = {row.pk: row.levels for row in rows}
    needs = [row for row in _rows(NEED, _needs(filters), filters, sought, _of_need) if places.lists_need(row.pk)]
    covered = _covered([row.pk for row in needs], filters, places)
    found = []
    for row in needs:
        served = places.beside.get(row.pk, set())
        if narrow is None or not served.isdisjoint(narrow):
            found.append((row, _best(row.levels, [levels[pk] for pk in served if pk in levels])))
    if not filters.need:
        alone = (row for row in rows if row.pk not in covered and places.lists_touchpoint(row.pk))
        found += [(row, row.levels) for row in alone]
    return _in_order(found, is_loose=any(each.word.is_beginning for each in sought))


def _in_order(found: Iterable[tuple[Row, Levels]], *, is_loose: bool) -> list[Entry]:
    """Keep what matches, the best first; equals stay in the order of names that they came in."""
    kept = []
    for row, levels in found:
        missed = sum(levels)
        if missed < MISSED * len(levels) if is_loose else not missed:
            kept.append(((missed if is_loose else row.rank, row.kind, row.length), (row.kind, row.pk)))
    return [entry for _key, entry in sorted(kept, key=lambda each: each[0])]


def _best(own: Levels, others: Iterable[Levels]) -> Levels:
    return tuple(map(min, zip(own, *others, strict=True)))


def _rows(kind: int, rows: QuerySet[Any], filters: Filters, sought: Sequence[Sought], test: Any) -> list[Row]:
    """Ask for the rows by name with what is known of each word; touchpoints that have none are left out."""
    levels = {f"word_{at}": each.level(test) for at, each in enumerate(sought)}
    if kind == TOUCHPOINT:
        some = Q()
        for each in sought:
            for word in (each.word, *each.meant):
                some |= test(word)
        rows = rows.filter(some)
    told = ranked(rows, filters.search, name=name_in("search_text"), then=("name", "pk")).order_by("name", "pk")
    told = told.annotate(length=Length("name"), **levels).values_list("pk", "rank", "length", *levels)
    return [Row(kind, pk, rank, length, tuple(each)) for pk, rank, length, *each in told]


def _needs(filters: Filters) -> QuerySet[Finding]:
    needs: QuerySet[Finding] = Finding.objects.current().filter(kind=Finding.Kind.NEED)
    return needs.filter(pk=int(filters.need)) if abouts.is_id(filters.need) else needs


def _covered(listed: Iterable[int], filters: Filters, places: Standing) -> set[int]:
    """The touchpoints that a listed need stands beside."""
    return set() if filters.need else {pk for need in listed for pk in places.beside.get(need, ())}


def _of_touchpoint(word: Word, known: Known) -> Q:
    return word.of("search_text") | word.of("steward__user__search_text") | known.behind(word.holds)


def _of_need(word: Word) -> Q:
    return word.of("search_text")


def _vocabulary(known: Known) -> set[str]:
    """Every word of what touchpoints are called, of needs, departments, channels and leads, folded. One query."""
    names = [each.name for each in (*known.departments, *known.channels)]
    names += [lead for held in known.leads.values() for lead in held]
    called = Touchpoint.objects.current().annotate(called=name_in("search_text")).order_by().values_list("called")
    needs = _needs(Filters()).order_by().values_list("search_text")
    texts = [fold(" ".join(names)), *(text for (text,) in called.union(needs, all=True))]
    return set(re.findall(r"[^\W_]+", "\n".join(texts)))
