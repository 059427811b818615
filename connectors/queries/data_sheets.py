"""The data sheet of a kind as its page shows it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from connectors import registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def sections(kind: str) -> "list[tuple[str, Sequence[StrOrPromise]]] | None":
    """Return each question of a security review with its answers; None for a kind that does not exist."""
    sheet = registry.data_sheet(kind)
    if sheet is None:
        return None
    return [
        (_("Least rights it needs"), sheet.rights),
        (_("Hosts it talks to"), sheet.hosts),
        (_("Fields it reads"), sheet.fields_read),
        (_("Personal data"), sheet.personal_data),
        (_("What is stored, and how long"), sheet.stored),
        (_("How keys are kept"), sheet.secrets),
        (_("What the operator can allow and limit"), sheet.operator),
    ]
