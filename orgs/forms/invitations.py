"""Cleans invitations: one address, a link, or a pasted list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import RoleFields, name_field
from orgs.services import places

LONGEST_LIST = 200_000


class WithPlace(RoleFields):
    place = name_field(
        _("Page to open"),
        most=600,
        required=False,
        help_text=_("The address of a page in this workspace. Leave it empty to open the first page."),
    )
    note = name_field(
        _("Why you ask"),
        most=300,
        required=False,
        help_text=_("One sentence the person reads, such as: Lea asks you about Phone hotline."),
    )

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slug = slug

    def clean_place(self) -> str:
        try:
            return places.within(self.cleaned_data["place"], self.slug)
        except places.BadPlace as problem:
            raise forms.ValidationError(str(problem)) from None


class InvitationForm(WithPlace):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = name_field(_("Name"), required=False)
    field_order = ["email", "name", "role", "department", "place", "note"]


class LinkForm(WithPlace):
    PEOPLE = [("one", _("One person")), ("many", _("Everybody who gets the link"))]

    people = forms.ChoiceField(label=_("Who may use it"), choices=PEOPLE, initial="one")
    days = forms.IntegerField(label=_("Works for days"), min_value=1, max_value=90, initial=14)
    field_order = ["people", "role", "department", "days", "place", "note"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        values["most_uses"] = 1 if values.pop("people", "one") == "one" else None
        return values


class ListForm(forms.Form):
    """A list of people as CSV, from a file or pasted."""

    file = forms.FileField(label=_("File"), required=False)
    text = forms.CharField(
        label=_("Or paste the list"),
        required=False,
        max_length=LONGEST_LIST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("First line: email,name,role,department. Then one line for each person."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        file = values.get("file")
        if file:
            values["text"] = self._read(file)
        if not self.errors and not (values.get("text") or "").strip():
            self.add_error("text", _("Choose a file, or paste the list."))
        return values

    def _read(self, file: Any) -> str:
        if file.size > LONGEST_LIST:
            self.add_error("file", _("This file is larger than 200 kB. Split it."))
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("This file is no UTF-8 text. Save it as CSV in UTF-8."))
            return ""
