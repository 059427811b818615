"""Cleans what a person says about a file into a Mapping. What makes a mapping wrong is decided by its connector."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.base import Problem, SetupProblem
from connectors.forms_parts import SameAsField, TotalsField
from connectors.models import Feed
from connectors.queries.calendars import calendar_here
from connectors.queries.previews import totals_in
from connectors.systems.file import totals
from connectors.systems.file.mapping import COLUMN_FIELDS, ENCODINGS, Mapping
from insights.measures.registry import EVERY, MEASURES
from journeys.models import LifecyclePhase

ANSWER_MEASURES = [(measure.slug, measure.name) for measure in EVERY if measure.needs_scale]
DATE_FORMATS = [("iso", _("2026-05-31")), ("dmy", _("31/05/2026, day first")), ("mdy", _("05/31/2026, month first"))]
FORMATS = [
    ("csv", _("Text: CSV, TSV and the like")),
    ("xlsx", _("Excel workbook (.xlsx)")),
    ("jsonl", _("JSON lines: one object a line")),
]
DELIMITERS = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar"))]
GRAINS = [
    ("day", _("a day")),
    ("week", _("a week")),
    ("month", _("a month")),
    ("quarter", _("a quarter")),
    ("year", _("a year")),
]
BLANKS = [
    ("no_answer", _("Asked, but not answered")),
    ("not_asked", _("Not asked")),
    ("reject", _("A mistake: reject the row")),
]
CODES_SEPARATOR = ","
USUAL_PHASE = 4  # "Use", of the seven a workspace begins with


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, TSV, Excel (.xlsx) or JSON lines, plain or packed with gzip. The first row names the columns."
        ),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty. Choose another.")},
    )


class MappingForm(forms.Form):
    """One form field per field of Mapping, under the same name; the feed's name comes on top."""

    row_descriptions = {
        "answer": _("A survey answer, a rating, a visit with its score."),
        "ready": _("A number that was worked out before: a monthly NPS, a median wait."),
    }
    reading_fields = {"format", "sheet", "delimiter", "encoding", "has_header", "decimal_comma"}
    total_fields = {"total_column", "total", "totals", "totals_file", "totals_periods", "totals_figures"}
    not_of_mapping = {"feed", "feed_name", "totals_file", "totals_periods", "totals_figures", "ready_measure"}

    feed_name = forms.CharField(label=_("Name of this feed"), max_length=200)
    feed = forms.ModelChoiceField(label=_("Feed"), queryset=None, required=False, empty_label=_("A new feed"))
    row_is = forms.ChoiceField(
        label=_("What is a row?"),
        choices=[("answer", _("One answer of one customer")), ("ready", _("A ready value"))],
        widget=forms.RadioSelect,
    )
    touchpoint_column = forms.ChoiceField(label=_("Touchpoint"))
    touchpoint = forms.CharField(label=_("or one touchpoint for all rows"), max_length=200)
    date_column = forms.ChoiceField(label=_("Date"))
    date_format = forms.ChoiceField(label=_("Dates look like"), choices=DATE_FORMATS)
    date = forms.CharField(label=_("or one date for all rows"), max_length=10)
    channel_column = forms.ChoiceField(label=_("Channel"))
    channel = forms.CharField(label=_("or one channel for all rows"), max_length=100)
    department_column = forms.ChoiceField(label=_("Department"))
    department = forms.CharField(label=_("or one department for all rows"), max_length=200)
    stage_column = forms.ChoiceField(label=_("Stage of the journey"))
    stage = forms.CharField(label=_("or one stage for all rows"), max_length=200)
    map_title = forms.CharField(
        label=_("Title of the map"), max_length=200, help_text=_("The stages become a journey map of this title.")
    )
    phase_id = forms.TypedChoiceField(label=_("Lifecycle phase of the stages"), coerce=int, empty_value=None)
    score_column = forms.ChoiceField(label=_("Score"))
    scale_low = forms.IntegerField(label=_("Lowest score"), widget=forms.NumberInput)
    scale_high = forms.IntegerField(label=_("Highest score"), widget=forms.NumberInput)
    measures = forms.MultipleChoiceField(
        label=_("KPIs to make from the score"), choices=ANSWER_MEASURES, widget=forms.CheckboxSelectMultiple
    )
    weight_column = forms.ChoiceField(label=_("Weight"))
    blank = forms.ChoiceField(label=_("A blank score means"), choices=BLANKS)
    blank_year_is_not_asked = forms.BooleanField(
        label=_("A year in which every score is blank was not asked"),
        help_text=_("Its response rate then stays empty instead of 0 %."),
    )
    holds_everybody_asked = forms.BooleanField(
        label=_("The file holds everybody who was asked"),
        help_text=_("Then CX Hub works out the response rate. Leave it off if the file holds answers alone."),
    )
    no_answer_codes = forms.CharField(
        label=_("Codes that mean no answer"), help_text=_("Such as 99, N/A. Put commas between them."), max_length=500
    )
    out_of_range = forms.ChoiceField(
        label=_("A score outside the scale is"),
        choices=[("reject", _("a mistake: reject the row")), ("no_answer", _("no answer"))],
    )
    value_column = forms.ChoiceField(label=_("Value"))
    ready_measure = forms.ChoiceField(label=_("What the value is"))
    grain = forms.ChoiceField(label=_("Each value is about"), choices=GRAINS)
    answered_column = forms.ChoiceField(label=_("Number who answered"))
    asked_column = forms.ChoiceField(label=_("Number who were asked"))
    same_as = SameAsField()
    total_column = forms.ChoiceField(label=_("Add up"))
    total = forms.FloatField(label=_("Control total of the whole file"))
    totals = TotalsField(label=_("Control totals by period"))
    totals_file = forms.FileField(
        label=_("or a file of them"), help_text=_("A column of periods such as 2018-10, and one of totals.")
    )
    totals_periods = forms.CharField(
        label=_("Its column of periods"), max_length=200, help_text=_("Empty: CX Hub looks for it.")
    )
    totals_figures = forms.CharField(
        label=_("Its column of totals"), max_length=200, help_text=_("Empty: CX Hub looks for it.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS)
    sheet = forms.ChoiceField(label=_("Sheet of the workbook"))
    delimiter = forms.ChoiceField(label=_("Columns are separated by"), choices=DELIMITERS)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=[(name, name.upper()) for name in ENCODINGS])
    has_header = forms.BooleanField(label=_("The first row names the columns"))
    decimal_comma = forms.BooleanField(label=_("Decimals are written with a comma, as in 4,5"))
    replaces = forms.ChoiceField(
        label=_("A further file of this feed replaces"),
        choices=[("days", _("the days it contains")), ("feed", _("everything the feed brought before"))],
    )

    def __init__(
        self, *args: Any, header: Sequence[str], columns: Sequence[Any] = (), sheets: Sequence[str] = (), **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.totals_from: list[str] = []
        samples = {column.name: ", ".join(column.samples[:3]) for column in columns}
        named = [(name, f"{name} ({samples[name][:60]})" if samples.get(name) else name) for name in header]
        for name in COLUMN_FIELDS:
            self.fields[name].choices = [("", _("No column")), *named]
        self.fields["total_column"].choices = [("", _("The values; of answers, the rows")), *named]
        self.fields["sheet"].choices = [("", _("The first")), *((name, name) for name in sheets)]
        self.fields["ready_measure"].choices = [("", _("Choose")), *((slug, m.name) for slug, m in MEASURES.items())]
        phases = [(phase.pk, phase.name) for phase in LifecyclePhase.objects.all()]
        self.fields["phase_id"].choices = [("", _("Choose")), *phases]
        self.fields["feed"].queryset = Feed.objects.order_by("name")
        for name, field in self.fields.items():
            field.required = name == "row_is"

    @property
    def measure_descriptions(self) -> dict[str, str]:
        return {slug: MEASURES[slug].explain() for slug, _name in ANSWER_MEASURES}

    @property
    def reading_has_errors(self) -> bool:
        """The folded section holds an error: open it."""
        return bool(self.reading_fields & set(self.errors))

    @property
    def totals_have_values(self) -> bool:
        """There are control totals, or something is wrong with them: open the section."""
        asked = [self["total"].value(), self["totals"].value()]
        return any(value not in {None, ""} for value in asked) or bool(self.total_fields & set(self.errors))

    @classmethod
    def from_post(cls, data: Any, files: Any = None) -> "MappingForm":
        """Build the form with the columns and sheet that were posted: whether the file has them is seen later."""
        return cls(
            data,
            files,
            header=list(dict.fromkeys(data[name] for name in COLUMN_FIELDS if data.get(name))),
            sheets=[data["sheet"]] if data.get("sheet") else [],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            if cleaned.get("totals_file"):
                self._take_totals(cleaned)
            if cleaned.get("totals"):
                totals.refuse(cleaned["totals"], calendar_here())
        except SetupProblem as problem:
            self.add_error("totals_file" if cleaned.get("totals_file") else "totals", problem.sentence)
        return cleaned

    def _take_totals(self, cleaned: dict[str, Any]) -> None:
        """Take the control totals out of their file, and show them where they can be changed. Raises SetupProblem."""
        found, self.totals_from = totals_in(
            cleaned["totals_file"].chunks(), cleaned.get("totals_periods", ""), cleaned.get("totals_figures", "")
        )
        cleaned["totals"] = tuple(found)
        self.data = self.data.copy()
        self.data["totals"] = self.fields["totals"].prepare_value(found)

    @classmethod
    def initial_of(cls, mapping: Mapping, feed_name: str) -> dict[str, Any]:
        """Return the form's first values for a mapping, such as the guess."""
        values = mapping.to_json()
        if mapping.places_on_map:
            phases = list(LifecyclePhase.objects.all())
            values["map_title"] = mapping.map_title or feed_name
            values["phase_id"] = mapping.phase_id or (phases[min(USUAL_PHASE, len(phases) - 1)].pk if phases else None)
        ready = "" if mapping.holds_answers or not mapping.measures else mapping.measures[0]
        codes = CODES_SEPARATOR.join(mapping.no_answer_codes)
        listed = TotalsField().prepare_value(mapping.totals)
        return values | {
            "feed_name": feed_name,
            "ready_measure": ready,
            "no_answer_codes": codes,
            "totals": listed,
        }

    def mapping(self) -> Mapping:
        """Return the cleaned form as a Mapping. Raises connectors.base.SetupProblem for values of the wrong kind."""
        data = dict(self.cleaned_data)
        codes = [code.strip() for code in data.pop("no_answer_codes").split(CODES_SEPARATOR)]
        ready = data.pop("ready_measure")
        if data["row_is"] == "ready":
            data["measures"] = [ready] if ready else []
        chosen = {name: data[name] for name in data if name not in self.not_of_mapping and data[name] != ""}
        return Mapping.from_json(chosen | {"no_answer_codes": [code for code in codes if code]})

    def show(self, problems: Sequence[Problem]) -> None:
        """Put each sentence beside the field it is about."""
        for problem in problems:
            is_ready = problem.field == "measures" and self.cleaned_data.get("row_is") == "ready"
            self.add_error("ready_measure" if is_ready else problem.field, problem.sentence)
