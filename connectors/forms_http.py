"""Cleans what a person says about a JSON API into Settings. What makes settings wrong is decided by the kind."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.base import Problem
from connectors.forms import ANSWER_MEASURES, GRAINS
from connectors.systems.http_json.settings import TYPES, Settings
from insights.measures.registry import MEASURES

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
INTERVALS = [(0, _("only by hand")), (15, _("every 15 minutes")), (60, _("every hour")), (1440, _("every day"))]
SECTIONS = [
    ("address", _("The address"), ("name", "url", "method", "sign_in", "sign_in_name", "secret", "body", "headers")),
    (
        "rows",
        _("Where the rows are"),
        ("rows", "paging", "page_parameter", "first_page", "size_parameter", "size", "cursor_path", "cursor_parameter"),
    ),
    (
        "about",
        _("What a row is about"),
        (
            "row_is",
            "date_path",
            "touchpoint_path",
            "touchpoint",
            "channel_path",
            "channel",
            "department_path",
            "department",
        ),
    ),
    ("answer", _("The score"), ("score_path", "scale_low", "scale_high", "holds_everybody_asked", "measures")),
    ("ready", _("The ready value"), ("value_path", "ready_measure", "grain", "answered_path", "asked_path")),
    (
        "when",
        _("When it is read"),
        ("interval", "replaces", "first_day", "since_parameter", "until_parameter", "late_days"),
    ),
]
SECRET_STAYS = _("A secret is kept. Leave this empty to keep it. Another scheme, host or port needs a new one.")


class HttpJsonForm(forms.Form):
    """One form field per field of Settings, under the same name; name, secret and interval come on top."""

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
    row_is = forms.ChoiceField(
        label=_("What is a row?"), choices=[("answer", _("One answer of one customer")), ("ready", _("A ready value"))]
    )
    touchpoint_path = forms.CharField(label=_("Path to the touchpoint"), max_length=500)
    touchpoint = forms.CharField(label=_("or one touchpoint for all rows"), max_length=200)
    channel_path = forms.CharField(label=_("Path to the channel"), max_length=500)
    channel = forms.CharField(label=_("or one channel for all rows"), max_length=100)
    department_path = forms.CharField(label=_("Path to the department"), max_length=500)
    department = forms.CharField(label=_("or one department for all rows"), max_length=200)
    date_path = forms.CharField(label=_("Path to the date"), max_length=500)
    score_path = forms.CharField(label=_("Path to the score"), max_length=500)
    scale_low = forms.IntegerField(label=_("Lowest score"))
    scale_high = forms.IntegerField(label=_("Highest score"))
    measures = forms.MultipleChoiceField(
        label=_("KPIs to make from the score"), choices=ANSWER_MEASURES, widget=forms.CheckboxSelectMultiple
    )
    holds_everybody_asked = forms.BooleanField(label=_("The rows hold everybody who was asked"))
    value_path = forms.CharField(label=_("Path to the value"), max_length=500)
    ready_measure = forms.ChoiceField(label=_("What the value is"))
    grain = forms.ChoiceField(label=_("Each value is about"), choices=GRAINS)
    answered_path = forms.CharField(label=_("Path to the number who answered"), max_length=500)
    asked_path = forms.CharField(label=_("Path to the number who were asked"), max_length=500)

    def __init__(self, *args: Any, keeps_secret: bool = False, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ready_measure"].choices = [("", _("Choose")), *((slug, m.name) for slug, m in MEASURES.items())]
        for name, field in self.fields.items():
            field.required = name in {"url", "name"}
        if keeps_secret:
            self.fields["secret"].help_text = SECRET_STAYS
        if not is_new:
            del self.fields["name"], self.fields["interval"]

    def sections(self) -> Iterator[tuple[str, Any, list[forms.BoundField]]]:
        """Yield the key of each section, its heading and its fields."""
        for key, title, names in SECTIONS:
            yield key, title, [self[name] for name in names if name in self.fields]

    @staticmethod
    def initial_of(settings: Settings) -> dict[str, Any]:
        """Return the form's first values."""
        ready = settings.measures[0] if not settings.holds_answers and settings.measures else ""
        return settings.to_json() | {"headers": "\n".join(settings.headers), "ready_measure": ready}

    def settings(self) -> Settings:
        """Return the cleaned form as Settings. Raises connectors.base.SetupProblem for values of the wrong kind."""
        data = dict(self.cleaned_data)
        data["headers"] = [line.strip() for line in data["headers"].splitlines() if line.strip()]
        if data["row_is"] == "ready":
            data["measures"] = [data["ready_measure"]] if data["ready_measure"] else []
        return Settings.from_json({name: data[name] for name in TYPES if data.get(name) not in ("", None)})

    def show(self, problems: Sequence[Problem]) -> None:
        """Put each sentence beside the field it is about."""
        for problem in problems:
            is_ready = problem.field == "measures" and self.cleaned_data.get("row_is") == "ready"
            field = "ready_measure" if is_ready else problem.field
            self.add_error(field if field in self.fields else None, problem.sentence)
