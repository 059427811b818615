"""Touchpoints for programs: the same filters, services and rights as the pages."""
