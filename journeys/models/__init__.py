"""What customers meet: phases, channels, systems, touchpoints, and the journeys and maps that place them."""

from journeys.models.maps import Journey, Map, Stage, Step, TouchpointPlacement
from journeys.models.offers import REMINDER_DAYS, Offer, OwnershipRule
from journeys.models.register import Channel, LifecyclePhase, System
from journeys.models.suggestions import Suggestion
from journeys.models.touchpoints import BulkEdit, Touchpoint, TouchpointImport, TouchpointSystem

__all__ = [
    "REMINDER_DAYS",
    "BulkEdit",
    "Channel",
    "Journey",
    "LifecyclePhase",
    "Map",
    "Offer",
    "OwnershipRule",
    "Stage",
    "Step",
    "Suggestion",
    "System",
    "Touchpoint",
    "TouchpointImport",
    "TouchpointPlacement",
    "TouchpointSystem",
]
