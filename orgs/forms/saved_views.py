"""Cleans what people type about saved views."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=100)
    is_shared = forms.BooleanField(
        label=_("Share with everybody"), required=False, help_text=_("Everybody in this workspace can open it.")
    )
    is_default = forms.BooleanField(
        label=_("Open the list with it"), required=False, help_text=_("For you alone, whenever no filter is chosen.")
    )

    def __init__(self, *args: object, may_share: bool, may_open: bool = True, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not may_share:
            del self.fields["is_shared"]
        if not may_open:
            del self.fields["is_default"]
