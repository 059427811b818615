"""Cleans what a person says about a JSON API into Settings. What makes settings wrong is decided by the kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.forms_rows import ROW_SECTIONS, RowsForm, first_values
from connectors.setting_up import INTERVALS, SECRET_STAYS
from connectors.systems.http_json.settings import TYPES, Settings

SIGN_IN = [
    ("none", _("Not at all")),
    ("bearer", _("With a bearer token")),
    ("basic", _("With user name and password")),
    ("header", _("With a key in a header")),
]
PAGING = [
    ("none", _("One page holds everything")),
    ("page", _("By the number of the page")),
    ("cursor", _("By a cursor in the answer")),
    ("link", _("By a Link header")),
]
SECTIONS = [
    (
        "address",
        _("The address"),
        ("name", "url", "method", "sign_in", "sign_in_name", "secret", "secret_expires_on", "body", "headers"),
    ),
    (
        "rows",
        _("Where the rows are"),
        ("rows", "paging", "page_parameter", "first_page", "size_parameter", "size", "cursor_path", "cursor_parameter"),
    ),
    *ROW_SECTIONS,
    (
        "when",
        _("When it is read"),
        ("interval", "replaces", "first_day", "since_parameter", "until_parameter", "late_days"),
    ),
]


class HttpJsonForm(RowsForm):
    """One form field per field of Settings, under the same name; name, secret and interval come on top."""

    needed = frozenset({"url", "name"})
    form_sections = SECTIONS

    name = forms.CharField(label=_("Name of this feed"), max_length=200)
    url = forms.CharField(
        label=_("Address"), max_length=4000, help_text=_("Such as https://api.example.com/v1/answers")
    )
    method = forms.ChoiceField(label=_("Method"), choices=[("GET", "GET"), ("POST", "POST")])
    body = forms.CharField(
        label=_("Body of a POST (JSON)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000
    )
    headers = forms.CharField(
        label=_("Further headers"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        help_text=_("One a line, like Accept-Language: en. No keys: those are the secret."),
    )
    sign_in = forms.ChoiceField(label=_("How to sign in"), choices=SIGN_IN)
    sign_in_name = forms.CharField(label=_("User name, or name of the header"), max_length=200)
    secret = forms.CharField(
        label=_("Secret"),
        max_length=4000,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
        help_text=_("Token, password or key. Kept encrypted and never shown again."),
    )
    secret_expires_on = forms.DateField(
        label=_("The secret expires on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("You get a mail 14 and 3 days before. Empty: the date that a token carries itself, if any."),
    )
    rows = forms.CharField(
        label=_("Path to the rows"),
        max_length=500,
        help_text=_("JMESPath, such as data.items; @ when the answer is the list."),
    )
    paging = forms.ChoiceField(label=_("How pages follow"), choices=PAGING)
    page_parameter = forms.CharField(label=_("Parameter of the page"), max_length=100)
    first_page = forms.IntegerField(label=_("First page"))
    size_parameter = forms.CharField(label=_("Parameter of the page size"), max_length=100)
    size = forms.IntegerField(label=_("Rows a page"))
    cursor_path = forms.CharField(label=_("Path to the next cursor"), max_length=500)
    cursor_parameter = forms.CharField(
        label=_("Parameter of the cursor"), max_length=100, help_text=_("Empty: the cursor is a whole address.")
    )
    since_parameter = forms.CharField(
        label=_("Parameter of the first day"), max_length=100, help_text=_("Empty: each run reads everything.")
    )
    until_parameter = forms.CharField(label=_("Parameter of the last day"), max_length=100)
    first_day = forms.CharField(label=_("First day to read"), max_length=10, help_text=_("Like 2026-01-31."))
    late_days = forms.IntegerField(label=_("Days to read again, since answers come late"))
    interval = forms.TypedChoiceField(label=_("Refresh"), choices=INTERVALS, coerce=int, empty_value=0)
    replaces = forms.ChoiceField(
        label=_("A run replaces"), choices=[("days", _("the days it contains")), ("feed", _("everything before"))]
    )

    def __init__(self, *args: Any, keeps_secret: bool = False, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if keeps_secret:
            self.fields["secret"].help_text = SECRET_STAYS
        if not is_new:
            del self.fields["name"], self.fields["interval"]

    @staticmethod
    def initial_of(settings: Settings) -> dict[str, Any]:
        """Return the form's first values."""
        return first_values(settings) | {"headers": "\n".join(settings.headers)}

    def settings(self) -> Settings:
        """Return the cleaned form as Settings. Raises connectors.base.SetupProblem for values of the wrong kind."""
        data = self.plain_values()
        data["headers"] = [line.strip() for line in data["headers"].splitlines() if line.strip()]
        return Settings.from_json({name: data[name] for name in TYPES if data.get(name) not in ("", None)})
