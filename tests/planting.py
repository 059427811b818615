"""Puts a row into every table of the workspace in scope, each carrying one word, so that a leak of any is seen."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from connectors.models import (
    Connection,
    ConnectionSecret,
    Feed,
    FileChunk,
    FilePart,
    PushMessage,
    PushRow,
    RejectedRow,
    SigningSecret,
    Supply,
    SyncRun,
    TakenFile,
    UploadedFile,
    Webhook,
)
from cxhub.lib.secrets import Sealed
from governance.models import (
    Addressee,
    ChangeNote,
    EarlyCause,
    Expectation,
    ExpectationCheck,
    HandOff,
    HandOffWord,
    Handover,
    Release,
    Reminder,
    Reviewer,
    ReviewRecord,
    SecondEndorser,
    SignedAddress,
)
from governance.services import calendars, confirmations, endorsements, plans, sharing
from governance.services import reviews as reviewing
from insights.measures.base import Scale
from insights.measures.parts import ScoreParts
from insights.models import (
    Dispute,
    Guess,
    HeadlineKpi,
    Kpi,
    OverviewSeen,
    Pulse,
    PulseAnswer,
    PulsePick,
    PulsePlan,
    PulseQuestion,
    Restatement,
    ToldBelief,
    UpdateRequest,
)
from insights.pipelines import readings
from insights.services import kpis, sources, trust, updates
from journeys.models import (
    BulkEdit,
    Finding,
    Involvement,
    LifecyclePhase,
    MapImport,
    Market,
    Offer,
    OwnershipRule,
    Persona,
    Picture,
    PlannedPath,
    Product,
    System,
    TouchpointImport,
    TouchpointSystem,
)
from journeys.pipelines.map_import import parts
from journeys.queries import cells as cell_rows
from journeys.queries import documents
from journeys.queries import maps as map_rows
from journeys.queries.documents import SCHEMA
from journeys.queries.lanes import text_kind
from journeys.services import (
    cells,
    channels,
    finding_placements,
    findings,
    lanes,
    maps,
    planned_paths,
    recovered,
    registers,
    spots,
    steps,
    suggestions,
    templates,
    touchpoints,
    versions,
)
from journeys.services.recovered import Where
from orgs import tokens
from orgs.models import (
    ApiKey,
    Chat,
    ChatPost,
    Contact,
    Department,
    Digest,
    MailChoice,
    MailTimes,
    Member,
    Mute,
    Notification,
    SavedView,
    User,
)
from orgs.roles import Role
from orgs.services import comments, invitations, keys, members
from tests.days import local_today

DAY = date(2018, 5, 7)


def fill(word: str, *, by: Member, department: Department) -> dict[str, Any]:
    """Plant the rows and return those that pages are about, by the name the tests ask for them."""
    phase = LifecyclePhase.objects.get(position=4)
    channel, _ = channels.find_or_create(f"Channel {word}", by=by)
    channel.owner = department
    channel.save()
    touchpoint, _ = touchpoints.find_or_create(f"Touchpoint {word}", channel=channel, by=by)
    touchpoints.offer(touchpoint, department, by=by, now=timezone.now())
    TouchpointSystem.objects.create(touchpoint=touchpoint, system=System.objects.create(name=f"System {word}"))
    drawn, _ = maps.lay_out(f"Map {word}", stages=[(f"Stage {word}", [touchpoint])], phase=phase, by=by)
    drawn.scenario, drawn.owner, drawn.sponsor = f"Scenario {word}", by, by
    drawn.save()
    about = _about(word, drawn, by)
    today = local_today()
    plans.plan(drawn=drawn, cadence_days=30, next_on=today, by=by, today=today)
    review = reviewing.start(drawn=drawn, workspace=by.workspace, by=by, now=timezone.now())
    reviewing.mark(review=review, step="update", is_done=True, by=by, now=timezone.now())
    touchpoint.refresh_from_db()
    confirmations.confirm(seen={touchpoint.pk: touchpoint.version}, by=by, now=timezone.now())
    kpi = measured(touchpoint, by=by, source_name=f"Source {word}")
    for subject in ({"map": drawn}, {"stage": drawn.stages.get()}, {}):
        Kpi.objects.create(measure="count", direction="lower", source=kpi.source, **subject)
    dispute = _doubted(word, kpi, by)
    rows = {"touchpoint": touchpoint, "map": drawn, "journey": drawn.journey, "kpi": kpi, "dispute": dispute}
    for named in ({"member": by}, {"department": department}):
        Reviewer.objects.create(map=drawn, **named)
    calendars.make(holds_all=False, by=by, now=timezone.now())
    Reminder.objects.create(map=drawn, due_on=today, days=0, at=timezone.now())
    asked_for = {
        "occasion": word,
        "words": {"who": word, "text": f"Cause {word}"},
        "at": timezone.now(),
        "due_on": today,
    }
    EarlyCause.objects.create(
        map=drawn, trigger="sponsor", turn=0, by=by, was_on=today + timedelta(days=60), **asked_for
    )
    asked = {"to": by, "by": by, "at": timezone.now(), "note": f"Handover {word}"}
    rows |= {"review": review, "handover": Handover.objects.create(map=drawn, **asked)}
    rows |= {"update_request": _asked(word, touchpoint, kpi, by)}
    rows |= {"handoff": _handed_off(word, touchpoint, by, department)}
    rows |= {"expectation": _expected(word, kpi, by)}
    live = {
        "name": f"Release {word}",
        "text": f"Live {word}",
        "released_at": timezone.now(),
        "noted_at": timezone.now(),
    }
    rows |= {"release": Release.objects.create(touchpoint=touchpoint, by=by, **live)}
    rows |= {"phase": phase, "channel": channel, "system": System.objects.get(name=f"System {word}")}
    HeadlineKpi.objects.create(kpi=kpi, member=None, position=0)
    OverviewSeen.objects.create(member=by, at=timezone.now())
    _believed(kpi, by, department)
    rows |= about | _people(word, by, department)
    rows |= _parts_of(word, drawn, by)
    rows |= _signed(word, review, by)
    rows |= _talked(word, touchpoint, by)
    rows |= {"key": _key(word, by)}
    rows |= _catalogue(word, by)
    rows |= _owned(word, touchpoint, by)
    Involvement.objects.create(touchpoint=touchpoint, department=department, role="R")
    Contact.objects.create(department=department, elsewhere=f"Desk {word}", hours=[[0, 480, 1020]])
    return rows | _read_file(word, kpi, by)


def _about(word: str, drawn: Any, by: Member) -> dict[str, Any]:
    """Whom and what the map is about."""
    kinds = {"personas": Persona, "products": Product, "markets": Market}
    found = {name: [registers.find_or_create(kind, f"{name} {word}", by=by)[0]] for name, kind in kinds.items()}
    maps.edit(drawn=drawn, version=drawn.version, by=by, **found)
    return {name.removesuffix("s"): one for name, [one] in found.items()}


def _parts_of(word: str, drawn: Any, by: Member) -> dict[str, Any]:
    step = drawn.stages.get().steps.get()
    lane = lanes.add(drawn=drawn, kind=text_kind("notes"), name=f"Lane {word}", by=by)
    cells.write(lane=lane, step=step, text=f"Cell {word}", version=0, by=by)
    said = {"name": f"Finding {word}", "description": f"About {word}", "source": f"Study {word}"}
    finding = findings.create(kind="need", values=said, by=by)
    placed = finding_placements.place(step=step, finding=finding, by=by)
    after = steps.add(stage=step.stage, name=f"After {word}", by=by)
    told = {"kind": PlannedPath.Kind.BRANCH, "label": f"If {word}"}
    path = planned_paths.add(source=step, target=after, by=by, **told)
    spot = spots.hold(drawn=drawn, row=cell_rows.row(lane, step), step=step)
    comments.write(about=spot, text=f"On the cell {word}", by=by, now=timezone.now())
    where = Where(drawn.pk, "notes", uuid4(), uuid4(), f"Gone lane {word}", f"Gone step {word}")
    kept = recovered.keep(drawn=drawn, where=where, text=f"Late {word}", by=by, now=timezone.now())
    return {
        "recovered": kept,
        "spot": spot,
        "finding": finding,
        "finding_placement": placed,
        "path": path,
        "stage": step.stage,
        "step": step,
        "placement": step.placements.get(),
        "lane": lane,
    } | _kept(word, drawn, by)


def _signed(word: str, review: Any, by: Member) -> dict[str, Any]:
    """The review of the map, signed off, and who is asked to endorse it too."""
    seen = documents.sha256(documents.document(map_rows.one().get(pk=review.map_id)))
    told = {"seen": seen, "comment": f"Comment {word}", "is_calm": True}
    made = endorsements.sign_off(review=review, by=by, now=timezone.now(), **told)
    SecondEndorser.objects.create(map=review.map, member=by)
    note = ChangeNote.objects.create(version=made.version, text=f"New {word}", by=by, at=made.at)
    Addressee.objects.create(version=made.version, note=note, member=by)
    sharing.acknowledge(version=made.version, by=by, now=timezone.now())
    finding = Finding.objects.get(name=f"Finding {word}")
    confirmations.confirm(findings={finding.pk: finding.version}, by=by, now=timezone.now())
    ReviewRecord.objects.create(review=review, finding=finding, member=by)
    return {"signed_version": made.version}


def _kept(word: str, drawn: Any, by: Member) -> dict[str, Any]:
    """A version of the map, a template made of it, and a picture."""
    now = timezone.now()
    body = word.encode()
    Picture.objects.create(sha256=sha256(body).hexdigest(), content_type="image/png", data=body)
    return {
        "version": versions.publish(drawn=drawn, note=f"Note {word}", is_major=False, by=by, now=now),
        "map_template": templates.keep(drawn=drawn, name=f"Template {word}", with_texts=True, by=by, now=now),
    }


def _catalogue(word: str, by: Member) -> dict[str, Any]:
    """A saved view, a change of many touchpoints and a file of touchpoints that nobody accepted yet."""
    saved = SavedView.objects.create(owner=by, list_key="touchpoints", name=f"View {word}", query="q=x", is_shared=True)
    file = TouchpointImport.objects.create(by=by, name=f"{word}.csv", text=f"Name\nNew {word}\n")
    own = {"saved_view": saved, "bulk_edit": BulkEdit.objects.create(by=by, field="place"), "import": file}
    told = parts.read({"schema": SCHEMA, "title": f"Imported {word}"}).document
    return {**own, "map_import": MapImport.objects.create(by=by, name=f"{word}.json", document=told)}


def _owned(word: str, touchpoint: Any, by: Member) -> dict[str, Any]:
    """What a department is asked to answer for, what somebody suggests, and how long offers may wait."""
    OwnershipRule.objects.create(reminder_days=9)
    suggested = {"field": "promise", "raw": f"Suggested {word}", "note": f"Why {word}"}
    made = suggestions.suggest(touchpoint=touchpoint, by=by, now=timezone.now(), **suggested)
    Offer.objects.filter(touchpoint=touchpoint).update(message=f"Offered {word}")
    return {"offer": Offer.objects.get(touchpoint=touchpoint), "suggestion": made}


def _people(word: str, by: Member, department: Department) -> dict[str, Any]:
    """Somebody who contributes, and somebody who is invited."""
    user = User.objects.create_user(f"person@{word}.test", name=f"Person {word}")
    held = [(Role.CONTRIBUTOR, department)]
    invited = {"email": f"invited@{word}.test", "name": f"Invited {word}", "role": Role.VIEWER}
    made = invitations.invite(**invited, site="http://testserver", by=by, now=timezone.now())
    member = members.add(user=user, roles=held, by=by)
    return {"member": member, "invitation": made.invitation, "department": department}


def _doubted(word: str, kpi: Kpi, by: Member) -> Dispute:
    """Restate a number, and let its own owner doubt it."""
    told = {"grain": "day", "starts_on": DAY, "old_value": 1, "new_value": 2}
    Restatement.objects.create(kpi=kpi, reason=f"Reason {word}", at=timezone.now(), **told)
    trust.name_owner(kpi=kpi, owner=by, by=by)
    dispute = trust.dispute(kpi=kpi, reason=f"Doubt {word}", by=by, now=timezone.now())
    trust.reply(dispute=dispute, text=f"Reply {word}", by=by, now=timezone.now())
    return dispute


def _asked(word: str, touchpoint: Any, kpi: Kpi, by: Member) -> UpdateRequest:
    """Let the KPI's owner say how it stands, and somebody ask about its touchpoint."""
    said = {"sentence": f"Update {word}", "cause": "unknown", "recovery_on": None}
    updates.write(about=kpi, by=by, now=timezone.now(), **said)
    request = {"due_on": DAY, "note": f"Note {word}", "by": by, "at": timezone.now()}
    return UpdateRequest.objects.create(touchpoint=touchpoint, **request)


