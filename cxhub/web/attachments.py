"""Files that a browser saves and never opens in the product's name."""

import re
from unicodedata import category

from django.http import HttpResponse
from django.utils.http import content_disposition_header

LONGEST = 120  # bytes: file systems take 255


def attachment(body: str | bytes, *, content_type: str, name: str, extension: str) -> HttpResponse:
    """Return the file under a name made of these words; what cannot stand in a file name goes."""
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{file_name(name)}.{extension}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


def file_name(words: str) -> str:
    """Return letters and digits of any script with hyphens between: no dots, slashes or marks that turn text around."""
    kept = "".join(each if category(each)[0] in "LMN" else "-" for each in words)
    short = re.sub("-+", "-", kept).strip("-").encode()[:LONGEST].decode(errors="ignore")
    return short.strip("-") or "chart"
