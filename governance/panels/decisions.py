"""What people, or the sweep, did about the reviews of a map, in sentences: the last of it, or all of it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import ReviewStep
from governance.queries import due
from journeys.models import Map
from orgs.models import AuditEntry

PLANS = {
    "map.name_reviewers": gettext_lazy("%(who)s named who reviews it: %(names)s"),
    "map.delegate_review": gettext_lazy("%(who)s delegated the review due on %(due_on)s to %(to)s"),
    "map.hand_back_review": gettext_lazy("%(who)s ended the delegation to %(from)s"),
    "map.postpone_review": gettext_lazy("%(who)s postponed the review to %(next_on)s"),
    "map.skip_review": gettext_lazy("%(who)s skipped the review; the next one is due on %(next_on)s"),
    "map.call_review_early": gettext_lazy("%(who)s brought the review forward to %(next_on)s"),
    "map.decline_early_review": gettext_lazy("%(who)s declined an early review; it is due on %(next_on)s"),
    "map.plan_review": gettext_lazy("%(who)s planned the next review for %(next_on)s"),
    "map.align_review": gettext_lazy("%(who)s moved the next review to %(next_on)s, with others"),
    "map.close_review": gettext_lazy("%(who)s closed a review; the next one is due on %(next_on)s"),
}
DONE, AGAIN = gettext_lazy("%(who)s marked %(step)s as done"), gettext_lazy("%(who)s marked %(step)s as to do again")
WORDS = {
    **PLANS,
    "map.start_review": gettext_lazy("%(who)s began the review due on %(due_on)s"),
    "map.mark_review_step": DONE,
    "map.endorse": gettext_lazy("%(who)s endorsed version %(version)s"),
    "map.ask_for_changes": gettext_lazy("%(who)s asked for changes"),
    "map.name_second_endorser": gettext_lazy("%(who)s named the second endorser: %(second_endorser)s"),
    "map.publish": gettext_lazy("%(who)s published version %(number)s"),
    "map.share": gettext_lazy("%(who)s told people of version %(version)s"),
}
DAYS = ("due_on", "next_on")
SAID = ("note", "comment", "text")


def of(drawn: Map) -> QuerySet[AuditEntry]:
    """Return all that was done about the reviews of a map, the newest first."""
    return _entries(drawn, WORDS)


def planned(drawn: Map) -> QuerySet[AuditEntry]:
    """Return what was decided about when it is reviewed and by whom, the newest first."""
    return _entries(drawn, PLANS)


def line(entry: AuditEntry) -> dict[str, Any]:
    """Return an entry as a sentence, with what its person said."""
    told: dict[str, Any] = {**dict.fromkeys(("to", "from", "version", "number", *DAYS), "…"), **entry.after}
    told |= {name: due.day(date.fromisoformat(told[name])) for name in DAYS if told[name] != "…"}
    told |= {name: told.get(name) or _("nobody") for name in ("names", "second_endorser")}
    sentence = WORDS[entry.action]
    if entry.action == "map.mark_review_step":
        told["step"] = ReviewStep.Step(told["step"]).label
        sentence = DONE if told["is_done"] else AGAIN
    words = {**told, "who": str(entry.actor or _("CX Hub"))}
    note = next((str(entry.after[name]) for name in SAID if entry.after.get(name)), "")
    return {"at": entry.at, "sentence": str(sentence) % words, "note": note}


def _entries(drawn: Map, words: Any) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.filter(subject_type="map", subject_id=drawn.pk, action__in=list(words))
    return found.select_related("actor__user").order_by("-pk")
