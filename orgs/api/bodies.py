"""Reads the JSON body of a request: UTF-8, no more than a limit, not deeper than people write, no half characters."""

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

MOST_BYTES = 256 * 1024


class TooLarge(APIException):
    status_code = 413


class JsonBody(BaseParser):
    """Stops reading at the limit, whatever the header promised. NaN and Infinity are no JSON."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the value. Raises ParseError, TooLarge, UnsupportedMediaType."""
        packing = parser_context["request"].headers.get("Content-Encoding", "identity")
        if packing.lower() != "identity":
            raise UnsupportedMediaType(packing, detail=_("Send the body as it is, not packed."))
        sent = stream.read(MOST_BYTES + 1)
        if len(sent) > MOST_BYTES:
            raise TooLarge(_("Send at most %(most)d bytes.") % {"most": MOST_BYTES})
        try:
            value = json.loads(sent.decode(), parse_constant=_refuse)
            # Half of a surrogate pair can be written as \ud800, and stored or told back by nobody.
            json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise ParseError(_("This is no JSON. Write it in UTF-8, without NaN, and less nested.")) from None
        return value


def _refuse(word: str) -> None:
    raise ValueError(word)
