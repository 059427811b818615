"""The first rows of an uploaded file, with a guess how to read them, for the page that asks."""

from collections.abc import Iterable, Iterator

from connectors.models import FileChunk, UploadedFile
from connectors.queries.calendars import calendar_here
from connectors.systems.file import bounded
from connectors.systems.file.glimpse import Preview, PreviewRow
from connectors.systems.file.mapping import Mapping

__all__ = ["Preview", "PreviewRow", "content_of", "header_of", "preview", "totals_in"]

PIECE = 64 * 1024
Totals = list[tuple[str, float]]


def preview(file: UploadedFile, mapping: Mapping | None = None, *, rows: int = 20) -> Preview:
    """Return the beginning of a file as the mapping reads it, or as a guess would. Raises SetupProblem."""
    settings = None if mapping is None else mapping.to_json()
    task = {"does": "glimpse", "settings": settings, "rows": rows, "calendar": calendar_here().to_json()}
    [found] = bounded.ask(task, content_of(file), bounded.LOOKING)
    return Preview.from_json(found)


def header_of(file: UploadedFile, mapping: Mapping) -> list[str]:
    """Return the column names of a file as the mapping reads them. Raises SetupProblem."""
    return preview(file, mapping, rows=0).header


def totals_in(content: Iterable[bytes], periods: str = "", figures: str = "") -> tuple[Totals, list[str]]:
    """Return the control totals of a file, and from which two columns they were taken. Raises SetupProblem.

    `periods` and `figures` name the columns; a guess takes the place of an empty one.
    """
    task = {"does": "totals", "calendar": calendar_here().to_json(), "wanted": [periods, figures]}
    [found] = bounded.ask(task, content, bounded.LOOKING)
    return [(text, float(figure)) for text, figure in found["totals"]], found["columns"]


def content_of(file: UploadedFile) -> Iterator[bytes]:
    """Yield the bytes of a file, chunk by chunk as they are asked for. Needs the scope."""
    position = 0
    while (data := _chunk(file, position)) is not None:
        yield from (data[start : start + PIECE] for start in range(0, len(data), PIECE))
        position += 1


def _chunk(file: UploadedFile, position: int) -> memoryview | None:
    data = FileChunk.objects.filter(file=file, position=position).values_list("data", flat=True).first()
    return None if data is None else memoryview(data)
