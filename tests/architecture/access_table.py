"""Who gets which answer from every URL: one row per URL name. A URL without a row fails test_every_url.py.

Everybody inside Acme but the named few gets 403; Ann of another company gets 404, as for an address that does not
exist; anonymous people are sent to sign-in. Rows outside a workspace say their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MEMBERS = ("ada", "eli", "lea", "max", "ivo", "con", "vi")
ALL = frozenset(MEMBERS)
EDITORS = frozenset({"ada", "max"})
ADMINISTRATORS = frozenset({"ada"})
INTEGRATORS = frozenset({"ada", "ivo"})
COLLEAGUES = ALL - {"vi"}  # everybody with a role above viewer
KEEPERS = frozenset({"ada", "max", "lea"})  # of touchpoints, some of only their own
REVIEWERS = KEEPERS  # of the planted map: those who may by their role, and who leads a department that was asked to
REPORTERS = frozenset({"ada", "max", "ivo"})  # of releases and results
LEADERS = frozenset({"ada", "lea"})  # who says how the planted department is reached
OFFERERS = KEEPERS | {"eli"}
SUGGESTERS = COLLEAGUES - EDITORS  # who may edit it edits it; Lea's department has not accepted the planted one
OWNER = frozenset({"ada"})  # of the planted KPI, and who planted the rest
SPONSOR = frozenset({"ada"})  # of the planted map, whose second endorser she is made as well
ASKERS = frozenset({"ada", "eli", "max"})  # who may ask an owner for an update by their role
BELIEVERS = frozenset({"ada", "eli", "lea"})  # who may read what staff believe
SIGN_IN = 302  # to the sign-in page; tests look where to


@dataclass(frozen=True)
class Answer:
    """What each person gets. `data` is posted; `then` is the status for those who may."""

    may: frozenset[str] = ALL
    then: int = 200
    ann: int = 404
    anonymous: int = SIGN_IN
    others: int = 403  # inside Acme, but not among those who may
    data: Mapping[str, Any] = field(default_factory=dict)

    def of(self, person: str) -> int:
        outside = {"ann": self.ann, "anonymous": self.anonymous}
        return outside.get(person, self.then if person in self.may else self.others)


@dataclass(frozen=True)
class Row:
    """The answers of one URL; `about` names the planted row its pk is of, `shows` that Acme's words stand on it."""

    get: Answer = Answer()
    post: Answer = Answer(then=405)
    about: str = ""
    shows: bool = False


NO_POST = Answer(then=405)
NO_EXAMPLE = Answer(then=404)  # Acme is a real company: such a page has an example alone
READ = Row(shows=True)
FOR_ALL_SIGNED_IN = Answer(ann=200)
PUBLIC = Answer(ann=200, anonymous=200)

NO_POST_PUBLIC = Answer(then=405, ann=405, anonymous=405)
NO_INVITATION = Answer(then=404, ann=404, anonymous=404)  # the token of the table is nobody's


def managed(about: str = "", *, post: Answer | None = None, shows: bool = True) -> Row:
    """A page for administrators alone; what is posted to it empty is explained."""
    return Row(get=Answer(ADMINISTRATORS), post=post or Answer(ADMINISTRATORS, then=422), about=about, shows=shows)


def decided(about: str) -> Row:
    """A form that whoever may review the map fills in; what is posted to it empty is explained."""
    return Row(get=Answer(REVIEWERS), post=Answer(REVIEWERS, then=422), about=about, shows=True)


def pressed(about: str, data: Mapping[str, Any] | None = None) -> Row:
    """A button for administrators alone."""
    return Row(get=NO_POST, post=Answer(ADMINISTRATORS, then=302, data=data or {}), about=about)


def registered(kind: str) -> dict[str, Row]:
    """The settings pages of personas, products or markets; the planted one is of a map, so it cannot be removed."""
    return {
        f"{kind}s": managed(),
        kind: managed(kind),
        f"{kind}_archive": pressed(kind),
        f"{kind}_removal": managed(kind, post=Answer(ADMINISTRATORS, then=409)),
    }


API = Answer(anonymous=401)
API_CLOSED = Answer(then=405, anonymous=401)


