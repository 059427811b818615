"""The lanes that people write in: one line each."""

from journeys.lanes import actions, backstage, frontstage, notes, quotes, support, thoughts

LANES = [
    actions.LANE,
    thoughts.LANE,
    quotes.LANE,
    frontstage.LANE,
    backstage.LANE,
    support.LANE,
    notes.LANE,
]
