"""Telling people of a version: what is said of it beforehand, whom it could be told, and who has read it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.panels import changes, sign_off
from governance.queries import audiences, reviewers, sharing
from governance.queries.audiences import Audience, Group
from governance.queries.sharing import Reader
from governance.services.sharing import LONGEST
from journeys.models import Map, MapVersion
from journeys.queries import comparisons

NAMED = 12  # of the changes in a note; the comparison has the rest


def note(drawn: Map, version: MapVersion) -> str:
    """Return what a note on a version begins with: how it differs from the one that people were told of before it."""
    before = sharing.shared_before(version)
    if before is None:
        return _("Version %(n)d of “%(map)s” is the first one.") % {"n": version.number, "map": drawn.title}
    found = changes.lines(comparisons.compare(before.document, version.document))
    words = ngettext("%(count)d change since version %(n)d:", "%(count)d changes since version %(n)d:", len(found))
    said = [words % {"count": len(found), "n": before.number}, *(f"- {line}"[:160] for line in found[:NAMED])]
    if more := len(found) - NAMED:
        said += [ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more}] if more > 0 else []
    return "\n".join(said)[:LONGEST]


def form(drawn: Map, version: MapVersion, found: Audience, typed: Any) -> dict[str, Any]:
    """Return the form: its text, and what can be ticked, ticked as it was sent (`typed`) or by need."""
    told = {each.member.pk for each in sharing.readers(version)}
    is_new = typed is None
    ticked = {name: set(typed.getlist(name)) if typed else set() for name in ("group", "person")}
    return {
        "text": note(drawn, version) if is_new else typed.get("text", ""),
        "keepers": {"count": len(found.keepers), "is_ticked": is_new or "keepers" in typed},
        "everybody": {"count": len(found.members), "is_ticked": not is_new and "everybody" in typed},
        "groups": [
            {"group": each, "detail": _detail(each), "is_ticked": is_new or str(each.pk) in ticked["group"]}
            for each in found.groups
        ],
        "people": [
            {
                "member": member,
                "detail": _known(found.whys.get(pk, {}), pk in told),
                "is_told": pk in told,
                "is_ticked": str(pk) in ticked["person"],
            }
            for pk, member in sorted(found.members.items(), key=lambda each: each[0] not in found.whys)
        ],
    }


def _detail(group: Group) -> str:
    owns = ngettext("owns %(n)d touchpoint", "owns %(n)d touchpoints", group.touchpoints) % {"n": group.touchpoints}
    count = len(group.members)
    return f"{owns} · " + ngettext("%(n)d person", "%(n)d people", count) % {"n": count}


def _known(why: dict[str, Any], is_told: bool) -> str:
    return ", ".join([*audiences.reasons(why), *([_("told already")] if is_told else [])])


def page(request: HttpRequest, version: MapVersion, drawn: Any) -> dict[str, Any]:
    """Return how a version of a map was received: what was said, who has read it, and what the reader may do."""
    member = request.member  # type: ignore[attr-defined]
    rows, own = sharing.readers(version), sharing.own(version, member)
    may_run = reviewers.may_run(member, drawn)
    before = sharing.shared_before(version)
    return {
        "version": version,
        "notes": version.change_notes.select_related("by__user"),
        "readers": [_reader(request, each) for each in rows],
        "read": read(rows),
        "own": own,
        "why": audiences.to_reader(own.why) if own else [],
        "has_read": sharing.has_read(version, member),
        "may_share": may_run,
        "may_remind": may_run and any(each.read_at is None and not each.is_reminded for each in rows),
        "changed_url": sign_off.comparison(request, version.map, before.number, version.number) if before else "",
    }


def read(rows: Any) -> str:
    """Say how many have read it."""
    if not rows:
        return ""
    return _("Read by %(read)d of %(told)d") % {"read": sum(bool(each.read_at) for each in rows), "told": len(rows)}


def of_review(request: HttpRequest, drawn: Map) -> dict[str, Any]:
    """Return what the share step of a review says."""
    version, newest = sharing.last_shared(drawn.pk), MapVersion.objects.filter(map=drawn).defer("document").first()
    args = [request.workspace.slug, drawn.pk]  # type: ignore[attr-defined]
    shared = None
    if version:
        url = reverse("version_readers", args=[args[0], version.pk])
        shared = {"number": version.number, "read": read(sharing.readers(version)), "url": url}
    return {"shared": shared, "newest": newest, "url": reverse("map_sharing", args=args)}


def _reader(request: HttpRequest, each: Reader) -> dict[str, Any]:
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    return {
        "name": str(each.member),
        "why": ", ".join(audiences.reasons(each.why)),
        "read_on": date_format(each.read_at.astimezone(zone), "j M Y, H:i") if each.read_at else "",
        "is_reminded": each.is_reminded,
    }
