"""The ASGI front: health, static files, bodies within limits, pages on persistent threads. Knows no Django."""

from cxhub.web.front.front import Front
from cxhub.web.front.limits import Limits
from cxhub.web.front.static import static_files

__all__ = ["Front", "Limits", "static_files"]
