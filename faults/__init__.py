"""Runs that break things on purpose and judge what is left from a ledger of their own: docs/how-to/measure.md."""
