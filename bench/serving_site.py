"""The site that bench/serving.py measures: a Django of one page, built for each server it is put behind."""

import os
import tempfile
from importlib import import_module

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cxhub.env import database
from cxhub.web.front import Front, static_files
from cxhub.web.front.types import ASGIApp

QUERIES_PER_PAGE = 8


def page(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        for number in range(QUERIES_PER_PAGE):
            cursor.execute("SELECT relname FROM pg_class WHERE oid = %s", [1247 + number % 2])
            cursor.fetchall()
    return HttpResponse(b"<!doctype html><title>page</title>" + b"<p>one of forty rows</p>" * 40)


def large(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"x" * 12_000_000)


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.body)))


urlpatterns = [path("page/", page), path("large/", large), path("form/", form)]

settings.configure(
    SECRET_KEY="only for measuring",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            **database(os.environ["DATABASE_URL"], "DATABASE_URL"),
            "CONN_MAX_AGE": int(os.environ["CONN_MAX_AGE"]),
            "CONN_HEALTH_CHECKS": True,
        }
    },
)
django.setup()


def wsgi() -> WSGIHandler:
    return get_wsgi_application()


def plain_asgi() -> ASGIHandler:
    return get_asgi_application()


def a2wsgi() -> ASGIApp:
    """Put Django behind the library that the front takes the place of. bench/serving.py installs it."""
    middleware: ASGIApp = import_module("a2wsgi").WSGIMiddleware(wsgi(), workers=32)
    return middleware


def front() -> Front:
    return Front(wsgi=wsgi(), static=static_files(tempfile.mkdtemp(), prefix="/static/"))
