"""The sponsor of a map asks for a review, in a sentence (services.early.ask)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from governance.registry import Trigger


def sentence(words: Mapping[str, Any]) -> str:
    return _("%(who)s, who sponsors it, asks for it: “%(text)s”") % words


TRIGGER = Trigger("sponsor", sentence)
