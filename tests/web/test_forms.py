"""Fields: the label, the help and the error belong to the control, for eyes and for screen readers."""

from django import forms
from django.template.loader import render_to_string

from cxhub.web.samples.names import HOSTILE


class UploadForm(forms.Form):
    name = forms.CharField(help_text="As people say it.")
    note = forms.CharField(required=False)
    rows = forms.ChoiceField(choices=[("raw", "One answer"), ("ready", HOSTILE)], widget=forms.RadioSelect)
    file = forms.FileField()


def field(form, name, **context):
    return render_to_string("components/field.html", {"field": form[name], **context})


def test_help_and_error_are_read_with_the_control():
    html = field(UploadForm({}), "name")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "This field is required." in html
    assert 'aria-invalid="true"' in html


def test_a_field_that_may_stay_empty_says_so():
    assert "(optional)" in field(UploadForm(), "note")
    assert "(optional)" not in field(UploadForm(), "name")


def test_choices_are_cards_in_a_group_with_a_legend():
    html = field(UploadForm(), "rows", kind="choices", descriptions={"raw": "Each row is one person's answer."})
    assert "<legend>Rows" in html
    assert html.count('type="radio"') == 2
    assert "Each row is one person&#x27;s answer." in html
    assert "<b>" not in html


def test_a_file_field_still_works_without_javascript():
    html = field(UploadForm(), "file", kind="file")
    assert 'type="file"' in html
    assert "data-drop" in html


def test_the_summary_links_to_each_wrong_field():
    html = render_to_string("components/form_errors.html", {"form": UploadForm({})})
    assert 'role="alert"' in html
    assert 'href="#id_name"' in html
    assert 'href="#id_rows"' in html
    assert 'id="id_rows"' in field(UploadForm({}), "rows", kind="choices")


def test_a_fine_form_has_no_summary():
    assert render_to_string("components/form_errors.html", {"form": UploadForm()}).strip() == ""
