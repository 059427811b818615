"""The gallery: every component in every state, both themes, with awkward data. `/components/`, for signed-in people."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxhub.web import samples
from cxhub.web.marks import MARKS
from cxhub.web.samples import names
from cxhub.web.sorting import Column, headers


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As it should read on the map.", max_length=60)
    email = forms.EmailField(label="E-mail", required=False)
    department = forms.ChoiceField(choices=[("", "Choose"), ("1", "Service"), ("2", "Marketing")])
    note = forms.CharField(widget=forms.Textarea, required=False, help_text="One sentence is enough.")
    file = forms.FileField(help_text="CSV or CSV.gz, up to 64 MB.")
    rows = forms.ChoiceField(
        label="What is one row of the file?",
        choices=[("raw", "One answer"), ("ready", "A ready value")],
        widget=forms.RadioSelect,
        initial="raw",
    )
    is_official = forms.BooleanField(label="Show as the official source", required=False, help_text="One per KPI.")

    row_descriptions = {
        "raw": "Each row is what one person answered. CX Hub counts, weights and judges it.",
        "ready": "Each row is a figure that somebody worked out already. It is shown as it came.",
    }


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery."""
    return render(request, "gallery.html", context(request))


def context(request: HttpRequest) -> dict[str, object]:
    """Return the samples, all states included."""
    columns = [Column("Touchpoint", "name"), Column("Department", "department"), Column("Status")]
    columns += [Column("Value", "value", is_number=True), Column("Answers", is_number=True)]
    return samples.everything() | {
        "statuses": list(MARKS),
        "descriptions": SampleForm.row_descriptions,
        "headers": headers(request, columns, sort="-value"),
        "themes": [_theme("light"), _theme("dark")],
    }


def _theme(slug: str) -> dict[str, object]:
    """Return a theme with forms of its own: the same id twice on a page would mislead screen readers."""
    return {
        "slug": slug,
        "name": slug.capitalize(),
        "form": SampleForm(prefix=f"good-{slug}", initial={"name": names.ARABIC}),
        "bad_form": SampleForm({f"bad-{slug}-email": "not an address"}, prefix=f"bad-{slug}"),
    }
