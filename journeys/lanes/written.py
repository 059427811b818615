"""The lanes that people write in: one line each."""

from journeys.lanes import actions, backstage, emotions, frontstage, notes, quotes, support, thoughts

LANES = [
    actions.LANE,
    thoughts.LANE,
    quotes.LANE,
    emotions.LANE,
    frontstage.LANE,
    backstage.LANE,
    support.LANE,
    notes.LANE,
]
