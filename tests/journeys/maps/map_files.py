"""What tests of files of maps share: sending one, accepting it, reading it without a child."""

import io
import json
import re
import struct
import zipfile
import zlib
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from journeys.models import MapLane
from journeys.pipelines.map_import import child, opening
from journeys.queries import documents, maps
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, pictures

NEW = "/w/acme/journeys/import/"


def here(does, content):
    """What the child answers, without one: starting a hundred takes a minute."""
    try:
        return list(child.TASKS[does]({}, iter([content])))
    except child.BadFile as refused:
        raise opening.UnreadableFile(str(refused)) from None


def refusal(content):
    with pytest.raises(opening.UnreadableFile) as refused:
        opening.opened(content, asked=here)
    return str(refused.value)


def document_of(pk):
    return documents.document(maps.one().get(pk=pk))


def apart_from_ids(document):
    """The document with stages, steps and lanes numbered as they come, so that two maps compare."""
    text = json.dumps(document)
    for count, uid in enumerate(dict.fromkeys(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", text))):
        text = text.replace(uid, f"id {count}")
    return json.loads(text)


def sent(client, content, name="map.json"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)})


def accepted(client, answer, **choices):
    """Look at what comes of the file, and accept it as it is offered but for these choices."""
    page = client.get(answer["Location"]).content.decode()
    shown = dict(re.findall(r'name="(fingerprint|title)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([\w:]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="(\d*)" selected', options)
        shown[name] = chosen[1] if chosen else ""
    shown |= dict.fromkeys(re.findall(r'name="(make:\w+)"', page), "on")
    return client.post(answer["Location"], {**shown, **choices})


def ids(document):
    steps = [step for stage in document["stages"] for step in stage["steps"]]
    return {each["uid"] for each in (*document["lanes"], *document["stages"], *steps)}


def base():
    stage = {"uid": str(UUID(int=1)), "name": "A", "phase": "P", "steps": []}
    stage["steps"] = [{"uid": str(UUID(int=2)), "name": "B", "touchpoints": [], "cells": {}}]
    lane = {"uid": str(UUID(int=3)), "kind": "notes", "name": "", "position": 1}
    return {"schema": documents.SCHEMA, "title": "T", "lanes": [lane], "stages": [stage]}


def text_of(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as held:
        return "".join(held.read(name).decode() for name in held.namelist() if name.endswith(".xml"))


def png(grey):
    """A picture of one pixel."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes([0, grey]))), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def storyboard(desk, body, alt="A queue", stage="Buy"):
    """Keep a picture and show it at the step of a stage; returns its name."""
    kept = pictures.keep(body)
    lane = MapLane.objects.filter(map=desk.map, kind="storyboard").first()
    lane = lane or lanes.add(drawn=desk.map, kind=text_kind("storyboard"), by=desk.world.max)
    text = f"{kept.sha256}\n{alt}"
    cells.write(lane=lane, step=desk.first_step(stage), text=text, version=0, by=desk.world.max)
    return kept.sha256
