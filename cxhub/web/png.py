"""An SVG of ours as PNG, drawn in this process. Its font comes along, so that text appears where none is installed."""

from pathlib import Path

from resvg_py import svg_to_bytes

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"


def png_of(svg: str, *, zoom: float = 2) -> bytes:
    """Return the picture with so many pixels for each of its own. Scripts that our font lacks use the machine's."""
    family = "DejaVu Sans"
    return svg_to_bytes(svg_string=svg, zoom=zoom, font_files=[str(FONT)], font_family=family, sans_serif_family=family)
