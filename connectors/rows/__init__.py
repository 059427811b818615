"""Rows of JSON, whoever brings them: what a person says about their fields, and how they become records."""
