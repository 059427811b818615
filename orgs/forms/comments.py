"""Cleans what people write in comments, and to whom they give a task."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 5000
DIGITS = 12


class CommentForm(forms.Form):
    """A new comment, a reply, or the own text again. `picked` holds ids from the list after @."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("This is too long. Keep it under %(limit_value)d characters."),
        },
    )
    is_private = forms.BooleanField(label=_("To the owner only"), required=False)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: str = "", people_url: str = "", owned: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"data-draft": draft, "data-mention": people_url, "dir": "auto"}
        if not owned:
            del self.fields["is_private"]

    @property
    def picked(self) -> list[int]:
        sent = self.data.getlist("picked") if hasattr(self.data, "getlist") else []
        return [int(each) for each in sent[:100] if each.isascii() and each.isdigit() and len(each) <= DIGITS]

    @property
    def words(self) -> dict[str, Any]:
        """What the services ask for."""
        private = {"is_private": self.cleaned_data["is_private"]} if "is_private" in self.fields else {}
        return {"text": self.cleaned_data["text"], "picked": self.picked, **private}


class AssignmentForm(forms.Form):
    assignee = forms.ModelChoiceField(None, label=_("Who does it"), required=False, empty_label=_("Nobody"))
    due_on = forms.DateField(label=_("Due on"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, members: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = members
