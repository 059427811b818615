"""A person who signs in. Persons stand above workspaces; what they may do hangs on their memberships."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models.folding import folded_column


class UserManager(BaseUserManager):  # type: ignore[type-arg]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    language = models.CharField(max_length=10, blank=True)  # empty: as the browser asks
    zone = models.CharField(max_length=64, blank=True)  # for quiet hours and reminders; pages show the workspace's zone
    has_shortcuts = models.BooleanField(default=True)  # single keys that do something on every page
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)  # one more, and every session of the person has ended
    rights_epoch = models.PositiveIntegerField(default=0)  # one more, and every session gets a new key
    created_at = models.DateTimeField(auto_now_add=True)
    search_text = folded_column("name")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the password, and to the epoch that ends them. Epoch 0 keeps Django's own hash."""
        own: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{own}-{self.session_epoch}" if self.session_epoch else own

    @property
    def initials(self) -> str:
        words = str(self).split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()
