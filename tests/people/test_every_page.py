"""Every page that the access table lists: accessible in both themes and at both widths, and no wider than a phone."""

import pytest
from playwright.sync_api import Error

from tests.architecture.access_table import MEMBERS, TABLE
from tests.architecture.asking import address
from tests.browser import COLOURS, RULES, needed, violations

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]
DRAWN_BY_OTHERS = {"api_reference": "#api-reference"}  # Swagger UI draws what is in it
LONG = "Weiterempfehlungsbereitschaftsbefragung مستودع 🚚 "
WIDEST = """() => [...document.querySelectorAll("body *")].filter((each) =>
    each.getBoundingClientRect().right > innerWidth && !each.parentElement.closest(".table-scroll, .grid-scroll")
  ).at(-1)?.outerHTML.slice(0, 200)"""


@pytest.fixture
def rows(committed_world):
    """A row in every table of Acme, with names that are long, right to left, and have no place to break."""
    rows = committed_world.fill_acme()
    with committed_world.inside():
        for row in rows.values():
            for field in {"name", "title"} & {each.name for each in row._meta.fields}:
                setattr(row, field, LONG + getattr(row, field))
                row.save(update_fields=[field])
    return rows


def read_by(person):
    return [name for name, row in TABLE.items() if row.get.of(person) == 200]


def readers(who):
    """Who reads what: the person and the pages. `others` read what Ada may not, each the pages of the first who may."""
    if who != "others":
        return {who: read_by(who)}
    found, seen = {}, set(read_by("ada")) - set(read_by("anonymous"))
    for person in ("anonymous", *MEMBERS):
        found[person] = [name for name in read_by(person) if name not in seen]
        seen |= set(found[person])
    return found


def opened(page, path):
    """Whether a page of ours stands at this address, and no file, nothing for programs, no part of a page."""
    try:
        answer = page.goto(path)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False
    assert (answer.status, answer.url) == (200, path)
    return answer.headers["content-type"].startswith("text/html") and page.evaluate("document.doctype !== null")


def faults_of(page, name):
    """What is wrong with the page that is open: what axe finds at two widths, and that it is wider than a phone.

    In the dark only the colours are other ones: only what is about them is asked there.
    """
    if name in DRAWN_BY_OTHERS:
        page.wait_for_selector(".opblock")
        page.evaluate(f"document.querySelector('{DRAWN_BY_OTHERS[name]}').remove()")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            yield from (f"breaks {rule} at {width}, {scheme}: {html}" for rule, html in violations(page, rules))
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        needs = page.evaluate("document.documentElement.scrollWidth")
        if needs > width:
            yield f"is {needs} px wide at {width}: {page.evaluate(WIDEST)}"


@pytest.mark.parametrize(("who", "part"), [("ada", 0), ("ada", 1), ("vi", 0), ("vi", 1), ("others", None)])
def test_it_is_accessible_and_fits(who, part, committed_world, rows, site, page, wear):
    """The pages of one who reads many are two tests, as there are two workers."""
    found, looked = [], set()
    for person, names in readers(who).items():
        wear(page, committed_world.cast.get(person))
        for name in names if part is None else names[part::2]:
            about = TABLE[name].about
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            if opened(page, site + address(name, rows[about].pk if about else None)):
                looked.add(name)
                found += [f"{name} as {person} {fault}" for fault in faults_of(page, name)]
    assert looked, "no page was looked at: the test proves nothing"
    assert not found, "\n".join(found)
