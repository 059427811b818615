"""Lays out a flow: nodes in bands from left to right, edges between them. Pure arithmetic; knows no maps and no SVG."""
