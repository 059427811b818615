"""The lanes that people write in: one line each."""

from journeys.lanes import (
    actions,
    backstage,
    emotions,
    events,
    frontstage,
    notes,
    quotes,
    storyboard,
    support,
    thoughts,
    tickets,
)

LANES = [
    storyboard.LANE,
    actions.LANE,
    thoughts.LANE,
    quotes.LANE,
    emotions.LANE,
    frontstage.LANE,
    backstage.LANE,
    support.LANE,
    events.LANE,
    tickets.LANE,
    notes.LANE,
]
