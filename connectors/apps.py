"""Names every kind of connected system, and plugs connections into the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from connectors import registry
from connectors.systems.file.connector import FileConnector
from connectors.systems.http_json.connector import HttpJsonConnector
from connectors.systems.push.connector import PushConnector
from orgs.registry import NAVIGATION, NavItem


class ConnectorsConfig(AppConfig):
    name = "connectors"

    def ready(self) -> None:
        registry.register(FileConnector())
        registry.register(HttpJsonConnector())
        registry.register(PushConnector())
        NAVIGATION.append(NavItem(_("Connections"), "connections", "plug", 60))
