"""Cleans what a person says about the own account, and what somebody new enters to join."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import name_field, zone_field
from orgs.models import User


def languages() -> list[tuple[str, Any]]:
    """The languages the product speaks: those in the settings, and no other."""
    return [("", _("As the browser asks")), *settings.LANGUAGES]


class ProfileForm(forms.Form):
    name = name_field(_("Name"))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=languages,
        required=False,
        help_text=_("Text, numbers and dates follow it. A language is offered once all of CX Hub is translated."),
    )
    zone = zone_field(
        _("Your time zone"),
        required=False,
        help_text=_(
            "For your quiet hours and reminders. Times on pages are those of the workspace, so that all see the same."
        ),
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=User.Theme.choices, widget=forms.RadioSelect)
    has_shortcuts = forms.BooleanField(
        label=_("Shortcuts with single keys"),
        required=False,
        help_text=_("Such as / to search and g h for Home; ? lists them. Off: a key alone sets nothing off."),
    )


class NewPersonForm(forms.Form):
    """Somebody new: name and password; the address too where the invitation is bound to none."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    name = name_field(_("Your name"))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. No word that many people use."),
    )

    def __init__(self, *args: Any, bound_to: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bound_to = bound_to
        if bound_to:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["email"] = self.bound_to or values.get("email", "")
        if values.get("password"):
            person = User(email=values["email"], name=values.get("name", ""))
            try:
                get_adapter().clean_password(values["password"], person)
            except forms.ValidationError as problem:
                self.add_error("password", problem)
        return values


class AddressForm(forms.Form):
    """The address that a personal invitation goes to."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
