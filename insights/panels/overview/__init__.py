"""The panels of the Overview, one module each. docs/how-to/add-a-panel.md says how to add one."""

from insights.panels.overview import (
    changes,
    headlines,
    mine,
    needs_you,
    nobody_acting,
    ownership,
    portfolio,
    risks,
    summary,
    trust,
)

PANELS = [
    summary.PANEL,
    needs_you.PANEL,
    mine.PANEL,
    headlines.PANEL,
    portfolio.PANEL,
    risks.PANEL,
    nobody_acting.PANEL,
    ownership.PANEL,
    trust.PANEL,
    changes.PANEL,
]
