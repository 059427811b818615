"""Where numbers come from: connections, their feeds, the files given to them, and the runs that read them."""

from connectors.models.feeds import Connection, Feed, FilePart
from connectors.models.files import FileChunk, UploadedFile
from connectors.models.messages import PushMessage, PushRow, SigningSecret, Webhook
from connectors.models.runs import RejectedRow, SyncRun
from connectors.models.secrets import ConnectionSecret
from connectors.models.supplies import Supply, TakenFile

__all__ = [
    "Connection",
    "ConnectionSecret",
    "Feed",
    "FileChunk",
    "FilePart",
    "PushMessage",
    "PushRow",
    "RejectedRow",
    "SigningSecret",
    "Supply",
    "SyncRun",
    "TakenFile",
    "UploadedFile",
    "Webhook",
]