def _believed(kpi: Kpi, by: Member, department: Department) -> None:
    """A pulse that closed, told of one department, and an open one with a guess."""
    PulsePlan.objects.create(is_on=True)
    PulsePick.objects.create(kpi=kpi, position=0)
    scale = {"position": 0, "definition_key": kpi.definition_key, "low": -100, "high": 100}
    days = {"month": DAY.replace(day=1), "opens_on": DAY, "closes_on": DAY + timedelta(days=11)}
    closed_on = days["closes_on"] + timedelta(days=1)
    over = Pulse.objects.create(**days, closed_on=closed_on, executives_on=closed_on + timedelta(days=31))
    about = {"kpi": kpi, "score": 60, "score_grain": "day", "score_starts_on": DAY}
    asked = PulseQuestion.objects.create(pulse=over, **about, **scale)
    PulseAnswer.objects.create(pulse=over, member=by, department=department, positions=[0])
    figures = {"belief": 70, "guesses": 5, "had_seen": 0}
    ToldBelief.objects.create(question=asked, department=department, covers=[department.pk], **figures)
    today = local_today()
    now = Pulse.objects.create(month=today.replace(day=1), opens_on=today, closes_on=today + timedelta(days=11))
    question = PulseQuestion.objects.create(pulse=now, kpi=kpi, **scale)
    Guess.objects.create(question=question, value=10, department=department, had_seen=False)


