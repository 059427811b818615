"""What keeps maps true: when each is reviewed and by whom, the reviews, and what is confirmed to be right still."""

from governance.models.calendars import CalendarFeed
from governance.models.confirmations import Confirmation
from governance.models.early import EarlyCause
from governance.models.endorsements import Endorsement, SecondEndorser
from governance.models.expectations import Expectation, ExpectationCheck
from governance.models.handoffs import HandOff, HandOffWord
from governance.models.handovers import Handover
from governance.models.plans import ReviewPlan
from governance.models.releases import Release
from governance.models.reviewers import Reminder, Reviewer
from governance.models.reviews import Review, ReviewRecord, ReviewStep
from governance.models.sharing import Acknowledgement, Addressee, ChangeNote
from governance.models.signed import SignedAddress

__all__ = [
    "Acknowledgement",
    "Addressee",
    "ChangeNote",
    "CalendarFeed",
    "Confirmation",
    "EarlyCause",
    "Endorsement",
    "Expectation",
    "ExpectationCheck",
    "HandOff",
    "HandOffWord",
    "Handover",
    "Release",
    "Reminder",
    "Review",
    "ReviewPlan",
    "ReviewRecord",
    "ReviewStep",
    "Reviewer",
    "SecondEndorser",
    "SignedAddress",
]
