"""Reads: which maps are due, and what a review has to look at."""