def _key(word: str, by: Member) -> ApiKey:
    key, _token = keys.make(name=f"Key {word}", scopes=["kpis:read"], days=90, now=timezone.now(), by=by)
    return key


def _talked(word: str, touchpoint: Any, by: Member) -> dict[str, Any]:
    """Comment and reply, name oneself, and be told of it."""
    comment = comments.write(about=touchpoint, text=f"Comment {word} @{by}", by=by, now=timezone.now())
    comments.reply(to=comment, text=f"Reply {word}", by=by, now=timezone.now())
    told = {"kind": "comment.mention", "thing_type": "comment", "thing_id": comment.pk, "occasion": word}
    MailChoice.objects.create(member=by, kind="comment.new", when="never")
    MailTimes.objects.create(member=by, quiet_from=22, quiet_until=7)
    Digest.objects.create(member=by, period=timezone.now())
    chat = Chat(name=f"Chat {word}", service="slack", host="hooks.example", kinds=["comment.new"], created_by=by)
    chat.url = Sealed.of(f"https://hooks.example/{word}", settings.ENCRYPTION_KEYS)
    chat.save()
    ChatPost.objects.create(chat=chat, **told)
    muted = Mute.objects.create(member=by, thing_type="touchpoint", thing_id=touchpoint.pk)
    return {
        "comment": comment,
        "notification": Notification.objects.create(member=by, **told),
        "mute": muted,
        "chat": chat,
    }


