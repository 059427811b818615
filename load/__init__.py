"""Many people at once on the running product, judged by a ledger of what each was answered (docs/how-to/measure.md)."""
