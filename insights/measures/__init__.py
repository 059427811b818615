"""Measures: definitions of numbers as pure arithmetic over parts. No database, no clock; one file each."""