def public(post: Answer) -> Row:
    return Row(get=PUBLIC, post=post)


TABLE: dict[str, Row] = {
    # Outside any workspace
    "readyz": public(Answer(then=405, ann=405, anonymous=405)),
    "gallery": Row(get=FOR_ALL_SIGNED_IN, post=Answer(then=405, ann=405)),
    "signed_results": Row(get=Answer(then=405, ann=405, anonymous=405), post=Answer(then=404, ann=404, anonymous=404)),
    "hook": Row(get=Answer(then=405, ann=405, anonymous=405), post=Answer(then=404, ann=404, anonymous=404)),
    "home": Row(get=Answer(then=302, ann=302), post=Answer(then=405, ann=405)),
    "example": Row(get=NO_EXAMPLE),
    "example_removal": Row(get=NO_EXAMPLE, post=NO_EXAMPLE),
    "example_own": Row(get=NO_EXAMPLE, post=NO_EXAMPLE),
    "visit_link": Row(get=NO_POST, post=NO_EXAMPLE, about="member"),
    "visit": Row(get=NO_INVITATION, post=NO_INVITATION),
    "account_set_password": Row(get=Answer(then=302, ann=302), post=Answer(then=405, ann=405)),
    "profile": Row(get=FOR_ALL_SIGNED_IN, post=Answer(then=422, ann=422)),
    "join": Row(get=NO_INVITATION, post=NO_INVITATION),
    "unsubscribe": Row(get=NO_INVITATION, post=NO_INVITATION),
    "theme": Row(get=Answer(then=405, ann=405), post=Answer(then=302, ann=302, data={"theme": "dark"})),
    "account_login": Row(get=Answer(then=302, ann=302, anonymous=200), post=Answer(then=302, ann=302, anonymous=200)),
    "account_logout": Row(get=Answer(ann=200), post=Answer(then=302, ann=302)),
    "account_inactive": Row(get=PUBLIC, post=Answer(then=405, ann=405, anonymous=405)),
    "account_change_password": Row(get=FOR_ALL_SIGNED_IN, post=FOR_ALL_SIGNED_IN),
    "account_reset_password": Row(get=PUBLIC, post=PUBLIC),
    "account_reset_password_done": Row(get=PUBLIC, post=Answer(then=405, ann=405, anonymous=405)),
    "account_reset_password_from_key": Row(get=PUBLIC, post=PUBLIC),
    "account_reset_password_from_key_done": Row(get=PUBLIC, post=Answer(then=405, ann=405, anonymous=405)),
    # A workspace
    "workspace_home": Row(),
    "search": Row(),
    "inbox": Row(),
    "inbox_marks": Row(get=NO_POST, post=Answer(then=302)),
    "chats": managed(),
    "chat": managed("chat"),
    "chat_test": pressed("chat"),
    "chat_switch": pressed("chat"),
    "chat_removal": managed("chat", post=Answer(ADMINISTRATORS, then=302)),
    "mail_choices": Row(post=Answer(then=422)),
    "mail_links": Row(get=NO_POST, post=Answer(then=302)),
    "mute_removal": Row(get=NO_POST, post=Answer(OWNER, then=302, others=404), about="mute"),
    "notification_mute": Row(
        get=Answer(OWNER, others=404), post=Answer(OWNER, then=302, others=404), about="notification", shows=True
    ),
    "notification": Row(
        get=Answer(OWNER, then=302, others=404), post=Answer(OWNER, then=302, others=404), about="notification"
    ),
    "comment_people": Row(get=Answer(COLLEAGUES)),
    "comment": Row(get=Answer(then=302), about="comment"),
    "comment_replies": Row(get=NO_POST, post=Answer(COLLEAGUES, then=422), about="comment"),
    "comment_text": Row(get=Answer(OWNER), post=Answer(OWNER, then=422), about="comment", shows=True),
    "comment_deletion": Row(get=Answer(OWNER), post=Answer(OWNER, then=302), about="comment", shows=True),
    "comment_resolution": Row(get=NO_POST, post=Answer(COLLEAGUES, then=302), about="comment"),
    "comment_assignment": Row(get=Answer(COLLEAGUES), post=Answer(COLLEAGUES, then=302), about="comment", shows=True),
    "comment_completion": Row(get=NO_POST, post=Answer(frozenset(), then=302), about="comment"),
    "touchpoint_comments": Row(post=Answer(COLLEAGUES, then=422), about="touchpoint", shows=True),
    "map_comments": Row(post=Answer(COLLEAGUES, then=422), about="map", shows=True),
    "map_presence": Row(get=NO_POST, post=Answer(then=422), about="map"),
    "recovered": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=204), about="map", shows=True),
    "recovered_cell": Row(get=NO_POST, post=Answer(EDITORS, then=422), about="recovered"),
    "recovered_removal": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="recovered"),
    "map_cells": Row(get=Answer(then=404), about="map"),
    "map_cell_comments": Row(get=Answer(then=404), post=Answer(then=404), about="map"),
    "map_spot_comments": Row(post=Answer(COLLEAGUES, then=422), about="spot", shows=True),
    "kpi_comments": Row(post=Answer(COLLEAGUES, then=422), about="kpi", shows=True),
    "touchpoints": READ,
    "touchpoints_csv": READ,
    "overview": READ,
    "overview_seen": Row(get=NO_POST, post=Answer(then=302)),
    "headlines": Row(post=Answer(then=302), shows=True),
    "journey_health": Row(about="journey", shows=True),
    "touchpoint": Row(about="touchpoint", shows=True),
    "touchpoint_impact": Row(about="touchpoint", shows=True),
    "touchpoint_impact_csv": Row(about="touchpoint", shows=True),
    "finding_impact": Row(about="finding", shows=True),
    "finding_impact_csv": Row(about="finding", shows=True),
    "touchpoint_field": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="touchpoint", shows=True),
    "touchpoint_history": Row(about="touchpoint", shows=True),
    "touchpoint_undo": Row(get=NO_POST, post=Answer(EDITORS, then=404), about="touchpoint"),
    "touchpoint_new": Row(get=Answer(KEEPERS), post=Answer(KEEPERS, then=422)),
    "touchpoints_alike": Row(),
    "touchpoints_bulk": Row(get=Answer(KEEPERS), post=Answer(KEEPERS, then=422)),
    "bulk_edit_undo": Row(get=Answer(OWNER), post=Answer(OWNER, then=302), about="bulk_edit"),
    "touchpoints_import": Row(get=Answer(KEEPERS), post=Answer(KEEPERS, then=422)),
    "touchpoint_import": Row(get=Answer(OWNER), post=Answer(OWNER, then=409), about="import", shows=True),
    "touchpoint_merge": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="touchpoint", shows=True),
    "touchpoint_archive": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=409), about="touchpoint", shows=True),
    "touchpoint_restoration": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=302), about="touchpoint", shows=True),
    "channel_register": READ,
    "channel_register_csv": READ,
    "ownership": READ,
    "ownership_csv": READ,
    "ownership_many": Row(get=Answer(KEEPERS), post=Answer(KEEPERS, then=422)),
    "involvements": Row(about="touchpoint", shows=True),
    "involvement": Row(get=Answer(KEEPERS, then=404), post=Answer(KEEPERS, then=404), about="touchpoint"),
    "contacts": READ,
    "contacts_csv": READ,
    "contact": Row(get=Answer(LEADERS), post=Answer(LEADERS, then=409), about="department", shows=True),
    "unowned": READ,
    "unowned_csv": READ,
    "unowned_offers": Row(get=Answer(OFFERERS), post=Answer(OFFERERS, then=422)),
    "touchpoint_offers": Row(
        get=Answer(EDITORS | {"eli"}), post=Answer(EDITORS | {"eli"}, then=422), about="touchpoint", shows=True
    ),
    "touchpoint_claim": Row(get=NO_POST, post=Answer(frozenset(), then=302), about="touchpoint"),
    "touchpoint_giving_up": Row(get=Answer(frozenset()), post=Answer(frozenset()), about="touchpoint"),
    "offer": Row(about="offer", shows=True),
    "offer_acceptance": Row(get=NO_POST, post=Answer(frozenset({"lea"}), then=302), about="offer"),
    "offer_refusal": Row(get=NO_POST, post=Answer(frozenset({"lea"}), then=422), about="offer"),
    "offer_withdrawal": Row(get=NO_POST, post=Answer(EDITORS | {"eli"}, then=302), about="offer"),
    "touchpoint_suggestions": Row(
        get=Answer(SUGGESTERS), post=Answer(SUGGESTERS, then=422), about="touchpoint", shows=True
    ),
    "suggestion": Row(about="suggestion", shows=True),
    "suggestion_acceptance": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="suggestion"),
    "suggestion_refusal": Row(get=NO_POST, post=Answer(EDITORS, then=422), about="suggestion"),
    "suggestion_withdrawal": Row(get=NO_POST, post=Answer(OWNER, then=302), about="suggestion"),
    "ownership_settings": managed(shows=False),
    "saved_views": Row(post=Answer(then=422), shows=True),
    "saved_view": Row(get=Answer(OWNER), post=Answer(OWNER, then=422), about="saved_view", shows=True),
    "saved_view_deletion": Row(get=NO_POST, post=Answer(OWNER, then=302), about="saved_view"),
    "journeys": READ,
    "journey_layers": READ,
    "journeys_csv": READ,
    "journey_new": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422)),
    "map": Row(about="map", shows=True),
    "map_flow": Row(about="map", shows=True),
    "maps_import": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422)),
    "map_import": Row(get=Answer(OWNER), post=Answer(OWNER, then=422), about="map_import", shows=True),
    "map_import_meaning": Row(get=Answer(OWNER, then=302), post=Answer(OWNER, then=302), about="map_import"),
    "map_json": Row(about="map", shows=True),
    "map_xlsx": Row(about="map"),
    "map_versions": Row(post=Answer(EDITORS, then=422), about="map", shows=True),
    "map_copies": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="map", shows=True),
    "map_template_new": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="map", shows=True),
    "map_templates": Row(get=Answer(EDITORS), shows=True),
    "map_template": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="map_template", shows=True),
    "map_template_removal": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="map_template"),
    "map_template_maps": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="map_template", shows=True),
    "map_comparison": Row(about="map", shows=True),
    "map_version": Row(about="version", shows=True),
    "map_version_xlsx": Row(about="version"),
    "map_version_restoration": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="version"),
    "map_details": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="map", shows=True),
    "map_archival": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="map"),
    "map_restoration": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="map"),
    "map_outline": Row(get=Answer(EDITORS), about="map", shows=True),
    "outline_undo": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="map"),
    "stages": Row(get=NO_POST, post=Answer(EDITORS, then=302, data={"name": "Buy"}), about="map"),
    "stage": Row(get=NO_POST, post=Answer(EDITORS, then=422), about="stage"),
    "stage_position": Row(get=NO_POST, post=Answer(EDITORS, then=409, data={"to": "0"}), about="stage"),
    "stage_deletion": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="stage"),
    "steps": Row(get=NO_POST, post=Answer(EDITORS, then=302, data={"name": "I pay"}), about="stage"),
    "step": Row(get=NO_POST, post=Answer(EDITORS, then=422), about="step"),
    "step_evidence": Row(get=NO_POST, post=Answer(EDITORS, then=422, data={"evidence": "validated"}), about="step"),
    "step_position": Row(get=NO_POST, post=Answer(EDITORS, then=409, data={"to": "up"}), about="step"),
    "step_deletion": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="step"),
    "stage_overlap": Row(get=NO_POST, post=Answer(EDITORS, then=409, data={"is_overlapping": "yes"}), about="stage"),
    "step_child": Row(get=NO_POST, post=Answer(EDITORS, then=422, data={"child": "0"}), about="step"),
    "planned_paths": Row(get=NO_POST, post=Answer(EDITORS, then=422), about="step"),
    "planned_path": Row(get=NO_POST, post=Answer(EDITORS, then=422, data={"label": "x" * 201}), about="path"),
    "planned_path_removal": Row(get=NO_POST, post=Answer(EDITORS, then=200), about="path"),
    "reviews": READ,
    "reviews_csv": READ,
    "review_alignment": Row(post=Answer(then=422)),
    "calendar": Row(get=NO_INVITATION, post=NO_POST_PUBLIC),
    "review_month": READ,
    "calendar_feed": Row(post=Answer(then=200)),
    "calendar_feed_revocation": Row(get=NO_POST, post=Answer(then=302)),
    "confirmations": Row(post=Answer(then=302)),
    "map_review": Row(post=Answer(REVIEWERS, then=302), about="map", shows=True),
    "review_steps": Row(get=NO_POST, post=Answer(REVIEWERS, then=302), about="review"),
    "review_closure": Row(get=NO_POST, post=Answer(REVIEWERS, then=302), about="review"),
    "review_sign_off": Row(get=NO_POST, post=Answer(SPONSOR, then=409), about="review"),  # of a map that changed
    "review_changes": Row(get=NO_POST, post=Answer(SPONSOR, then=302, data={"text": "Why"}), about="review"),
    "version_endorsement": Row(get=NO_POST, post=Answer(SPONSOR, then=302), about="signed_version"),
    "version_readers": Row(about="signed_version", shows=True),
    "version_acknowledgement": Row(get=NO_POST, post=Answer(SPONSOR, then=302), about="signed_version"),  # told alone
    "version_reminder": Row(get=NO_POST, post=Answer(REVIEWERS, then=302), about="signed_version"),
    "map_sharing": Row(get=Answer(REVIEWERS), post=Answer(REVIEWERS, then=422), about="map", shows=True),
    "second_endorser": Row(get=Answer(REVIEWERS), post=Answer(REVIEWERS, then=302), about="map"),
    "map_reviews": Row(about="map", shows=True),
    "map_reviews_decided": Row(about="map", shows=True),
    "finding_confirmations": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="finding"),
    "touchpoint_confirmations": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="touchpoint"),
    "map_reviewers": Row(get=Answer(REVIEWERS), post=Answer(REVIEWERS, then=302), about="map", shows=True),
    "review_early": Row(get=Answer(SPONSOR), post=Answer(SPONSOR, then=422), about="map"),
    "review_early_refusal": decided("map"),
    "review_delegation": decided("map"),
    "review_return": decided("map"),
    "review_postponement": decided("map"),
    "review_skip": decided("map"),
    "review_plan": Row(get=Answer(REVIEWERS), post=Answer(REVIEWERS, then=422), about="map", shows=True),
    "releases": Row(about="touchpoint", shows=True),
    "release_new": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="touchpoint", shows=True),
    "release": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="release", shows=True),
    "release_removal": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="release"),
    "expectations": READ,
    "expectations_csv": READ,
    "expectation": Row(about="expectation", shows=True),
    "expectation_new": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="touchpoint", shows=True),
    "expectation_terms": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="expectation", shows=True),
    "expectation_secrets": Row(get=NO_POST, post=Answer(REPORTERS), about="expectation"),
    "expectation_retirement": Row(get=NO_POST, post=Answer(REPORTERS, then=302), about="expectation"),
    "expectation_ending": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="expectation"),
    "handoffs": READ,
    "handoffs_csv": READ,
    "handoff": Row(about="handoff", shows=True),
    "handoff_new": Row(get=Answer(KEEPERS), post=Answer(KEEPERS, then=422), about="touchpoint", shows=True),
    "handoff_terms": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="handoff", shows=True),
    "handoff_agreement": Row(get=NO_POST, post=Answer(frozenset(), then=302), about="handoff"),
    "handoff_objection": Row(get=NO_POST, post=Answer(frozenset(), then=302), about="handoff"),
    "handoff_ending": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="handoff"),
    "governance": READ,
    "sponsors_csv": READ,
    "map_sponsor": Row(post=Answer(EDITORS, then=422), about="map", shows=True),
    "handover_acceptance": Row(get=NO_POST, post=Answer(OWNER, then=302), about="handover"),
    "handover_refusal": Row(get=NO_POST, post=Answer(OWNER, then=302), about="handover"),
    "handover_withdrawal": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="handover"),
    "findings": READ,
    "findings_csv": READ,
    "finding": Row(about="finding", shows=True),
    "finding_new": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422)),
    "finding_field": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="finding", shows=True),
    "finding_merge": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="finding", shows=True),
    "finding_comments": Row(post=Answer(COLLEAGUES, then=422), about="finding", shows=True),
    "finding_archival": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="finding"),
    "finding_restoration": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="finding"),
    "step_findings": Row(get=Answer(EDITORS), post=Answer(EDITORS, then=422), about="step", shows=True),
    "finding_placement_position": Row(
        get=Answer(EDITORS), post=Answer(EDITORS, then=302, data={"to": "up"}), about="finding_placement", shows=True
    ),
    "finding_placement_removal": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="finding_placement"),
    "step_touchpoints": Row(get=Answer(EDITORS), about="step", shows=True),
    "placements": Row(get=NO_POST, post=Answer(EDITORS, then=422), about="step"),
    "stage_menu": Row(get=Answer(EDITORS), about="stage", shows=True),
    "stage_copies": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="stage"),
    "step_menu": Row(get=Answer(EDITORS), about="step", shows=True),
    "step_copies": Row(get=NO_POST, post=Answer(EDITORS, then=302), about="step"),
    "lanes": Row(get=NO_POST, post=Answer(EDITORS, then=302, data={"kind": "notes"}), about="map"),
    "lanes_menu": Row(get=Answer(EDITORS), about="map"),
    "lane": Row(get=NO_POST, post=Answer(EDITORS, then=302, data={"was": "Owners", "name": "Who"}), about="map"),
    "lane_menu": Row(get=Answer(EDITORS), about="map"),
    "lane_position": Row(get=NO_POST, post=Answer(EDITORS, then=302, data={"to": "up"}), about="map"),
    "lane_display": Row(get=NO_POST, post=Answer(EDITORS, then=302, data={"is_hidden": "yes"}), about="map"),
    "lane_persona": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="map"),
    "lane_copies": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="map"),
    "lane_deletion": Row(get=NO_POST, post=Answer(EDITORS, then=409), about="map"),
    "map_picture": Row(get=Answer(then=404), post=Answer(EDITORS, then=404), about="lane"),
    "picture": Row(get=Answer(then=404)),
    "map_cell": Row(get=Answer(EDITORS, then=404), post=Answer(EDITORS, then=404), about="lane"),
    "placement_position": Row(
        get=Answer(EDITORS), post=Answer(EDITORS, then=302, data={"to": "up"}), about="placement", shows=True
    ),
    "placement_removal": Row(get=NO_POST, post=Answer(EDITORS, then=200), about="placement"),
    "kpi": Row(about="kpi", shows=True),
    "kpi_csv": Row(about="kpi"),
    "kpi_readings": Row(about="kpi", shows=True),
    "kpi_svg": Row(about="kpi"),
    "kpi_png": Row(about="kpi"),
    "kpi_official": Row(get=Answer(ASKERS), post=Answer(ASKERS, then=422), about="kpi", shows=True),
    "kpi_definition": Row(
        get=Answer(EDITORS), post=Answer(EDITORS, then=422, data={"counts": "much"}), about="kpi", shows=True
    ),
    "kpi_target": Row(
        get=Answer(EDITORS), post=Answer(EDITORS, then=422, data={"value": "much"}), about="kpi", shows=True
    ),
    "kpi_owner": Row(
        get=Answer(EDITORS), post=Answer(EDITORS, then=422, data={"owner": "nobody"}), about="kpi", shows=True
    ),
    "kpi_certification": Row(get=Answer(OWNER), post=Answer(OWNER, then=422), about="kpi", shows=True),
    "kpi_disputes": Row(get=Answer(COLLEAGUES), post=Answer(COLLEAGUES, then=422), about="kpi", shows=True),
    "dispute_replies": Row(get=Answer(COLLEAGUES), post=Answer(COLLEAGUES, then=422), about="dispute", shows=True),
    "dispute_outcome": Row(get=Answer(OWNER), post=Answer(OWNER, then=422), about="dispute", shows=True),
    "kpi_updates": Row(post=Answer(OWNER, then=422), about="kpi", shows=True),
    "touchpoint_updates": Row(post=Answer(frozenset()), about="touchpoint", shows=True),
    "map_updates": Row(post=Answer(OWNER, then=422), about="map", shows=True),
    "kpi_update_requests": Row(get=Answer(ASKERS), post=Answer(ASKERS, then=422), about="kpi", shows=True),
    "touchpoint_update_requests": Row(
        get=Answer(ASKERS), post=Answer(ASKERS, then=422), about="touchpoint", shows=True
    ),
    "map_update_requests": Row(get=Answer(ASKERS), post=Answer(ASKERS, then=422), about="map", shows=True),
    "kpi_actions": Row(about="kpi", shows=True),
    "touchpoint_actions": Row(about="touchpoint", shows=True),
    "map_actions": Row(about="map", shows=True),
    "update_requests": READ,
    "update_requests_csv": READ,
    "update_request_refusal": Row(
        get=Answer(ADMINISTRATORS), post=Answer(ADMINISTRATORS, then=422), about="update_request", shows=True
    ),
    "update_request_withdrawal": Row(get=NO_POST, post=Answer(OWNER, then=302), about="update_request"),
    "comparison": READ,
    "comparison_csv": READ,
    "pulse": Row(post=Answer(then=422), shows=True),
    "pulse_settings": managed(post=Answer(ADMINISTRATORS, then=302)),
    "belief": Row(get=Answer(BELIEVERS), shows=True),
    "belief_csv": Row(get=Answer(BELIEVERS), shows=True),
    "off_target": Row(),
    "off_target_csv": Row(),
    # The API: keys have tests of their own (tests/api); here are people with their sessions
    "api_kpis": Row(get=API, post=API_CLOSED, shows=True),
    "api_kpi": Row(get=API, post=API_CLOSED, about="kpi", shows=True),
    "api_readings": Row(get=API, post=API_CLOSED, about="kpi"),
    "api_touchpoints": Row(get=API, post=Answer(KEEPERS, then=415, anonymous=401), shows=True),
    "api_touchpoint": Row(get=API, post=API_CLOSED, about="touchpoint", shows=True),
    "api_touchpoint_archival": Row(get=API_CLOSED, post=Answer(EDITORS, then=428, anonymous=401), about="touchpoint"),
    "api_touchpoint_restoration": Row(get=API_CLOSED, post=Answer(EDITORS, anonymous=401), about="touchpoint"),
    "api_touchpoint_history": Row(get=API, post=API_CLOSED, about="touchpoint", shows=True),
    "api_findings": Row(get=API, post=Answer(EDITORS, then=415, anonymous=401), shows=True),
    "api_finding": Row(get=API, post=API_CLOSED, about="finding", shows=True),
    "api_finding_archival": Row(get=API_CLOSED, post=Answer(EDITORS, then=428, anonymous=401), about="finding"),
    "api_finding_restoration": Row(get=API_CLOSED, post=Answer(EDITORS, anonymous=401), about="finding"),
    "api_finding_history": Row(get=API, post=API_CLOSED, about="finding", shows=True),
    "api_expectations": Row(get=API, post=API_CLOSED, shows=True),
    "api_expectation": Row(get=API, post=API_CLOSED, about="expectation", shows=True),
    "api_releases": Row(get=API, post=Answer(REPORTERS, then=415, anonymous=401), about="touchpoint", shows=True),
    "api_results": Row(get=API, post=Answer(REPORTERS, then=415, anonymous=401), about="expectation", shows=True),
    "api_schema": Row(get=API, post=API_CLOSED),
    "api_nothing": Row(get=Answer(then=404, anonymous=401), post=Answer(then=404, anonymous=401)),
    "api_reference": Row(),
    "keys": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422), shows=True),
    "key_revocation": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="key"),
    "people": READ,
    "people_csv": READ,
    "member": managed("member", post=Answer(ADMINISTRATORS, then=409, data={"roles": "viewer"})),
    "member_removal": managed("member", post=Answer(ADMINISTRATORS, then=302)),
    "invitations": managed(),
    "invitation_link": managed(shows=False),
    "invitation_list": managed(shows=False),
    "invitation_revoke": pressed("invitation"),
    "invitation_renew": pressed("invitation"),
    "settings": managed(shows=False),
    "departments": managed(shows=False),
    "department": managed("department", shows=False),
    "department_archive": pressed("department"),
    "phases": managed(shows=False),
    "phase": managed("phase", shows=False),
    "phase_position": pressed("phase", {"move": "up"}),
    "channels": managed(),
    "channel": managed("channel"),
    "systems": managed(),
    "system": managed("system"),
    **registered("persona"),
    **registered("product"),
    **registered("market"),
    "connections": READ,
    "connections_csv": READ,
    "data_sheet": Row(),
    "feed": Row(about="http_feed", shows=True),
    "feed_schedule": Row(
        get=NO_POST, post=Answer(INTEGRATORS, then=422, data={"interval": "often"}), about="http_feed"
    ),
    "feed_limits": Row(get=NO_POST, post=Answer(INTEGRATORS, then=422, data={"at_once": "0"}), about="http_feed"),
    "feed_telling": Row(get=NO_POST, post=Answer(INTEGRATORS, then=422, data={"tells": "much"}), about="http_feed"),
    "feed_backfill": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422), about="http_feed", shows=True),
    "feed_run": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="http_feed"),
    "feed_pause": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="http_feed"),
    "feed_resume": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="http_feed"),
    "connection_new": Row(get=Answer(INTEGRATORS)),
    "connection_of": Row(get=Answer(INTEGRATORS, then=404), post=Answer(INTEGRATORS, then=404)),  # it has its own page
    "feed_settings": Row(get=Answer(INTEGRATORS, then=302), post=Answer(INTEGRATORS, then=302), about="http_feed"),
    "http_json_new": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422)),
    "http_json": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422), about="http_feed", shows=True),
    "push_new": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422)),
    "push": Row(about="push_feed", shows=True),
    "push_settings": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422), about="push_feed", shows=True),
    "push_secrets": Row(get=NO_POST, post=Answer(INTEGRATORS, then=422, data={"secret": "short"}), about="push_feed"),
    "push_retirement": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="push_feed"),
    "folder_new": Row(get=Answer(INTEGRATORS, then=422), post=Answer(INTEGRATORS, then=422)),
    "address_new": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422)),
    "supply": Row(about="supplied", shows=True),
    "supply_settings": Row(
        get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422, data={"url": ""}), about="supplied", shows=True
    ),
    "supply_look": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="supplied"),
    "supply_again": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="supplied"),
    "upload_new": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422)),
    "upload": Row(get=Answer(INTEGRATORS), post=Answer(INTEGRATORS, then=422), about="file", shows=True),
    "run": Row(about="run", shows=True),
    "run_cancel": Row(get=NO_POST, post=Answer(INTEGRATORS, then=302), about="run"),
    "rejected_rows": Row(get=Answer(INTEGRATORS), about="run", shows=True),
    "rejected_rows_csv": Row(get=Answer(INTEGRATORS), about="run", shows=True),
}
OTHER_ARGUMENTS = {
    "touchpoint_field": {"key": "name"},
    "finding_field": {"key": "name"},
    "step_findings": {"kind": "need"},
    "lane": {"key": "owners"},
    "lane_menu": {"key": "owners"},
    "lane_position": {"key": "owners"},
    "lane_display": {"key": "owners"},
    "map_cell_comments": {"key": "owners", "step": "999999999"},
    "map_picture": {"step": "999999999"},
    "picture": {"sha256": "0" * 64},
    "lane_persona": {"key": "owners"},
    "lane_copies": {"key": "owners"},
    "lane_deletion": {"key": "owners"},
    "map_cell": {"step": "999999999"},
    "involvement": {"department": "999999999"},
    "touchpoint_undo": {"entry": "999999999"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "calendar": {"token": "1-nobody"},
    "hook": {"token": "1-nobody"},
    "signed_results": {"token": "1-nobody"},
    "connection_of": {"kind": "http_json"},
    "data_sheet": {"kind": "file"},
    "join": {"token": "1-nobody"},
    "visit": {"token": "1-nobody"},
    "unsubscribe": {"token": "1-nobody"},
    "api_nothing": {"rest": "v1/nothing/"},
}
