"""Files of rows (CSV, plain or gzip), given by upload."""
