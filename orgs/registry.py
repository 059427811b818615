"""What higher apps plug into this one, filled in their apps.py. Imports nothing of its app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation: its label, the URL name it leads to, its icon, and where it stands.

    `first_for`: the roles for whom it comes before all others.
    """

    label: str | Promise
    url_name: str
    icon: str
    position: int
    permission: str = ""
    keys: str = ""  # the keys that lead to it, such as "g j"
    is_on_phones: bool = True  # in the bar at the bottom; the others stand in the person's menu there
    first_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SavedList:
    """A list or page whose filters and period people can save under a name, and the URL name of its page.

    `record`: the page is about one record, whose id a view keeps under this name; such a page opens with no view.
    """

    label: str | Promise
    url_name: str
    record: str = ""


@dataclass(frozen=True)
class SettingsPage:
    """One page of the workspace's settings: its label, URL name, and where it stands."""

    label: str | Promise
    url_name: str
    position: int


@dataclass(frozen=True)
class Holding:
    """Something a member answers for, so that somebody else can take it when the member leaves.

    `held(member)` lists the records, each of which says itself by str(). `hand_over(record, to=, by=)` gives one to a
    member, or to nobody (None) and writes the audit entry. `page(record)` is its URL name with arguments, or None.
    """

    key: str
    label: str | Promise
    held: Callable[[Any], list[Any]]
    hand_over: Callable[..., None]
    page: Callable[[Any], tuple[str, list[Any]] | None] = lambda record: None
    can_be_nobodys: bool = True


@dataclass(frozen=True)
class HomeRow:
    """One line of a list on Home: what it is and where it leads, a quieter line, and a mark with its word."""

    text: str
    url: str
    detail: str = ""
    status: str = ""
    word: str = ""


@dataclass(frozen=True)
class HomeList:
    """At most five rows of a list, how many there are, and the page of them all with the same filter."""

    rows: list[HomeRow]
    count: int
    all_url: str


@dataclass(frozen=True)
class HomePanel:
    """A list on Home for the members who hold one of these roles; the lower its position, the more urgent it is.

    `load` gets the request and asks the database as often for five rows as for five thousand. `nothing` says why the
    list is empty; "" says nothing. `covers`: beginnings of notification kinds that the list shows already, so that
    "Asked of you" leaves them out.
    """

    key: str
    title: str | Promise
    roles: frozenset[str]
    position: int
    load: Callable[[Any], HomeList]
    nothing: str | Promise
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class FirstStep:
    """Something that a new workspace begins with: it stands on Home of those who may do it, until it is done."""

    text: str | Promise
    detail: str | Promise
    url_name: str
    permission: str
    position: int
    is_done: Callable[[], bool]


@dataclass(frozen=True)
class SearchRow:
    """One record that search found: its name, where it leads, and a quieter line."""

    text: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class SearchKind:
    """A kind of record that search finds. `letter` and a colon before the words ask for this kind alone.

    `rows(request)` are the records the member may read, with what a row shows. `found(request, rows, words)` narrows
    them to those that match, the best first: the same as the kind's own list finds. `row(request, record)` words one.
    `page` is the URL name of a record's page, which is how recent ones are known, "" where it has none; `list_page`
    is that of the list.
    """

    key: str
    letter: str
    label: str | Promise
    icon: str
    position: int
    permission: str
    rows: Callable[[Any], Any]
    found: Callable[[Any, Any, str], Any]
    row: Callable[[Any, Any], SearchRow]
    page: str
    list_page: str = ""


@dataclass(frozen=True)
class Action:
    """Something a member with the permission can begin from search. With `post`, it is sent there at once.

    `about`: on the page of a record (its URL name), the action is about that record, at this other URL name.
    `more` are further words it is found by; `is_often`: it is offered before anything is typed.
    """

    label: str | Promise
    url_name: str
    icon: str
    position: int
    permission: str = ""
    more: str | Promise = ""
    about: Mapping[str, str] = field(default_factory=dict)
    post: tuple[str, str] | None = None
    is_often: bool = True


SEARCH: list[SearchKind] = []
ACTIONS: list[Action] = []
MENU: list[NavItem] = []  # of a workspace, but no work of every day: in the person's menu
PAGES: list[NavItem] = []  # what search leads to beside navigation, menu and settings
HOME: list[HomePanel] = []
FIRST_STEPS: list[FirstStep] = []
HOLDINGS: list[Holding] = []
SETTINGS_PAGES: list[SettingsPage] = []
# Called with by= and now= in the transaction that changes the workspace's week start or fiscal year.
CALENDAR_CHANGED: list[Callable[..., Any]] = []
NAVIGATION: list[NavItem] = []
NEW_WORKSPACE: list[Callable[..., Any]] = []  # called with by= inside the scope of a workspace just opened
# What a workspace holds, as (what, how many); shown before an example is removed. Called inside its scope.
COUNTS: list[Callable[[], list[tuple[Any, int]]]] = []
# What is still coming into an example that was just built, in a sentence; "" once all of it is there.
ARRIVING: list[Callable[[], str]] = []
LISTS: dict[str, SavedList] = {}  # by the key that saved views keep


@dataclass(frozen=True)
class Commentable:
    """A kind of record that people comment on. `subject_type` is its model's name.

    `rows` gives the records of the workspace with what their label needs; `permission` is what reading one asks for.
    `owner_ids` gives, for one record, the members who answer for it. `page_url` gets the slug and a record.
    `comments_url_name` is the page of its comments; `is_on_page`: they stand on the record's own page as well.
    """

    subject_type: str
    noun: str | Promise
    rows: Callable[[], Any]
    permission: str
    label: Callable[[Any], str]
    owner_ids: Callable[[Any], list[int]]
    page_url: Callable[[str, Any], str]
    comments_url_name: str
    is_on_page: bool = False
    part_of: Callable[[Any], tuple[tuple[str, int], ...]] | None = None  # the records that one is a part of
    parts: Callable[[Any, Any], Any] | None = None
    """Gets the request and a record; what orgs/_comments_parts.html shows of the threads about parts of it."""


@dataclass(frozen=True)
class Told:
    """What one notification says to its reader now, and the path of the place it leads to.

    `about`: the records it is about, the nearest first, each by its key of COMMENTABLE and its id. By them a digest is
    grouped, and by them the reader mutes.
    """

    text: str
    path: str
    quote: str = ""
    about: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class NotificationKind:
    """One kind of notification, and how it is put in words when it is read, in the reader's language.

    `sees` gets the reader and returns a condition on notifications: those whose thing the reader may read.
    `describe` gets such notifications and their reader, and returns what each says, by its id, with as many queries
    for fifty as for one. `is_task`: it asks for something, until it is done. `is_mailed`: it comes as a mail too,
    at once unless its reader says otherwise; without it, never. `in_chats`: what it is called where an administrator
    chooses what goes to chats; "" keeps it out of them. There it says the same, so it must not say "you".
    """

    slug: str
    label: str | Promise
    sees: Callable[[Any], Any]
    describe: Callable[[list[Any], Any], dict[int, Told]]
    is_task: bool = False
    is_mention: bool = False
    is_mailed: bool = True
    in_chats: str | Promise = ""


COMMENTABLE: dict[str, Commentable] = {}
NOTIFICATION_KINDS: dict[str, NotificationKind] = {}


def commentable(kind: Commentable) -> None:
    """Let people comment on this kind of record."""
    COMMENTABLE[kind.subject_type] = kind


def notification_kind(kind: NotificationKind) -> None:
    """Let services tell people things of this kind."""
    NOTIFICATION_KINDS[kind.slug] = kind