def measured(touchpoint: Any, *, by: Member, source_name: str = "Survey", scores: Any = (10,) * 40 + (3,) * 10) -> Any:
    """Give a touchpoint an NPS with a target and one day of answers, as an upload would."""
    source = sources.create(source_name, by=by)
    kpi, _ = kpis.find_or_create("nps", touchpoint=touchpoint, source=source, scale=Scale(0, 10), by=by)
    kpis.set_target(kpi=kpi, value=20, valid_from=date(2018, 1, 1), by=by)
    answers = ScoreParts.of(scores, asked=len(scores) + 10)
    readings.replace(uuid4(), [readings.Entry(kpi.pk, "day", DAY, "", answers)], now=timezone.now())
    sources.refreshed(source, at=timezone.now(), data_through=DAY, run_path="")
    return kpi


def _read_file(word: str, kpi: Any, by: Member) -> dict[str, Any]:
    file = UploadedFile.objects.create(name=f"{word}.csv", size_bytes=4, sha256="0" * 64, uploaded_by=by)
    FileChunk.objects.create(file=file, position=0, data=b"a\n1\n")
    connection = Connection.objects.create(kind="file", name=f"Files {word}", created_by=by)
    sealed = Sealed.of(f"Secret {word}", settings.ENCRYPTION_KEYS)
    ConnectionSecret.objects.create(
        connection=connection, field="secret", value=sealed, origin=f"https://{word}:443", kept_by=by
    )
    api = Connection.objects.create(kind="http_json", name=f"API {word}", created_by=by)
    http_feed = Feed.objects.create(connection=api, source=kpi.source, name=f"API feed {word}", mapping={})
    feed = Feed.objects.create(connection=connection, source=kpi.source, name=f"Feed {word}", mapping={})
    run = SyncRun.objects.create(feed=feed, file=file, mapping={}, asked_by=by, message=f"Read {word}")
    FilePart.objects.create(feed=feed, file=file, run=run, content_key="0" * 64)
    supplied, supply = _supply(word, kpi, file, by)
    TakenFile.objects.create(feed=supplied, name=f"{word}.csv", size_bytes=4, modified_ns=0, sha256="0" * 64, run=run)
    RejectedRow.objects.create(run=run, row_number=2, reason="The score is not a number", value=f"said {word}")
    rows = {"file": file, "connection": connection, "feed": feed, "http_feed": http_feed, "run": run}
    rows |= {"supplied": supplied, "supply": supply}
    return rows | {"push_feed": _was_sent(word, kpi, by)}


