"""A feed's settings as JSON: plain values out, checked values in. Stored JSON is data, not to be trusted."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from connectors.base import SetupProblem

S = TypeVar("S")


def plain(settings: Any) -> dict[str, Any]:
    """Return a settings dataclass as plain values; the same settings always give the same ones."""
    return {key: _listed(value) for key, value in asdict(settings).items()}


def checked(kind: type[S], data: Mapping[str, Any], choices: Mapping[str, tuple[str, ...]]) -> S:
    """Build settings from `plain`; fields that are missing get their defaults.

    Raises SetupProblem for a value that is not of its field's type or not among the field's choices.
    """
    types = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]
    given = {name: data[name] for name in types if name in data}
    for name, value in given.items():
        if not IS_OF_TYPE[types[name]](value) or (name in choices and value not in choices[name]):
            raise SetupProblem(_("The settings of this feed cannot be read. Set it up again."))
    return kind(**{name: _fixed(value) for name, value in given.items()})


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _are_rows(value: Any, *types: Any) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(row, list | tuple) and len(row) == len(types) and all(map(isinstance, row, types)) for row in value
    )


IS_OF_TYPE: dict[Any, Callable[[Any], bool]] = {
    str: lambda value: isinstance(value, str),
    bool: lambda value: isinstance(value, bool),
    int: lambda value: type(value) is int,
    int | None: lambda value: value is None or type(value) is int,
    float | None: lambda value: value is None or type(value) in {int, float},
    tuple[str, ...]: _is_texts,
    tuple[tuple[str, str, int], ...]: lambda value: _are_rows(value, str, str, int),
    tuple[tuple[str, float], ...]: lambda value: _are_rows(value, str, int | float),
}


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if isinstance(value, list | tuple) else value


def _listed(value: Any) -> Any:
    return list(map(_listed, value)) if isinstance(value, tuple) else value
