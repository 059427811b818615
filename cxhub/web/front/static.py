"""Static files, served outside Django: its middleware for them made pages 5 to 7 times slower (STACK.md)."""

import logging
from pathlib import Path
from wsgiref.headers import Headers

from servestatic import ServeStaticASGI

from cxhub.web.front.answers import no_such_file
from cxhub.web.front.types import ASGIApp

logger = logging.getLogger(__name__)


class StaticFiles(ServeStaticASGI):
    # How long a file with a hash in its name may be kept: a year is what the HTTP standard calls "for ever".
    FOREVER = 365 * 24 * 3600


def static_files(root: Path | str, *, prefix: str, watch: bool = False) -> ASGIApp:
    """Serve the files of `root` below `prefix`, compressed where collectstatic left a compressed variant.

    `watch` looks at the disk on every request, for developers; otherwise the files are listed once, here.
    """
    if not Path(root).is_dir():
        logger.warning("There are no static files in %s. Run: python manage.py collectstatic", root)
    return StaticFiles(
        no_such_file,
        root=root if Path(root).is_dir() or watch else None,
        prefix=prefix,
        autorefresh=watch,
        allow_all_origins=False,
        add_headers_function=forbid_sniffing,
    )


def forbid_sniffing(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
