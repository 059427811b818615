"""The one role x permission table. docs/permissions.md shows it to people; a test keeps the two the same."""

from enum import StrEnum

from orgs.roles import Role


class Permission(StrEnum):
    WORKSPACE_READ = "workspace.read"  # touchpoints, maps, KPIs and where their numbers come from
    TOUCHPOINT_EDIT = "touchpoint.edit"
    TOUCHPOINT_SUGGEST = "touchpoint.suggest"  # say what a field should be, for those who keep it to decide
    ACCOUNTABILITY_OFFER = "accountability.offer"  # ask a department to answer for a touchpoint
    INVOLVEMENT_EDIT = "involvement.edit"  # say which department does, is asked or is told at a touchpoint
    CONTACT_EDIT = "contact.edit"  # say how a department is reached, when, and how soon it replies
    MAP_EDIT = "map.edit"
    REVIEW_RUN = "review.run"  # say when a map is reviewed, and review it; its owner and its sponsor may as well
    FINDING_EDIT = "finding.edit"  # pains, gains, needs, opportunities; placing them is part of editing a map
    COMMENT_WRITE = "comment.write"  # write, resolve and assign; everybody who reads a record reads its comments
    KPI_DISPUTE = "kpi.dispute"  # say that a number is not right, and reply to those who do
    KPI_OFFICIAL = "kpi.official"  # decide which of several sources of one number counts
    UPDATE_REQUEST = "update.request"  # ask an owner for a status update; a map's sponsor may as well
    HEADLINES_CHOOSE = "headlines.choose"  # which numbers stand at the head of everybody's Overview
    BELIEF_READ = "belief.read"  # what staff believe of customer scores; a lead for the own department, and at once
    DELIVERY_REPORT = "delivery.report"  # say what went live at touchpoints, and what tests of them found
    CONNECTION_MANAGE = "connection.manage"  # set up feeds, upload files, run and cancel
    REJECTED_ROWS_READ = "rejected_rows.read"  # they can hold what customers wrote
    KEYS_MANAGE = "keys.manage"  # make API keys in one's own name, and revoke anybody's
    VIEW_SHARE = "view.share"  # save a view of a list for everybody
    MEMBERS_MANAGE = "members.manage"
    WORKSPACE_MANAGE = "workspace.manage"  # its calendar, departments, and the short lists in its settings
    AUDIT_READ = "audit.read"


P = Permission
_EVERYBODY = {P.WORKSPACE_READ}
_COLLEAGUES = _EVERYBODY | {P.COMMENT_WRITE, P.KPI_DISPUTE, P.VIEW_SHARE, P.TOUCHPOINT_SUGGEST}

GRANTS: dict[Role, set[Permission]] = {
    Role.ADMINISTRATOR: set(Permission),
    Role.EXECUTIVE: _COLLEAGUES
    | {P.ACCOUNTABILITY_OFFER, P.KPI_OFFICIAL, P.UPDATE_REQUEST, P.HEADLINES_CHOOSE}
    | {P.BELIEF_READ},
    Role.DEPARTMENT_LEAD: _COLLEAGUES
    | {P.TOUCHPOINT_EDIT, P.ACCOUNTABILITY_OFFER, P.INVOLVEMENT_EDIT, P.CONTACT_EDIT, P.BELIEF_READ},
    Role.MAP_EDITOR: _COLLEAGUES
    | {P.TOUCHPOINT_EDIT, P.ACCOUNTABILITY_OFFER, P.INVOLVEMENT_EDIT, P.MAP_EDIT, P.REVIEW_RUN, P.FINDING_EDIT}
    | {P.KPI_OFFICIAL, P.UPDATE_REQUEST, P.DELIVERY_REPORT},
    Role.INTEGRATOR: _COLLEAGUES | {P.CONNECTION_MANAGE, P.REJECTED_ROWS_READ, P.KEYS_MANAGE, P.DELIVERY_REPORT},
    Role.CONTRIBUTOR: _COLLEAGUES,
    Role.VIEWER: _EVERYBODY,
}

# A department lead holds these only for what the lead's own departments are accountable for, and for their own roles.
ONLY_OWN_DEPARTMENT = {
    (Role.DEPARTMENT_LEAD, each)
    for each in (P.TOUCHPOINT_EDIT, P.ACCOUNTABILITY_OFFER, P.INVOLVEMENT_EDIT, P.CONTACT_EDIT, P.BELIEF_READ)
}

# What being the steward of a record grants, whatever the roles: for that very record alone.
STEWARD_GRANTS = {P.TOUCHPOINT_EDIT}

# What owning a record grants, in the same way.
OWNER_GRANTS = {P.FINDING_EDIT, P.REVIEW_RUN}

# What sponsoring one does.
SPONSOR_GRANTS = {P.REVIEW_RUN}

# What being asked to review one does, for a record that carries `reviewer_ids`.
REVIEWER_GRANTS = {P.REVIEW_RUN}


class KeyScope(StrEnum):
    """What an API key may be made for. A key never does more than its maker's roles grant as well."""

    TOUCHPOINTS_READ = "touchpoints:read"
    TOUCHPOINTS_WRITE = "touchpoints:write"
    FINDINGS_READ = "findings:read"
    FINDINGS_WRITE = "findings:write"
    KPIS_READ = "kpis:read"
    READINGS_READ = "readings:read"
    EXPECTATIONS_READ = "expectations:read"
    RESULTS_WRITE = "results:write"
    RELEASES_READ = "releases:read"
    RELEASES_WRITE = "releases:write"
