"""A map as a list to edit: stages, their steps, and the touchpoints placed there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Evidence, LifecyclePhase, Map, Stage, Step, Touchpoint, TouchpointPlacement
from journeys.queries import findings
from journeys.queries.findings import Placed
from orgs.models import Member

SHOWN = 12


@dataclass(frozen=True)
class EvidenceLine:
    """How well a step is supported: as it stands, and as the form shows it."""

    word: str
    source: str
    typed_kind: str
    typed_source: str
    is_assumption: bool

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [("", _("Not said")), *((str(each.value), str(each.label)) for each in Evidence)]


@dataclass(frozen=True)
class StepLine:
    step: Step
    evidence: EvidenceLine
    placements: Sequence[TouchpointPlacement]
    findings: Sequence[Placed]
    takes: str
    """What goes when it is deleted, in a sentence."""
    can_go_up: bool
    can_go_down: bool


@dataclass(frozen=True)
class StageLine:
    stage: Stage
    steps: Sequence[StepLine]
    takes: str
    place: int
    can_go_up: bool
    can_go_down: bool

    @property
    def up(self) -> int:
        return self.place - 1

    @property
    def down(self) -> int:
        return self.place + 1


@dataclass(frozen=True)
class Outline:
    map: Map
    stages: Sequence[StageLine]
    phases: Sequence[LifecyclePhase]

    @property
    def next_phase(self) -> LifecyclePhase | None:
        """The phase to offer for one more stage: the one after the last stage's."""
        if not self.stages:
            return self.phases[0] if self.phases else None
        last = self.stages[-1].stage.phase_id
        following = [self.phases.index(phase) + 1 for phase in self.phases if phase.pk == last]
        return self.phases[min(following[0], len(self.phases) - 1)] if following else None


def outline(drawn: Map) -> Outline:
    """Return the outline of a map in five queries, however large it is."""
    stages = list(Stage.objects.filter(map=drawn).select_related("phase"))
    steps: dict[int, list[Step]] = {stage.pk: [] for stage in stages}
    for step in Step.objects.filter(stage__map=drawn):
        steps[step.stage_id].append(step)
    placed: dict[int, list[TouchpointPlacement]] = {}
    rows = TouchpointPlacement.objects.filter(step__stage__map=drawn).select_related("touchpoint__channel")
    for placement in rows:
        placed.setdefault(placement.step_id, []).append(placement)
    found = findings.on_map(drawn)
    lines = [
        _stage(stage, steps[stage.pk], placed, found, place, place == len(stages) - 1)
        for place, stage in enumerate(stages)
    ]
    return Outline(drawn, lines, list(LifecyclePhase.objects.all()))


def _stage(
    stage: Stage,
    steps: list[Step],
    placed: dict[int, list[TouchpointPlacement]],
    found: dict[int, list[Placed]],
    at: int,
    is_last: bool,
) -> StageLine:
    is_first = at == 0
    lines = [
        _step(
            step,
            placed.get(step.pk, []),
            found.get(step.pk, []),
            is_first and place == 0,
            is_last and place == len(steps) - 1,
        )
        for place, step in enumerate(steps)
    ]
    counts = sum(len(line.placements) for line in lines), sum(len(line.findings) for line in lines)
    return StageLine(stage, lines, _takes(len(steps), *counts), at, not is_first, not is_last)


def _step(
    step: Step, placements: list[TouchpointPlacement], found: list[Placed], is_first: bool, is_last: bool
) -> StepLine:
    return StepLine(
        step, evidence_line(step), placements, found, _takes(0, len(placements), len(found)), not is_first, not is_last
    )


def evidence_line(step: Step, typed: dict[str, str] | None = None) -> EvidenceLine:
    """Return the evidence of a step; `typed` is what a person wrote that was not saved."""
    shown = typed or {"kind": step.evidence, "source": step.evidence_source}
    return EvidenceLine(
        word=step.get_evidence_display() or _("Evidence not said"),
        source=step.evidence_source,
        typed_kind=shown["kind"],
        typed_source=shown["source"],
        is_assumption=step.evidence == Evidence.ASSUMPTION,
    )


def _takes(steps: int, placements: int, found: int) -> str:
    parts = []
    if steps:
        parts.append(ngettext("%(n)d step goes with it.", "%(n)d steps go with it.", steps) % {"n": steps})
    if placements:
        words = ngettext(
            "%(n)d touchpoint leaves this map and stays in the catalogue.",
            "%(n)d touchpoints leave this map and stay in the catalogue.",
            placements,
        )
        parts.append(words % {"n": placements})
    if found:
        words = ngettext("%(n)d finding leaves this map.", "%(n)d findings leave this map.", found)
        parts.append(words % {"n": found})
    return " ".join([*parts, _("You can undo it.")])


def to_place(step: Step, search: str) -> list[Touchpoint]:
    """Return touchpoints in use that are not at this step, those whose name begins like the search first."""
    found = Touchpoint.objects.current().exclude(placements__step=step).select_related("channel")
    if not search:
        return list(found.order_by("name", "pk")[:SHOWN])
    begins = list(found.filter(name__istartswith=search).order_by("name", "pk")[:SHOWN])
    others = found.filter(name__icontains=search).exclude(name__istartswith=search).order_by("name", "pk")
    return [*begins, *others[: SHOWN - len(begins)]]


def is_known(name: str) -> bool:
    """Say whether a touchpoint in use has this name."""
    return Touchpoint.objects.current().filter(name__iexact=" ".join(name.split())).exists()


def people() -> QuerySet[Member]:
    """The members who can own or sponsor a map."""
    return Member.objects.current().select_related("user").order_by("user__name", "pk")
