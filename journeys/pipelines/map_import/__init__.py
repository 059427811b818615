"""Maps from files: read in a child, checked part by part, matched with the workspace, written once accepted."""
