"""What people do about it: reviews that keep maps true."""
