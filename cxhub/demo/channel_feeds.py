"""What is told of the channels side by side: cost, preference, participation, use, and signals before contact."""

from dataclasses import replace

from cxhub.demo.feeds import Kept, System
from insights.measures.telling import Tells

HOURLY, MONTHS = 60, 2
COSTS = System(
    "costs",
    "Controlling: cost to serve (made up)",
    "mean",
    (
        Kept("hotline", 60, 7.4),
        Kept("chat", 60, 3.1),
        Kept("mail_help", 60, 4.8),
        Kept("fault", 60, 0.6),
        Kept("payment", 60, 0.35),
        Kept("repair", 60, 164),
        Kept("reminder", 60, 0.09),
        Kept("fair", 30, 38),
    ),
    kpi="Cost of a contact",
    unit="€",
    direction="lower",
    tells=Tells.COST,
)
PREFERRED = System(
    "preferred",
    "Yearly customer survey: best way to reach us (made up)",
    "ratio",
    (
        Kept("hotline", 500, 34),
        Kept("fault", 500, 22),
        Kept("chat", 500, 14),
        Kept("payment", 500, 13),
        Kept("mail_help", 500, 9),
        Kept("repair", 500, 6),
        Kept("reminder", 500, 2),
    ),
    kpi="Named as the best way",
    tells=Tells.PREFERENCE,
)
TAKING_PART = System(
    "taking_part",
    "Customer base: who uses what they could (made up)",
    "ratio",
    (Kept("payment", 900, 64), Kept("usage", 900, 31), Kept("wall", 900, 22)),
    kpi="Customers who use it",
    tells=Tells.PARTICIPATION,
)
CONTACTS = System(
    "contacts",
    "Contacts by channel (made up)",
    "count",
    (
        Kept("ad", 9400, 0),
        Kept("fair", 180, 0),
        Kept("reminder", 1150, 0),
        Kept("wall", 16200, 0),
        Kept("apple", 2300, 0),
    ),
    kpi="Contacts",
    unit="contacts",
    tells=Tells.USE,
)
CLICKED = System(
    "clicked",
    "Search console: clicks (made up)",
    "count",
    (Kept("found", 4100, 0),),
    kpi="Clicks from search",
    unit="clicks",
    tells=Tells.USE,
)
SEEN = replace(
    CLICKED,
    key="seen",
    name="Search console: impressions (made up)",
    kept=(Kept("found", 18600, 0),),
    kpi="Seen in search",
    unit="impressions",
    tells=Tells.SIGNAL,
)
RATED = System(
    "rated",
    "Comparison sites: reviews (made up)",
    "csat_mean",
    (Kept("ratings", 140, 2.9, is_outcome=False),),
    kpi="Stars",
    tells=Tells.SIGNAL,
)
AT_ONCE = tuple(
    replace(one, interval_minutes=HOURLY, months=MONTHS)
    for one in (COSTS, PREFERRED, TAKING_PART, CONTACTS, CLICKED, SEEN, RATED)
)
