"""What uvicorn runs for `make bench ARGS=overview`: the product, and beside it a page that is always the same bytes."""

import os
from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cxhub.asgi import application

__all__ = ["application"]


@cache
def _page() -> bytes:
    return Path(os.environ["BENCH_CONSTANT"]).read_bytes()


def constant(_request: HttpRequest) -> HttpResponse:
    """Answer with the page that was kept, through the same middleware: session, person, workspace, compression."""
    return HttpResponse(_page())


# After the application: it sets Django up, and the addresses need the models.
import_module(settings.ROOT_URLCONF).urlpatterns.insert(0, path("w/<slug:slug>/constant/", constant, name="constant"))
