"""Says what is missing or wrong in the settings of a push feed, field by field."""

import re
from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from connectors.base import Problem
from connectors.rows.problems import path_problems
from connectors.rows.problems import problems as of_rows
from connectors.systems.push.settings import PushSettings

HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,99}", re.ASCII)
LONGEST_PREFIX = 40


def problems(settings: PushSettings) -> list[Problem]:
    """Return everything that keeps these settings from being used; nothing when they are fine."""
    signed = _of_hmac(settings) if settings.signature == "hmac" else iter(())
    return list(chain(signed, path_problems("id_path", settings.id_path), of_rows(settings)))


def _of_hmac(settings: PushSettings) -> Iterator[Problem]:
    if not HEADER_NAME.fullmatch(settings.header):
        yield Problem("header", _("Type the name of the header with the signature, like X-Hub-Signature-256."))
    if len(settings.prefix) > LONGEST_PREFIX or not settings.prefix.isascii() or not settings.prefix.isprintable():
        yield Problem("prefix", _("Use at most %(length)d plain characters.") % {"length": LONGEST_PREFIX})
