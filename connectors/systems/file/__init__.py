"""Files of rows (CSV, TSV, XLSX, JSON lines; plain or gzip), given by upload, read in a bounded child process."""
