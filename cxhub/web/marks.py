"""Status marks: every state has its own shape and its own word, so that colour is never alone.

Drawn on a 16 px grid. `mark-cut` is the part knocked out of a filled shape.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Mark:
    """The word a state is called by, and its shape."""

    word: str | Promise
    shape: str


def _filled(outline: str, cut: str) -> str:
    return f'<path class="mark-fill" d="{outline}"/><path class="mark-cut" d="{cut}"/>'


def _drawn(*paths: str) -> str:
    return "".join(f'<path d="{path}"/>' for path in paths)


_CIRCLE = "M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5"
_PERSON = "M6.2 7.2a2.6 2.6 0 1 0 0-5.2a2.6 2.6 0 1 0 0 5.2M1.6 14c0-2.6 1.9-4.2 4.6-4.2s4.6 1.6 4.6 4.2"
_EXCLAIM = "M8 5v3.6M8 11.1v.01"

MARKS = {
    "on_target": Mark(_("On target"), _filled(_CIRCLE, "M5.2 8.2l2 2 3.7-4")),
    "watch": Mark(_("Watch"), _filled("M8 2.2 14.2 13.3H1.8Z", "M8 6.1v3.3M8 11.5v.01")),
    "off_target": Mark(_("Off target"), _filled("M8 1 15 8 8 15 1 8Z", _EXCLAIM)),
    "no_target": Mark(_("No target"), _drawn("M8 2.75a5.25 5.25 0 1 0 0 10.5a5.25 5.25 0 1 0 0-10.5")),
    "no_data": Mark(_("No data"), _drawn("M3 8h10")),
    "too_few": Mark(
        _("Too few answers"),
        '<path class="mark-fill" d="M8 2a6 6 0 0 0 0 12Z"/>' + _drawn("M8 2.75a5.25 5.25 0 0 1 0 10.5"),
    ),
    "unmeasured": Mark(
        _("Not enough measured"),
        _drawn(
            "M8 2.75a5.25 5.25 0 0 1 5.25 5.25", "M12 11.4a5.25 5.25 0 0 1-2.3 1.6", "M5.4 12.6a5.25 5.25 0 0 1-2-2.1"
        ),
    ),
    "provisional": Mark(_("Provisional"), _drawn("M4 2h8M4 14h8M5 2v2.2L11 11.8V14M11 2v2.2L5 11.8V14")),
    "stale": Mark(_("Stale"), _drawn("M8 2.25a5.75 5.75 0 1 0 0 11.5a5.75 5.75 0 1 0 0-11.5", "M8 5v3.2l2.2 1.3")),
    "historical": Mark(_("Historical"), _drawn("M2 3h12v3H2ZM3.2 6v7.2h9.6V6M6.3 9h3.4")),
    "failed": Mark(
        _("Failed"),
        '<path class="mark-fill" d="M3.4 5.4h9.2v2a4.6 4.6 0 0 1-9.2 0Z"/>' + _drawn("M6 1.8v3M10 1.8v3M8 12v2.4"),
    ),
    "running": Mark(_("Running"), '<path class="mark-spin" d="M8 2.25A5.75 5.75 0 1 1 2.25 8"/>'),
    "queued": Mark(_("Queued"), _drawn("M3.5 8v.01M8 8v.01M12.5 8v.01")),
    "done": Mark(_("Done"), _drawn("M2.8 8.6l3.4 3.4 7-7.6")),
    "unchanged": Mark(_("Nothing new"), _drawn("M3 6h10M3 10h10")),
    "cancelled": Mark(_("Cancelled"), _drawn("M8 2.25a5.75 5.75 0 1 0 0 11.5a5.75 5.75 0 1 0 0-11.5", "M4 4l8 8")),
    "paused": Mark(_("Paused"), _drawn("M5.5 3v10M10.5 3v10")),
    "quarantined": Mark(_("Set aside"), _drawn("M2.5 3.5h11v9h-11Z", "M5.5 8h5")),
    "certified": Mark(
        _("Certified"),
        _drawn("M8 1.8l4.8 1.8v4c0 3-2 5.2-4.8 6.6-2.8-1.4-4.8-3.6-4.8-6.6v-4Z", "M5.7 7.8l1.7 1.7 3-3.4"),
    ),
    "unconfirmed": Mark(_("Unconfirmed"), _drawn("M8 1.8l4.8 1.8v4c0 3-2 5.2-4.8 6.6-2.8-1.4-4.8-3.6-4.8-6.6v-4Z")),
    "disputed": Mark(_("Disputed"), _drawn("M2 2.8h12v8H8.4L5 13.6v-2.8H2Z", "M8 4.9v2.3M8 8.9v.01")),
    "official": Mark(_("Official"), _drawn("M8 1.8l1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6Z")),
    "unofficial": Mark(
        _("Not official"), _drawn("M8 2.25a5.75 5.75 0 1 0 0 11.5a5.75 5.75 0 1 0 0-11.5", "M4 12 12 4")
    ),
    "offered": Mark(_("Offered"), _drawn("M14 2 7.2 8.8M14 2 9.6 14.2 7.2 8.8 1.8 6.4Z")),
    "accepted": Mark(
        _("Accepted"),
        _drawn(_PERSON + "M10.4 6.2l1.6 1.6 2.6-3"),
    ),
    "unowned": Mark(
        _("No owner"),
        _drawn(_PERSON + "M11.2 4.2l3.2 3.2M14.4 4.2l-3.2 3.2"),
    ),
}
