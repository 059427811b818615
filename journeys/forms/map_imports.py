"""Cleans what people say about the file of a map: which one, what its parts mean, and what is made along with it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from journeys.forms.map_records import RecordsForm
from journeys.forms.maps import PersonField
from journeys.models import Journey, LifecyclePhase
from journeys.pipelines.map_import import alternatives, foreign
from journeys.pipelines.map_import.accepting import MAKERS, Choices, may_make
from journeys.pipelines.map_import.foreign import TOUCHPOINTS, Meaning
from journeys.pipelines.map_import.matching import Plan
from journeys.queries import outlines
from orgs.models import Member

LONGEST = 420  # of what is chosen, the name of another record


class MapFileForm(forms.Form):
    """The file of a map."""

    file = forms.FileField(
        label=_l("Map"),
        help_text=_l("JSON or XLSX, up to 40 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,.xlsx,application/json"}),
    )


class MeaningForm(forms.Form):
    """What the lists and fields of another program's JSON mean."""

    title = forms.CharField(label=_l("Title"), max_length=200)
    phase = forms.ChoiceField(label=_l("Phases"), required=False)
    phase_name = forms.ChoiceField(label=_l("Name of a phase"), required=False)
    stages = forms.ChoiceField(label=_l("Stages"))
    stage_name = forms.ChoiceField(label=_l("Name of a stage"), required=False)
    steps = forms.ChoiceField(label=_l("Steps"))
    step_name = forms.ChoiceField(label=_l("Name of a step"), required=False)
    matters = forms.ChoiceField(label=_l("Mark of a moment that matters"), required=False)

    def __init__(self, *args: Any, found: Any, meaning: Meaning, **kwargs: Any) -> None:
        super().__init__(*args, initial=meaning.to_json(), **kwargs)
        known = foreign.lists(found)
        told = [(path, f"{path} ({len(rows)})") for path, rows in known.items()]
        every = {key: key for rows in known.values() for key in foreign.fields(rows)}
        for name in ("phase", "stages", "steps"):
            self.fields[name].choices = [("", _("None")), *told]  # type: ignore[attr-defined]
        for name in ("phase_name", "stage_name", "step_name"):
            self.fields[name].choices = [("", _("None")), *every.items()]  # type: ignore[attr-defined]
        rows = known.get(self.data.get("steps") or meaning.steps, [])
        marks = [(mark, mark.replace("=", " = ", 1)) for mark in foreign.marks(rows)]
        self.fields["matters"].choices = [("", _("None")), *marks]  # type: ignore[attr-defined]
        self._lanes = {f"lane:{key}": key for key in foreign.fields(rows)}
        targets = [("", _("Leave out")), *((kind.key, kind.name) for kind in foreign.free_lanes())]
        targets.append((TOUCHPOINTS, _("Touchpoints")))
        for name, key in self._lanes.items():
            shown = meaning.lanes.get(key, "")
            self.fields[name] = forms.ChoiceField(label=key[:80], choices=targets, required=False, initial=shown)

    def lanes(self) -> list[forms.BoundField]:
        """Where the texts of a step go."""
        return [self[name] for name in self._lanes]

    def parts(self) -> list[forms.BoundField]:
        """Which list is what."""
        return [self[name] for name in MeaningForm.base_fields if name != "title"]

    def meaning(self) -> Meaning:
        given = {name: self.cleaned_data[name] for name in MeaningForm.base_fields}
        lanes = {key: self.cleaned_data[name] for name, key in self._lanes.items() if self.cleaned_data[name]}
        return Meaning(**given, lanes=lanes)


class AcceptForm(RecordsForm):
    """Where the new map belongs, who keeps it, and what is made along with it."""

    title = forms.CharField(label=_l("Title"), max_length=200)
    journey = forms.ModelChoiceField(label=_l("Journey"), queryset=None, required=False)
    owner = PersonField(label=_l("Owner"))
    sponsor = PersonField(label=_l("Executive sponsor"))
    fingerprint = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: Plan, by: Member, chosen: Mapping[str, Any] | None = None, **kw: Any) -> None:
        told = plan.document
        first = {"title": told["title"], "journey": plan.journey, **plan.people, "fingerprint": plan.fingerprint}
        super().__init__(*args, initial=first, **kw)
        journey: Any = self.fields["journey"]
        journey.queryset = Journey.objects.filter(archived_at=None)
        journey.empty_label = _("New: %(name)s") % {"name": told["journey"] or told["title"]}
        for name in ("owner", "sponsor"):
            self.fields[name].queryset = outlines.people()  # type: ignore[attr-defined]
        self._phases = {f"phase:{at}": name for at, name in enumerate(plan.missing("phases"))}
        every, may_add = LifecyclePhase.objects.all(), may_make("phases", by)
        for field, name in self._phases.items():
            label = _("Phase “%(name)s”") % {"name": name}
            new = _("New: %(name)s") % {"name": name} if may_add else None
            own = {"queryset": every, "label": label, "required": not may_add, "empty_label": new}
            self.fields[field] = forms.ModelChoiceField(**own, initial=None if may_add else every.first())
        self.ask_about(plan, by)
        one_by_one = {"phases", *alternatives.KINDS}
        self._make = {f"make:{name}": name for name in MAKERS if name not in one_by_one and plan.missing(name)}
        for field, name in self._make.items():
            if may_make(name, by):
                self.fields[field] = forms.BooleanField(label=_words(name, plan), required=False, initial=True)
        for field in self.fields.keys() & (chosen or {}).keys():
            self.initial[field] = chosen[field]  # type: ignore[index]

    def so_far(self) -> dict[str, Any]:
        """Return the title and the choices as they were sent, good or not, to begin with another time."""
        sent = {name: self.data.get(name, "").replace("\0", "")[:LONGEST] for name in self.fields}
        ticked = {name: name in self.data for name in self._make if name in self.fields}
        kept = {name: text for name, text in sent.items() if name not in {"title", "fingerprint"}}
        return {"title": sent["title"].strip()[:200], "chosen": kept | ticked}

    def chosen(self) -> list[forms.BoundField]:
        """What is asked of every map, and the phases that the workspace has not."""
        return [self[name] for name in ("title", "journey", "owner", "sponsor", *self._phases)]

    def making(self) -> list[tuple[str, forms.BoundField | None]]:
        """What the file names and the workspace has not: whether to make it, None for those who may not."""
        return [(name, self[field] if field in self.fields else None) for field, name in self._make.items()]

    def choices(self) -> Choices:
        given = self.cleaned_data
        return Choices(
            title=given["title"],
            journey=given["journey"],
            owner=given["owner"],
            sponsor=given["sponsor"],
            phases={name: given[field] for field, name in self._phases.items()},
            make=frozenset(
                [
                    *(name for field, name in self._make.items() if given.get(field)),
                    *self.made_parts,
                ]
            ),
            instead=self.instead,
        )


def _words(name: str, plan: Plan) -> str:
    n = {"n": len(plan.missing(name))}
    return {
        "channels": _("Add %(n)d channels") % n,
        "abouts": _("Add %(n)d personas, products or markets") % n,
    }[name]
