"""Whatever two to four people type at once over a bad line: accepted edits are in history, refused ones can be had.

EDIT_RUNS says how many runs: forty in the tests, two thousand with `make fuzz`.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from journeys.models import Touchpoint
from orgs.models import AuditEntry, User
from orgs.roles import Role
from orgs.services import members
from tests.journeys.touchpoint_page.conftest import version_in
from tests.journeys.touchpoint_page.fuzz import Save, both_texts, editors

KEYS = ("name", "promise")
RUNS = int(os.environ.get("EDIT_RUNS", "40"))
STEPS = 20
FATES = st.sampled_from(["ok", "ok", "lost", "unheard", "held"])  # what the line does with a request


class Editing(RuleBasedStateMachine):
    world = touchpoint = None  # given by the test
    people_of_acme = ()

    def __init__(self):
        super().__init__()
        self.save_point = transaction.atomic()
        self.save_point.__enter__()
        self.typed = 0
        self.accepted = []  # (who, field, text) that a page was told is saved
        with self.world.inside():
            self.first_entry = AuditEntry.objects.order_by("-pk").first().pk

    @initialize(people=st.integers(2, 4))
    def arrive(self, people):
        self.people = editors(self.people_of_acme[:people], self.touchpoint)
        for each in self.people:
            for key in KEYS:
                each.look(key)

    def person(self, number):
        return self.people[number % len(self.people)]

    @rule(who=st.integers(0, 3), key=st.sampled_from(KEYS), same=st.booleans(), fresh=st.booleans(), fate=FATES)
    def type_something(self, who, key, same, fresh, fate):
        self.type(who, key, same, fresh, fate)

    def type(self, who, key, same, fresh, fate):
        """Somebody types and the page saves, unless the last save of this field is still without an answer."""
        editor = self.person(who)
        if key in editor.waiting:
            return
        if fresh:
            editor.look(key)
        self.typed += 0 if same else 1
        editor.waiting[key] = Save(key, f"{key} {self.typed}", editor.seen[key])
        self.send(editor, key, fate)

    @rule(who=st.integers(0, 3), key=st.sampled_from(KEYS), fate=FATES)
    def send_again(self, who, key, fate):
        self.try_again(who, key, fate)

    def try_again(self, who, key, fate):
        editor = self.person(who)
        if key in editor.waiting:
            self.send(editor, key, fate)

    @precondition(lambda self: any(each.held_back for each in self.people))
    @rule(who=st.integers(0, 3), pick=st.integers(0, 50))
    def arrive_late(self, who, pick):
        """A request that was held back, or sent twice, arrives now; nobody waits for its answer."""
        held = [(each, save) for each in self.people for save in each.held_back]
        editor, save = held[pick % len(held)]
        editor.held_back.remove(save)
        was_written = bool(self.entries_of(save))
        answer = editor.deliver(save)
        assert answer.status_code == 200 or not was_written, "a save that was written met a conflict when it came again"

    @rule(who=st.integers(0, 3), other=st.integers(1, 3), key=st.sampled_from(KEYS))
    def cross(self, who, other, key):
        """An answer is lost, somebody else reads and changes the text, then the first save comes again."""
        for number, fate in ((who, "unheard"), (who + other, "ok"), (who, "ok")):
            if key not in self.person(number).waiting:
                self.type(number, key, same=False, fresh=True, fate=fate)
            else:
                self.try_again(number, key, fate)

    @rule(who=st.integers(0, 3), key=st.sampled_from(KEYS))
    def look_again(self, who, key):
        editor = self.person(who)
        if key not in editor.waiting:
            editor.look(key)

    def send(self, editor, key, fate):
        save = editor.waiting[key]
        if fate == "held":
            editor.held_back.append(save)
        if fate in {"lost", "held"}:
            return
        mine = self.entries_of(save)
        answer = editor.deliver(save)
        editor.held_back.append(save)  # the line may deliver it once more
        if fate == "unheard":
            return
        del editor.waiting[key]
        if answer.status_code == 200:
            editor.seen[key] = version_in(answer.content.decode())
            self.accepted.append((editor.name, save.key, save.value))
        else:
            assert answer.status_code == 409, answer.content.decode()
            assert not mine, "a save that was written before met a conflict when it came again"
            (shown, theirs), kept = both_texts(answer)
            assert (shown, kept[0]) == (save.value, save.value)
            assert theirs == self.now(key)
            assert theirs != save.value
            editor.seen[key] = version_in(answer.content.decode())

    def now(self, key):
        with self.world.inside():
            return getattr(Touchpoint.objects.get(pk=self.touchpoint.pk), key)

    def entries(self):
        with self.world.inside():
            found = AuditEntry.objects.filter(pk__gt=self.first_entry, subject_id=self.touchpoint.pk)
            return list(found.filter(action="touchpoint.edit").order_by("pk"))

    def entries_of(self, save):
        return [entry for entry in self.entries() if entry.origin == f"Save {save.token}"]

    def teardown(self):
        try:
            if hasattr(self, "people"):
                self.judge()
        finally:
            transaction.set_rollback(True)
            self.save_point.__exit__(None, None, None)

    def judge(self):
        every = self.entries()
        origins = [entry.origin for entry in every]
        assert len(origins) == len(set(origins)), "a save that came twice is in history twice"
        told = {(key, f"{key} 0") for key in KEYS} | {pair for entry in every for pair in entry.after.items()}
        assert {(key, text) for _who, key, text in self.accepted} <= told
        for key in KEYS:
            chain = [(entry.before[key], entry.after[key]) for entry in every if key in entry.after]
            assert all(after == before for (_b, after), (before, _a) in zip(chain, chain[1:], strict=False))
            assert not chain or chain[-1][1] == self.now(key)


@pytest.mark.parametrize("runs", [pytest.param(RUNS, id="runs")])
def test_no_edit_is_lost(make, world, runs):
    with world.inside():
        other = User.objects.create_user("second@acme.test", name="Second")
        lead = members.add(user=other, roles=[(Role.DEPARTMENT_LEAD, world.service)], by=world.ada)
    Editing.people_of_acme = [world.max, world.ada, world.lea, lead]
    Editing.touchpoint = make(name="name 0", promise="promise 0", description="description 0", department=world.service)
    Editing.world = world
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[
                Phase.explicit,
                Phase.generate,
            ],  # a failing run reads well as it is; making it shorter takes minutes
            derandomize=runs <= 100,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
