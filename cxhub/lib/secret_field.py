"""A column of ciphertext. It takes and gives Sealed values alone, so that no plain text is stored by mistake."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from cxhub.lib.secrets import HIDDEN, Sealed

if TYPE_CHECKING:
    TextField = models.TextField[Any, Any]
else:
    TextField = models.TextField


class SecretField(TextField):
    """Never in a form made from the model; dumps and error pages show a placeholder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_how: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Sealed | None:
        if value is None or isinstance(value, Sealed):
            return value
        raise ValidationError("A secret is stored sealed.")

    def get_prep_value(self, value: Any) -> str | None:
        if value is None or isinstance(value, Sealed):
            return value.token if value else None
        raise TypeError("Seal the text before it is stored: Sealed.of(text, settings.ENCRYPTION_KEYS).")

    def value_to_string(self, obj: models.Model) -> str:
        return HIDDEN
