"""ETags of single records: `"<version>-<digest>"`. The digest answers If-None-Match, the version is for If-Match.

The digest is of everything told, so that it also changes with the names of other records and with a number's age.
"""

import hashlib
import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

# On its way a packed answer becomes a weak one (W/"..."); it names the same version.
TAG = re.compile(r'^(?:W/)?"(?P<version>[0-9]{1,9})(?:-[0-9a-f]{16})?"$', re.ASCII)
EACH = re.compile(r'"[^"]*"')
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the record as you saw it."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="An ETag. 304 without a body while it still holds."
)


class NoVersion(APIException):
    status_code = 428


def seen_version(request: Request) -> int:
    """Return the version that the program says it saw. Raises NoVersion, ValidationError."""
    text = request.headers.get("If-Match", "").strip()
    if not text:
        raise NoVersion(_("Read the record first, and send its ETag as If-Match: so nobody's change is lost."))
    found = TAG.match(text)
    if found is None:
        raise ValidationError(_('Send If-Match as the ETag was given to you, such as "3-0123456789abcdef".'))
    return int(found["version"])


def answer(request: Request, told: Any, *, version: int | None = None, status: int = 200) -> Response:
    """Return a record with its ETag, or 304 when the program has it already."""
    digest = hashlib.sha256(JSONRenderer().render(told)).hexdigest()[:16]
    tag = f'"{digest}"' if version is None else f'"{version}-{digest}"'
    known = request.headers.get("If-None-Match", "") if request.method in {"GET", "HEAD"} else ""
    if tag in EACH.findall(known) or known.strip() == "*":
        return Response(status=304, headers={"ETag": tag})
    return Response(told, status=status, headers={"ETag": tag})
