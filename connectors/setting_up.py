"""The form that sets up a connection of any kind: what all share. A kind's forms.py adds a field for each setting."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.base import Problem

INTERVALS = [(0, _("only by hand")), (15, _("every 15 minutes")), (60, _("every hour")), (1440, _("every day"))]
SECRET_STAYS = _("A secret is kept. Leave this empty to keep it. Another scheme, host or port needs a new one.")


class SetUpForm(forms.Form):
    """Name and interval come on top; fields that are no SecretField are the settings, under the same names."""

    of_feed: ClassVar[tuple[str, ...]] = ("name", "interval")
    of_secrets: ClassVar[str] = "secret_expires_on"

    name = forms.CharField(label=_("Name of this feed"), max_length=200)
    interval = forms.TypedChoiceField(label=_("Refresh"), choices=INTERVALS, coerce=int, required=False)

    secret_expires_on = forms.DateField(
        label=_("The secret expires on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("You get a mail 14 and 3 days before. Empty: the date that a token carries itself, if any."),
    )

    def __init__(self, *args: Any, is_new: bool = True, keeps_secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            for name in self.of_feed:
                del self.fields[name]
        self._end_with_expiry()
        if keeps_secret:
            for name in self._secret_names():
                self.fields[name].help_text = SECRET_STAYS

    @classmethod
    def initial_of(cls, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Return the form's first values."""
        return {name: settings[name] for name in cls.base_fields if name in settings}

    def settings(self) -> dict[str, Any]:
        """Return the settings as plain values."""
        apart = {*self.of_feed, self.of_secrets, *self._secret_names()}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    def expires_on(self) -> date | None:
        """Return the day the secret ends, where one was typed."""
        day: date | None = self.cleaned_data.get(self.of_secrets)
        return day

    def secrets(self) -> dict[str, str]:
        """Return the secrets that were typed."""
        typed = {name: self.cleaned_data.get(name) for name in self._secret_names()}
        return {name: text for name, text in typed.items() if text}

    def show(self, problems: Sequence[Problem]) -> None:
        """Put each sentence beside the field it is about."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)

    def _end_with_expiry(self) -> None:
        """Ask for the day only where there is a secret, and after it."""
        field = self.fields.pop(self.of_secrets)
        if self._secret_names():
            self.fields[self.of_secrets] = field

    def _secret_names(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, SecretField)]


class SecretField(forms.CharField):
    """A token, password or key: typed, kept encrypted, never shown again."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False)
        help_text = _("Token, password or key. Kept encrypted and never shown again.")
        how = {"widget": widget, "help_text": help_text, "max_length": 4000, "required": False}
        super().__init__(**{**how, **kwargs})
