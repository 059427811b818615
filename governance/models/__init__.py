"""What keeps maps true: when each is reviewed, the reviews themselves, and what is confirmed to be right still."""

from governance.models.confirmations import Confirmation
from governance.models.plans import ReviewPlan
from governance.models.reviews import Review, ReviewRecord, ReviewStep

__all__ = ["Confirmation", "Review", "ReviewPlan", "ReviewRecord", "ReviewStep"]
