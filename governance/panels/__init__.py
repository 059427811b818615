"""What governance shows on its own pages and on those of other apps."""
