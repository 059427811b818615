"""What the services of records refuse, as problems: nothing sent is lost, the caller sees what stands there now."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from journeys.api.finding_serializers import FindingSerializer
from journeys.api.serializers import TouchpointSerializer
from journeys.models import Finding
from journeys.services import findings, touchpoints
from journeys.services.changes import BadValues
from orgs.api.problems import Refused

STALE = (touchpoints.StaleVersion, findings.FindingChanged)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the errors of the services into answers: 400, 409 and 412."""
    try:
        yield
    except BadValues as refused:
        raise ValidationError({name: [why] for name, why in refused.problems.items()}) from None
    except (touchpoints.NameIsTaken, findings.NameIsTaken) as refused:
        more = {"other": refused.other.pk} if refused.other else {}
        raise Refused(409, str(refused), **more) from None
    except (touchpoints.IsArchived, findings.FindingIsArchived) as refused:
        raise Refused(409, str(refused)) from None
    except STALE as refused:
        detail = _("Somebody changed this meanwhile. Nothing is saved. Look at both, then use the new ETag.")
        raise Refused(412, detail, **_both(refused)) from None


def _both(refused: touchpoints.StaleVersion | findings.FindingChanged) -> dict[str, Any]:
    conflicts = [
        {
            "pointer": f"/{each.field.key}",
            "current": each.field.told(each.before),
            "yours": each.field.told(each.after),
        }
        for each in refused.conflicts
    ]
    told = FindingSerializer if isinstance(refused.record, Finding) else TouchpointSerializer
    return {"conflicts": conflicts, "current": told(refused.record).data}
