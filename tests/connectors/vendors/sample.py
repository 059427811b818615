"""Made-up data have no vendor: these are the settings of a small series."""

SETTINGS = {
    "seed": "larch",
    "measure": "csat_mean",
    "first_day": "2026-03-01",
    "series": [{"touchpoint": "Desk", "channel": "Phone", "monthly": 400, "level": 4.1, "asked_percent": 31}],
    "steady_from": "2026-03-01",
}
