"""What the services of touchpoints refuse, as problems: nothing sent is lost, the caller sees what stands there now."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from journeys.api.serializers import TouchpointSerializer
from journeys.services.changes import BadValues
from journeys.services.touchpoints import IsArchived, NameIsTaken, StaleVersion
from orgs.api.problems import Refused


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the errors of the services into answers: 400, 409 and 412."""
    try:
        yield
    except BadValues as refused:
        raise ValidationError({name: [why] for name, why in refused.problems.items()}) from None
    except NameIsTaken as refused:
        more = {"other": refused.other.pk} if refused.other else {}
        raise Refused(409, str(refused), **more) from None
    except IsArchived as refused:
        raise Refused(409, str(refused)) from None
    except StaleVersion as refused:
        detail = _("Somebody changed this meanwhile. Nothing is saved. Look at both, then use the new ETag.")
        raise Refused(412, detail, **_both(refused)) from None


def _both(refused: StaleVersion) -> dict[str, Any]:
    conflicts = [
        {
            "pointer": f"/{each.field.key}",
            "current": each.field.told(each.before),
            "yours": each.field.told(each.after),
        }
        for each in refused.conflicts
    ]
    return {"conflicts": conflicts, "current": TouchpointSerializer(refused.touchpoint).data}
