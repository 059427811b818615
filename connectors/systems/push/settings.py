"""What a person says about a system that sends: how it signs, what names a message, and what the fields mean."""

from dataclasses import dataclass, fields
from typing import ClassVar

from connectors.rows.settings import Choices, RowSettings


@dataclass(frozen=True)
class PushSettings(RowSettings):
    """One feed's instructions. The signing secrets are kept elsewhere, encrypted."""

    CHOICES: ClassVar[Choices] = RowSettings.CHOICES | {
        "signature": ("standard", "hmac"),
        "encoding": ("hex", "base64"),
    }

    signature: str = "standard"
    header: str = "X-Hub-Signature-256"
    """Where a plain HMAC stands; Standard Webhooks name their own headers."""
    encoding: str = "hex"
    prefix: str = ""
    """What stands before the plain HMAC in its header, such as "sha256="."""
    id_path: str = ""
    """Where a plainly signed message says its id. In the body, since a header is not signed: it could be changed."""


TYPES = {field.name: field.type for field in fields(PushSettings)}
FIXED = ("row_is", "grain", "scale_low", "scale_high")
"""What kept rows were read with: once there are some, another choice would read them as something else."""
