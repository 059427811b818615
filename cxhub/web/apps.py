"""Registers the template tags and the components' gallery with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the app; it has no models."""

    name = "cxhub.web"
    label = "web"
