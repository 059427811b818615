"""The step that stands in a stage which would have none: a stage is never empty."""

from django.utils.translation import gettext as _

from journeys.models import Stage, Step


def make(stage: Stage) -> Step:
    """Give a stage without steps its default one."""
    step: Step = Step.objects.create(stage=stage, name=_("New step"), position=0)
    return step


def untouched(stage: Stage) -> Step | None:
    """Return the default step of a stage that has nothing else: nobody named it, wrote or placed anything there."""
    rows = list(Step.objects.select_for_update(of=("self",)).filter(stage=stage))  # no save of a cell falls between
    if len(rows) != 1 or rows[0].name != _("New step") or rows[0].evidence or rows[0].child_id:
        return None
    step = rows[0]
    used = (step.placements, step.finding_placements, step.paths_in, step.paths_out, step.cells.exclude(text=""))
    return None if any(rows.exists() for rows in used) else step
