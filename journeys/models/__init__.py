"""What customers meet: the short lists, touchpoints, and the journeys and maps that place them."""

from journeys.models.findings import Finding, FindingPlacement
from journeys.models.involvements import Involvement
from journeys.models.lanes import MapCell, MapLane
from journeys.models.map_files import MapImport
from journeys.models.maps import (
    Evidence,
    Journey,
    Map,
    MapMarket,
    MapPersona,
    MapProduct,
    Stage,
    Step,
    TouchpointPlacement,
)
from journeys.models.offers import REMINDER_DAYS, Offer, OwnershipRule
from journeys.models.pictures import Picture
from journeys.models.planned_paths import PlannedPath
from journeys.models.recovered import RecoveredText
from journeys.models.register import Channel, LifecyclePhase, Market, Persona, Product, Registered, System
from journeys.models.spots import MapSpot
from journeys.models.suggestions import Suggestion
from journeys.models.touchpoints import BulkEdit, Touchpoint, TouchpointImport, TouchpointSystem
from journeys.models.versions import MapTemplate, MapVersion

__all__ = [
    "REMINDER_DAYS",
    "BulkEdit",
    "Channel",
    "Evidence",
    "Finding",
    "FindingPlacement",
    "Involvement",
    "Journey",
    "LifecyclePhase",
    "Map",
    "MapCell",
    "MapImport",
    "MapLane",
    "MapMarket",
    "MapPersona",
    "MapProduct",
    "MapSpot",
    "MapTemplate",
    "MapVersion",
    "Market",
    "Offer",
    "OwnershipRule",
    "Persona",
    "Picture",
    "PlannedPath",
    "Product",
    "RecoveredText",
    "Registered",
    "Stage",
    "Step",
    "Suggestion",
    "System",
    "Touchpoint",
    "TouchpointImport",
    "TouchpointPlacement",
    "TouchpointSystem",
]
