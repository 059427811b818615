"""What keeps maps true: when each is reviewed."""

from governance.models.plans import ReviewPlan

__all__ = ["ReviewPlan"]
