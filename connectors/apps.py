"""Names every kind of connected system, and plugs connections into the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from connectors import registry
from connectors.systems.file.connector import FileConnector
from connectors.systems.http_json.connector import HttpJsonConnector
from connectors.systems.push.connector import PushConnector
from connectors.systems.sample.connector import SampleConnector
from insights.registry import DELIVERIES
from orgs.permissions import Permission
from orgs.registry import (
    ACTIONS,
    ARRIVING,
    COUNTS,
    FIRST_STEPS,
    HOLDINGS,
    HOME,
    NAVIGATION,
    SEARCH,
    Action,
    NavItem,
    notification_kind,
)


class ConnectorsConfig(AppConfig):
    name = "connectors"

    def ready(self) -> None:
        from connectors import holdings, home, panels  # noqa: PLC0415  models are not loaded before ready()
        from connectors.queries import counts  # noqa: PLC0415

        COUNTS.append(counts.counted)
        ARRIVING.append(counts.arriving)
        HOME.extend(home.PANELS)
        FIRST_STEPS.append(home.FIRST_STEP)
        notification_kind(panels.FEEDS_PAUSED)
        HOLDINGS.append(holdings.HOLDING)
        DELIVERIES.append(panels.deliveries)
        SEARCH.append(panels.FEEDS)
        file_way = registry.Way("upload_new", _("A file of survey answers or results, such as CSV or Excel."))
        folder = registry.Way("folder_new", _("New files of a folder on the server."), title=_("Watched folder"))
        address = registry.Way("address_new", _("A file at an address, fetched again."), title=_("File at an address"))
        registry.register(FileConnector(), file_way, folder, address)
        json_way = registry.Way("http_json_new", _("Rows of any JSON API, with paths to their fields."), "http_json")
        registry.register(HttpJsonConnector(), json_way)
        push_way = registry.Way("push_new", _("Signed messages that a system sends as things happen."), "push")
        registry.register(PushConnector(), push_way)
        registry.register(SampleConnector())
        sets_up = Permission.CONNECTION_MANAGE
        ACTIONS.append(Action(_("Upload a file"), "upload_new", "file-up", 15, sets_up, more=_("new data import csv")))
        ACTIONS.append(Action(_("New connection"), "connection_new", "plug", 16, sets_up, more=_("connect system")))
        NAVIGATION.append(NavItem(_("Connections"), "connections", "plug", 60, is_on_phones=False))
