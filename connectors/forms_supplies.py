"""Cleans what a person says about files that come by themselves: the watched folder or the address, and how often."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.base import Problem
from connectors.forms_http import INTERVALS, SECRET_STAYS, SIGN_IN
from connectors.queries.supplies import Address, Folder

HOURLY = 60


class FolderForm(forms.Form):
    folder = forms.ChoiceField(
        label=_("Folder"),
        required=False,
        error_messages={"invalid_choice": _("This folder is not there. Choose one of those listed.")},
    )
    pattern = forms.CharField(
        label=_("Names of the files"),
        max_length=200,
        initial="*.csv",
        help_text=_("* stands for any letters and ? for one, as in answers-2026-??.csv. Capitals do not matter."),
        error_messages={"required": _("Type a pattern such as *.csv.")},
    )

    def __init__(self, *args: Any, there: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"].choices = [(name, name or _("Your workspace's own folder")) for name in there]

    def settings(self) -> Folder:
        return Folder(self.cleaned_data["folder"], self.cleaned_data["pattern"].strip())

    def show(self, problems: Sequence[Problem]) -> None:
        """Put each sentence beside the field it is about."""
        _show(self, problems)


class AddressForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the file"),
        max_length=4000,
        help_text=_("Such as https://example.com/export/answers.csv"),
        error_messages={"required": _("Type the address of the file.")},
    )
    sign_in = forms.ChoiceField(label=_("How to sign in"), choices=SIGN_IN)
    sign_in_name = forms.CharField(label=_("User name, or name of the header"), max_length=200, required=False)
    secret = forms.CharField(
        label=_("Secret"),
        max_length=4000,
        strip=True,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
        help_text=_("Token, password or key. Kept encrypted and never shown again."),
    )

    def __init__(self, *args: Any, keeps_secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if keeps_secret:
            self.fields["secret"].help_text = SECRET_STAYS

    def settings(self) -> Address:
        cleaned = self.cleaned_data
        return Address(cleaned["url"].strip(), cleaned["sign_in"], cleaned["sign_in_name"].strip())

    def show(self, problems: Sequence[Problem]) -> None:
        """Put each sentence beside the field it is about."""
        _show(self, problems)


class IntervalForm(forms.Form):
    interval = forms.TypedChoiceField(
        label=_("Look for new files"), choices=INTERVALS, coerce=int, empty_value=0, initial=HOURLY
    )


def _show(form: forms.Form, problems: Sequence[Problem]) -> None:
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
