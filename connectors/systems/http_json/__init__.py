"""The HTTP JSON kind: rows of a JSON API, page by page."""
