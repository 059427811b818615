"""The lanes that are read off what is placed: one line each."""

from journeys.lanes import channels, evidence, findings, owners, systems, touchpoints

LANES = [
    evidence.LANE,
    touchpoints.LANE,
    channels.LANE,
    owners.LANE,
    systems.LANE,
    *findings.LANES,
]
