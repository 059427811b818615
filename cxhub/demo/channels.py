"""The channel register of Larch Home Energy, with channels of others where customers are and nobody measures yet."""

from typing import NamedTuple

from cxhub.demo.dates import Dates
from cxhub.demo.people import CONTACT, DIGITAL, FIELD, MARKETING, Cast
from journeys.models import Channel
from journeys.services import channels
from orgs.services import stale

KIND, STATE = Channel.Kind, Channel.State


class Registered(NamedTuple):
    name: str
    kind: Channel.Kind
    owner: str
    state: Channel.State
    days: int
    is_monitored: bool
    target: int | None = None
    """Percent of the customers who could use it."""


REGISTER = (
    Registered("Phone", KIND.OWN, CONTACT, STATE.INTEGRATED, 900, True),
    Registered("E-mail", KIND.OWN, CONTACT, STATE.INTEGRATED, 700, True),
    Registered("Website", KIND.OWN, DIGITAL, STATE.INTEGRATED, 800, True),
    Registered("Web account", KIND.OWN, DIGITAL, STATE.INTEGRATED, 420, True, 60),
    Registered("App", KIND.OWN, DIGITAL, STATE.LIVE, 190, True, 35),
    Registered("Home visit", KIND.OWN, FIELD, STATE.INTEGRATED, 900, True),
    Registered("Advertising", KIND.OWN, MARKETING, STATE.LIVE, 600, True),
    Registered("Event", KIND.OWN, MARKETING, STATE.LIVE, 300, True),
    Registered("Post", KIND.OWN, "", STATE.LIVE, 900, False),
    Registered("SMS", KIND.OWN, CONTACT, STATE.LIVE, 95, True),
    Registered("Installers' portal", KIND.PARTNER, FIELD, STATE.LIVE, 240, False),
    Registered("Smart thermostat", KIND.DEVICE, DIGITAL, STATE.LIVE, 150, True, 50),
    Registered("Sign in with Apple", KIND.IDENTITY, DIGITAL, STATE.LIVE, 130, True),
    Registered("Comparison sites", KIND.SIGNAL, MARKETING, STATE.LIVE, 400, False),
    Registered("Web search", KIND.SIGNAL, MARKETING, STATE.INTEGRATED, 500, True),
    Registered("WhatsApp", KIND.OWN, CONTACT, STATE.PLANNED, 20, False),
)


def register(cast: Cast, dates: Dates) -> None:
    """Keep the entry of each channel."""
    for one in REGISTER:
        channel, _ = channels.find_or_create(one.name, by=cast["jo"])
        channels.describe(
            channel=channel,
            name=one.name,
            kind=one.kind,
            owner=cast.departments[one.owner].pk if one.owner else None,
            state=one.state,
            since=dates.ago(one.days).date(),
            is_monitored=one.is_monitored,
            participation_target=one.target,
            was=stale.seen(channels.values_of(channel)),
            by=cast["jo"],
        )
