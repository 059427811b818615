"""Finds whom a text names with @: current members, by their whole name."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower, StrIndex
from django.utils.translation import gettext as _

from orgs.models import Member


class MentionError(Exception):
    """Whom the text means is not clear; str() is the sentence for the person."""


def find(text: str, *, picked: Iterable[int] = ()) -> list[Member]:
    """Return the members that the text names as "@Their Name". `picked` are ids of those chosen from the list.

    Raises MentionError when two people have a name and none was chosen, or when a chosen one has left.
    """
    chosen = set(picked)
    if "@" not in text:
        return []
    named = Concat(Value("@"), Lower("user__name"))
    here = Member.objects.current().annotate(at=StrIndex(Lower(Value(text)), named)).select_related("user")
    candidates = list(here.filter(Q(at__gt=0) | Q(pk__in=chosen)).exclude(user__name="").prefetch_related("roles"))
    if chosen - {member.pk for member in candidates}:
        raise MentionError(_("Somebody you mention is no longer in this workspace. Take the mention out."))
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in candidates:
        by_name[member.user.name.lower()].append(member)
    return [member for name in _names_in(text, by_name) for member in _meant(by_name[name], chosen)]


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds "@name" for these names, longer names before those they begin with."""
    longest_first = sorted({re.escape(name) for name in names}, key=len, reverse=True)
    return re.compile(rf"(?<![\w@])@({'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def _names_in(text: str, known: dict[str, list[Member]]) -> list[str]:
    if not known:
        return []
    found = (match.group(1).lower() for match in pattern(known).finditer(text))
    return [name for name in dict.fromkeys(found) if name in known]


def _meant(namesakes: list[Member], chosen: set[int]) -> list[Member]:
    if len(namesakes) == 1:
        return namesakes
    meant = [member for member in namesakes if member.pk in chosen]
    if not meant:
        name = namesakes[0].user.name
        raise MentionError(
            _("%(name)s is the name of several people. Choose one from the list after @.") % {"name": name}
        )
    return meant
