"""Keeps a file of touchpoints until its uploader accepts what it would change."""

from django.db import transaction

from journeys.models import TouchpointImport
from orgs.models import Member
from orgs.services import audit


@transaction.atomic
def keep(*, name: str, text: str, by: Member) -> TouchpointImport:
    """Keep the text of a file. One that the same person left unaccepted is dropped."""
    TouchpointImport.objects.filter(by=by, accepted_at=None).delete()
    kept = TouchpointImport.objects.create(by=by, name=name[:255], text=text)
    audit.record("touchpoint_import.upload", kept, by=by, after={"name": kept.name})
    return kept
