"""What a person says about a JSON API: where it is, how its pages follow, and what the fields of a row mean."""

from dataclasses import dataclass, fields
from typing import ClassVar

from connectors.rows.settings import Choices, RowSettings


@dataclass(frozen=True)
class Settings(RowSettings):
    """One feed's instructions. Paths are JMESPath; the secret itself is kept elsewhere, encrypted."""

    CHOICES: ClassVar[Choices] = RowSettings.CHOICES | {
        "method": ("GET", "POST"),
        "sign_in": ("none", "bearer", "basic", "header"),
        "paging": ("none", "page", "cursor", "link"),
        "replaces": ("days", "feed"),
    }

    url: str = ""
    method: str = "GET"
    headers: tuple[str, ...] = ()  # each like "Accept-Language: en"
    body: str = ""  # JSON that a POST carries

    sign_in: str = "none"
    sign_in_name: str = ""
    """The user of a basic sign-in, or the name of the header that carries the secret."""

    paging: str = "none"
    page_parameter: str = "page"
    first_page: int = 1
    size_parameter: str = ""
    size: int = 100
    cursor_path: str = ""
    """Where the answer says how to get the next page: a word for the cursor parameter, or a whole address."""
    cursor_parameter: str = ""

    since_parameter: str = ""
    """Asks for rows from a day on; without it every run reads everything."""
    until_parameter: str = ""
    first_day: str = ""
    late_days: int = 3
    """So many days before the last one are asked for again, since answers come in late."""

    replaces: str = "days"


TYPES = {field.name: field.type for field in fields(Settings)}
