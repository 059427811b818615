"""What customers meet: phases, channels, systems, touchpoints, and the journeys and maps that place them."""

from journeys.models.maps import Journey, Map, Stage, Step, TouchpointPlacement
from journeys.models.register import Channel, LifecyclePhase, System
from journeys.models.touchpoints import BulkEdit, Touchpoint, TouchpointImport, TouchpointSystem

__all__ = [
    "BulkEdit",
    "Channel",
    "Journey",
    "LifecyclePhase",
    "Map",
    "Stage",
    "Step",
    "System",
    "Touchpoint",
    "TouchpointImport",
    "TouchpointPlacement",
    "TouchpointSystem",
]
