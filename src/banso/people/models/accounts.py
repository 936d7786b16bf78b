"""How a person signs in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from banso.people.models.persons import Person


class AccountManager(BaseUserManager["Account"]):
    """How an account is found: by its e-mail address, folded."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find an account by e-mail, whatever its case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A way to sign in as a person. It carries no right: rights come from appointments."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return str(self.pk)
