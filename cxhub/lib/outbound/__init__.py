"""The parts of the one outbound client (cxhub/lib/http.py). Nothing else opens a connection to the outside."""
