"""A map, its reviews and its endorsements, in any order: the deeds of the machine in test_any_order.py.

Beside it stands what must hold, in plain Python: which document was signed, by whom, and what came after it.
"""

from contextlib import ExitStack, suppress

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from governance.models import Acknowledgement, Addressee, Endorsement, Review
from governance.queries import endorsements as standing
from governance.queries import reviews as queue
from governance.queries import sharing as readers
from governance.services import endorsements, reviews, sharing
from journeys.models import Map, MapVersion
from journeys.queries import documents, maps
from journeys.services import steps, versions
from tests.world import lay_out

SPONSORS = st.sampled_from(["eli", "eli", "ada", None])
PEOPLE = st.sampled_from(["eli", "eli", "ada", "ivo", "max"])
FRESH = st.sampled_from([True, True, False])  # whether one looks first
STEP = st.sampled_from(reviews.ALL)


class Endorsing(RuleBasedStateMachine):
    world = None  # given by the test

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.enter_context(self.world.inside())
        self.drawn, self.review = lay_out("Move in", [], self.world.ada), None
        self.sponsor, self.count, self.done, self.looks = None, 0, set(), {}
        self.last = None  # of sign-offs: (number, document, review)
        self.major_since = self.signed_now = False

    @initialize()
    def begin(self):
        self.name("eli")
        self.start()
        for step in queue.VALIDATED:
            self.mark(step, True)

    def teardown(self):
        transaction.set_rollback(True)
        self.stack.close()

    def told(self):
        return documents.document(maps.one().get(pk=self.drawn.pk))

    @rule(who=SPONSORS)
    def name(self, who):
        self.sponsor = who
        Map.objects.filter(pk=self.drawn.pk).update(sponsor=getattr(self.world, who) if who else None)

    @rule()
    def edit(self):
        self.count += 1
        steps.add(stage=self.drawn.stages.get(), name=f"Step {self.count}", by=self.world.max)

    @rule(is_major=st.booleans())
    def publish(self, is_major):
        with suppress(versions.NothingChanged, versions.NoSponsor):
            versions.publish(drawn=self.drawn, note="", is_major=is_major, by=self.world.max, now=timezone.now())
            self.major_since |= is_major

    @rule()
    def start(self):
        made = reviews.start(drawn=self.drawn, workspace=self.world.acme, by=self.world.max, now=timezone.now())
        if self.review is None or made.pk != self.review.pk:
            self.done, self.signed_now = set(), False
        self.review = made

    @rule(step=STEP, is_done=st.booleans())
    def mark(self, step, is_done):
        is_open = Review.objects.get(pk=self.review.pk).is_open
        is_kept = self.signed_now and not is_done and step in self.done and step != "share"
        call = {"review": self.review, "step": step, "is_done": is_done, "by": self.world.max, "now": timezone.now()}
        if not is_open or is_kept:
            with pytest.raises(reviews.IsSigned if is_open else reviews.IsOver), transaction.atomic():
                reviews.mark(**call)
            return
        reviews.mark(**call)
        (self.done.add if is_done else self.done.discard)(step)

    @rule(who=PEOPLE)
    def look(self, who):
        self.looks[who] = documents.sha256(self.told())

    @rule(who=PEOPLE, is_fresh=FRESH)
    def sign(self, who, is_fresh):
        if is_fresh:
            self.look(who)
        told, seen = self.told(), self.looks.get(who, "")
        is_open = Review.objects.get(pk=self.review.pk).is_open
        may = is_open and self.sponsor == who and queue.VALIDATED[0] in self.done and queue.VALIDATED[1] in self.done
        call = {"review": self.review, "seen": seen, "comment": "", "by": getattr(self.world, who)}
        if not may or seen != documents.sha256(told):
            with pytest.raises(reviews.ReviewError), transaction.atomic():
                endorsements.sign_off(**call, now=timezone.now())
            return
        made = endorsements.sign_off(**call, now=timezone.now())
        assert made.version.document == told
        self.last, self.major_since, self.signed_now = (made.version.number, told, self.review.pk), False, True

    @rule()
    def second(self):
        """Ivo is asked; he endorses the version signed off last, and no other."""
        endorsements.ask_second(drawn=self.drawn, member=self.world.ivo, by=self.world.max)
        for version in MapVersion.objects.filter(map=self.drawn):
            call = {"version": version, "comment": "", "by": self.world.ivo, "now": timezone.now()}
            if self.last and version.number == self.last[0]:
                assert endorsements.endorse(**call).review_id == self.last[2]
            else:
                with pytest.raises(endorsements.NothingToEndorse), transaction.atomic():
                    endorsements.endorse(**call)

    @precondition(lambda self: self.last)
    @rule(who=PEOPLE)
    def share_and_read(self, who):
        newest = MapVersion.objects.filter(map=self.drawn).first()
        member = getattr(self.world, who)
        with suppress(sharing.BadShare):
            sharing.share(version=newest, text="New", members=[member.pk], by=self.world.vi, now=timezone.now())
            if Review.objects.get(pk=self.review.pk).is_open:
                self.done.add("share")
        sharing.acknowledge(version=newest, by=member, now=timezone.now())

    @rule()
    def close(self):
        is_open = Review.objects.get(pk=self.review.pk).is_open
        call = {"review": self.review, "workspace": self.world.acme, "note": "", "by": self.world.max}
        if not is_open or self.done != set(reviews.ALL):
            with pytest.raises(reviews.ReviewError), transaction.atomic():
                reviews.close(**call, now=timezone.now())
            return
        reviews.close(**call, now=timezone.now())

    @invariant()
    def it_says_what_was_signed(self):
        now, found = self.told(), standing.signed(maps.to_draw().get(pk=self.drawn.pk))
        if self.last is None:
            assert found is None
            return
        number, signed, _review = self.last
        assert (found.number, found.is_carried) == (number, not self.major_since)
        assert found.has_changed == (now != signed)
        assert standing.standing(self.drawn, now).version.document == signed
        for each in Endorsement.objects.select_related("version"):
            assert each.sha256 == each.version.sha256 == documents.sha256(each.version.document)

    @invariant()
    def the_queue_says_how_the_review_stands(self):
        is_open = self.review and Review.objects.get(pk=self.review.pk).is_open
        state = "signed" if self.signed_now else "validated" if set(queue.VALIDATED) <= self.done else "progress"
        found = queue.reviewed(self.world.acme.tzinfo).get(pk=self.drawn.pk).running
        assert found == (state if is_open else "")

    @invariant()
    def who_has_read_was_told(self):
        for version in MapVersion.objects.filter(map=self.drawn):
            told = set(Addressee.objects.filter(version=version).values_list("member", flat=True))
            read = set(Acknowledgement.objects.filter(version=version).values_list("member", flat=True))
            assert read <= told
            assert {each.member.pk for each in readers.readers(version) if each.read_at} == read