def _was_sent(word: str, kpi: Any, by: Member) -> Feed:
    connection = Connection.objects.create(kind="push", name=f"Push {word}", created_by=by)
    feed = Feed.objects.create(connection=connection, source=kpi.source, name=f"Push feed {word}", mapping={})
    token = Sealed.of(f"Token {word}", settings.ENCRYPTION_KEYS)
    Webhook.objects.create(feed=feed, token=token, token_sha256="0" * 64)
    SigningSecret.objects.create(feed=feed, value=Sealed.of(f"Signing {word}", settings.ENCRYPTION_KEYS), kept_by=by)
    message = PushMessage.objects.create(
        feed=feed,
        key=f"Message {word}",
        body_sha256="0" * 64,
        received_at=timezone.now(),
        digested_at=timezone.now(),
        rows_accepted=1,
        rows_suspect=0,
        rows_rejected=0,
    )
    PushRow.objects.create(
        feed=feed, message=message, position=0, day=DAY, is_suspect=False, touchpoint=f"Sent {word}", value=4
    )
    return feed


def _supply(word: str, kpi: Kpi, file: UploadedFile, by: Member) -> tuple[Feed, Supply]:
    connection = Connection.objects.create(kind="file", name=f"Address {word}", created_by=by)
    feed = Feed.objects.create(connection=connection, source=kpi.source, name=f"Fetched {word}", mapping={})
    there = {"url": f"https://example.com/{word}.csv"}
    return feed, Supply.objects.create(connection=connection, feed=feed, kind="address", settings=there)


def _handed_off(word: str, giver: Any, by: Member, department: Department) -> HandOff:
    """What was agreed on for where customers leave the touchpoint, and what a department said of it."""
    taker, _ = touchpoints.find_or_create(f"Touchpoint after {word}", channel=giver.channel, by=by)
    terms = {"trigger": f"Trigger {word}", "information": f"Information {word}", "limit_minutes": 60}
    made = HandOff.objects.create(giver=giver, taker=taker, by=by, at=timezone.now(), **terms)
    said = {"side": "giver", "terms": 1, "is_agreed": False, "reason": f"Reason {word}"}
    HandOffWord.objects.create(handoff=made, department=department, by=by, at=timezone.now(), **said)
    return made


def _expected(word: str, kpi: Kpi, by: Member) -> Expectation:
    """What is expected of a touchpoint: of its number, and of its tests, with a result that their tool posted."""
    given = {"touchpoint": kpi.touchpoint, "by": by, "at": timezone.now()}
    Expectation.objects.create(
        sentence=f"Number {word}", kind="number", kpi=kpi, comparison="at_least", value=1, ended_by=by, **given
    )
    made = Expectation.objects.create(sentence=f"Expectation {word}", kind="posted", lasts_days=7, **given)
    found = {"terms": 1, "occasion": word, "outcome": "pass", "words": f"Found {word}", "at": timezone.now()}
    ExpectationCheck.objects.create(expectation=made, by=by, **found)
    token = tokens.new(made.workspace_id)
    sealed = {
        "token": Sealed.of(token, settings.ENCRYPTION_KEYS),
        "secret": Sealed.of(f"Secret {word}", settings.ENCRYPTION_KEYS),
    }
    SignedAddress.objects.create(
        expectation=made, token_sha256=tokens.hashed(token), kept_at=timezone.now(), kept_by=by, **sealed
    )
    return made
