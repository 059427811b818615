"""A page that follows a map says which cells it shows as they are no more."""

from load import pages
from load.ledger import Ledger
from load.watching import Watcher

GRID = '<div id="map-grid" data-structure="s" data-cards="c"><div id="cell-1-7" data-seen="3"></div></div>'
NEWS = '<template data-cell="1-7" data-version="4" data-beneath=""></template>'


def test_what_it_was_not_told_is_named():
    page = Watcher("p0", 1, "/w/acme/", 1, {}, Ledger())
    page.seen = pages.grid(GRID)
    assert page.missed({"cell 1/7": (3, "A")}) == []
    late = page.missed({"cell 1/7": (4, "B")})
    assert late == ["the page of p0 shows cell 1/7 as of 3, not (4, 'B')"]
    page.seen.versions.update(pages.cells_in(NEWS))
    assert page.missed({"cell 1/7": (4, "B")}) == []
