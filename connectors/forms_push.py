"""Cleans what a person says about a system that sends into PushSettings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.forms_rows import ROW_SECTIONS, RowsForm, first_values
from connectors.systems.push.settings import TYPES, PushSettings

SIGNATURES = [("standard", _("Standard Webhooks")), ("hmac", _("HMAC-SHA256 in a header"))]
ENCODINGS = [("hex", _("hex")), ("base64", _("base64"))]
EXPECTED = [
    (0, _("no fixed time")),
    (15, _("every 15 minutes")),
    (60, _("every hour")),
    (1440, _("every day")),
    (10_080, _("every week")),
]
SECTIONS = [
    (
        "sender",
        _("The sender"),
        ("name", "expected_minutes", "signature", "secret", "header", "encoding", "prefix", "id_path"),
    ),
    ("rows", _("Where the rows are"), ("rows",)),
    *ROW_SECTIONS,
]


def secret_field(label: Any) -> forms.CharField:
    """Return a field that takes a secret and never shows one."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
        help_text=_("Leave this empty to get one, or enter the one that the sender made."),
    )


class PushForm(RowsForm):
    """One form field per field of PushSettings, under the same name; name, secret and interval come on top."""

    needed = frozenset({"name"})
    form_sections = SECTIONS

    name = forms.CharField(label=_("Name of this feed"), max_length=200)
    expected_minutes = forms.TypedChoiceField(
        label=_("A message comes at least"),
        choices=EXPECTED,
        coerce=int,
        empty_value=0,
        help_text=_("After twice that without one, its numbers are stale."),
    )
    signature = forms.ChoiceField(label=_("How messages are signed"), choices=SIGNATURES)
    secret = secret_field(_("Signing secret"))
    header = forms.CharField(label=_("Header with the signature"), max_length=100)
    encoding = forms.ChoiceField(label=_("The signature is written in"), choices=ENCODINGS)
    prefix = forms.CharField(
        label=_("What stands before it"), max_length=40, strip=False, help_text=_("Such as sha256= or nothing.")
    )
    id_path = forms.CharField(
        label=_("Path to the id of a message"),
        max_length=500,
        help_text=_("Without one, two messages with the same body count once."),
    )
    rows = forms.CharField(
        label=_("Path to the rows"),
        max_length=500,
        help_text=_("JMESPath, such as data.items; @ when the message is the list, or one row."),
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["name"], self.fields["secret"]

    @staticmethod
    def initial_of(settings: PushSettings, expected_minutes: int | None) -> dict[str, Any]:
        """Return the form's first values."""
        return first_values(settings) | {"expected_minutes": expected_minutes or 0}

    def settings(self) -> PushSettings:
        """Return the cleaned form as settings. Raises connectors.base.SetupProblem for values of the wrong kind."""
        data = self.plain_values()
        return PushSettings.from_json({name: data[name] for name in TYPES if data.get(name) not in ("", None)})


class SecretForm(forms.Form):
    """A new signing secret: made here, or by the sender."""

    secret = secret_field(_("New signing secret"))
