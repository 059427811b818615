"""The front of these tests: small limits, a folder of static files, the pages of pages.py."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cxhub.web.front import Front, Limits, static_files
from tests.serving.pages import Pages
from tests.serving.servers import Served, serving


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def static_root(tmp_path: Path) -> Path:
    root = tmp_path / "static"
    root.mkdir()
    (root / "app.css").write_text("body { color: red }")
    (root / "app.css.gz").write_bytes(b"compressed")
    (root / "app.0123456789ab.css").write_text("body { color: red }")
    (tmp_path / "secret.txt").write_text("not to be served")
    return root


@pytest.fixture
def serve(pages: Pages, static_root: Path) -> Iterator[Callable[..., Served]]:
    """Start the front with some limits changed; everything is stopped after the test."""
    with ExitStack() as running:

        def start(**limits: object) -> Served:
            static = static_files(static_root, prefix="/static/")
            few = {"linger_seconds": 0.5, "threads": 4} | limits
            return running.enter_context(serving(Front(wsgi=pages, static=static, limits=Limits(**few))))

        yield start
        pages.go_on.set()
