"""What calls for a review before its day: one file for each trigger, and its line in known.py."""
