"""Every page asks for sign-in; a view that does not says why on the same line."""

import re

from tests.architecture.access_table import TABLE
from tests.architecture.asking import patterns
from tests.architecture.sources import modules

# A reason is a sentence: it begins with a capital letter and has some words.
USE = re.compile(r"^\s*@login_not_required\b(?P<rest>.*)$|login_not_required\((?P<called>.*)$", re.M)
REASON = re.compile(r"#\s+[A-Z]\S*(\s+\S+){3,}")


def without_reason(text: str) -> list[str]:
    """The lines that let everybody in without saying why."""
    return [use.group().strip() for use in USE.finditer(text) if not REASON.search(use.group())]


def test_each_opt_out_has_its_reason():
    assert {path: found for path, text in modules() if (found := without_reason(text))} == {}


def test_an_opt_out_without_a_reason_is_found():
    assert without_reason("@login_not_required\ndef view(request): ...")
    assert without_reason("@login_not_required  # ok\ndef view(request): ...")
    assert without_reason('path("x", login_not_required(view))')
    assert not without_reason("@login_not_required  # Whoever asks has no account yet.\ndef view(request): ...")


def test_the_table_lets_strangers_in_where_the_view_does():
    """allauth marks its own pages; sign-out sends strangers to sign-in by itself."""
    open_views = {each.name for each in patterns() if not getattr(each.callback, "login_required", True)}
    public = {name for name, row in TABLE.items() if row.get.anonymous != 302}
    assert open_views - {"account_logout"} == public
