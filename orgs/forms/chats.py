"""Cleans what an administrator says about a chat."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import name_field
from orgs.models import Chat
from orgs.queries import chats


class ChatForm(forms.Form):
    """`is_known`: it has an address already, which stays if none is entered."""

    name = name_field(_("Name"), most=100, help_text=_("What you call it here, such as “#service in Slack”."))
    service = forms.ChoiceField(label=_("Service"), choices=Chat.Service.choices, widget=forms.RadioSelect)
    url = forms.CharField(
        label=_("Webhook address"),
        max_length=2000,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Slack: Incoming Webhooks. Teams: Workflows, “Send webhook alerts to a channel”. It is never shown again."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What goes there"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind.slug, kind.in_chats) for kind in chats.kinds()]  # type: ignore[attr-defined]
        if is_known:
            del self.fields["service"]
            self.fields["url"].required = False
            self.fields["url"].label = _("New webhook address")
            self.fields["url"].help_text = _("Leave it empty to keep the one there is, which is never shown.")
