"""Finds or makes what the records of a run name: departments, channels, touchpoints, KPIs and the map."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import Plan, SetupProblem
from connectors.models import SyncRun
from connectors.pipelines.subjects import Subject, Subjects
from insights.measures.base import AnyMeasure
from insights.models import Kpi
from insights.services import kpis
from journeys.models import Channel, LifecyclePhase, Touchpoint
from journeys.services import channels, maps, touchpoints
from orgs.models import Department
from orgs.services import departments

Touchpoints = dict[Subject, Touchpoint | None]  # None: the workspace as a whole


class Register:
    """Acts on the word of the person who asked for the run, and counts what is new."""

    def __init__(self, run: SyncRun, plan: Plan, *, now: datetime) -> None:
        self._run, self._plan, self._now = run, plan, now
        self._as: dict[str, Any] = {"by": run.asked_by, "origin": str(run)}
        self._channels: dict[str, Channel] = {}
        self._departments: dict[str, Department] = {}
        self.made: Counter[str] = Counter()

    def touchpoints(self, subjects: Subjects) -> Touchpoints:
        """Return the touchpoint of each subject, those with a channel first: without one the name alone decides."""
        in_order = sorted(subjects, key=lambda subject: not subject.channel)
        return {subject: self._touchpoint(subject) if subject.touchpoint else None for subject in in_order}

    def kpis(self, touchpoints: Touchpoints) -> dict[Subject, list[int]]:
        """Return the KPIs of each subject, one per measure. Raises SetupProblem."""
        return {
            subject: [self._kpi(touchpoint, measure) for measure in self._plan.measures]
            for subject, touchpoint in touchpoints.items()
        }

    def map(self, subjects: Subjects, touchpoints: Touchpoints) -> int | None:
        """Lay out the map of the stages, if the records name any. Raises SetupProblem."""
        stages = [(name, _once(touchpoints[one] for one in named)) for name, named in subjects.stages()]
        if not stages or not self._plan.map_title:
            return None
        phase = LifecyclePhase.objects.filter(pk=self._plan.phase_id).first()
        if phase is None:
            raise SetupProblem(_("The lifecycle phase of the map does not exist any more. Choose another."))
        drawn, made = maps.lay_out(self._plan.map_title, stages=stages, phase=phase, **self._as)
        self.made.update(made)
        return drawn.pk

    def _touchpoint(self, subject: Subject) -> Touchpoint:
        touchpoint = self._chosen(subject) or self._found_or_made(subject)
        if subject.department:
            department = self._department(subject.department)
            self.made["offers"] += touchpoints.offer(touchpoint, department, now=self._now, **self._as)
        return touchpoint

    def _chosen(self, subject: Subject) -> Touchpoint | None:
        """Return the touchpoint that a person said this name means. Raises SetupProblem when it is gone."""
        pk = self._plan.same_as.get((subject.touchpoint.casefold(), subject.channel.casefold()))
        if pk is None:
            return None
        chosen: Touchpoint | None = Touchpoint.objects.current().filter(pk=pk).first()
        if chosen is None:
            names = {"name": subject.touchpoint}
            raise SetupProblem(_("The touchpoint that “%(name)s” was matched with is gone. Match it again.") % names)
        return chosen

    def _found_or_made(self, subject: Subject) -> Touchpoint:
        channel = self._channel(subject.channel) if subject.channel else None
        touchpoint, is_new = touchpoints.find_or_create(subject.touchpoint, channel=channel, **self._as)
        self.made["touchpoints"] += is_new
        return touchpoint

    def _channel(self, name: str) -> Channel:
        if name not in self._channels:
            self._channels[name], is_new = channels.find_or_create(name, **self._as)
            self.made["channels"] += is_new
        return self._channels[name]

    def _department(self, name: str) -> Department:
        if name not in self._departments:
            self._departments[name], is_new = departments.find_or_create(name, **self._as)
            self.made["departments"] += is_new
        return self._departments[name]

    def _kpi(self, touchpoint: Touchpoint | None, measure: AnyMeasure) -> int:
        scale = self._plan.scale if measure.needs_scale else None
        kpi, is_new = kpis.find_or_create(
            measure.slug,
            touchpoint=touchpoint,
            source=self._run.feed.source,
            scale=scale,
            grain=self._plan.grain.value,
            **self._as,
        )
        self.made["kpis"] += is_new
        is_same_scale = scale is None or (kpi.scale_low, kpi.scale_high) == (scale.low, scale.high)
        if not is_same_scale or kpi.grain != self._plan.grain:
            raise SetupProblem(_differs(kpi, measure))
        return kpi.pk


def _once(touchpoints: Any) -> list[Touchpoint]:
    return list(dict.fromkeys(one for one in touchpoints if one is not None))


def _differs(kpi: Kpi, measure: AnyMeasure) -> str:
    names = {"measure": measure.name, "touchpoint": kpi.touchpoint or _("the workspace")}
    return _("%(measure)s of “%(touchpoint)s” has another scale or period in this feed. Use a new feed.") % names
