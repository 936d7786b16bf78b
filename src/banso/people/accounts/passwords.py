"""Passwords that are too easy to guess: common ones, repetitions, one's own name or address."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from zxcvbn import zxcvbn

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# Guesses that somebody who knows the person needs: ten thousand million at least.
FEWEST_GUESSES: Final = 10**10
# Beyond this the estimate takes long, and no longer tells anything.
LONGEST_LOOKED_AT: Final = 72
LONGEST: Final = 1000
FEWEST_LETTERS: Final = 4
OUR_WORDS: Final = ("banso", "kprogram", "k-program", "伴走")

HELP: Final = gettext_lazy(
    "At least 12 characters, Japanese ones as well. Your name, your address and common passwords"
    " are not taken. It can be pasted, and need not be changed from time to time."
)


class GuessableValidator:
    """Refuses what somebody guesses who knows the person's name and address."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Estimate how many guesses it takes, with the person's own words tried first."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("A password has at most %(most)d characters."), params={"most": LONGEST}
            )
        own = [*OUR_WORDS, *words_of(user)]
        guesses = int(zxcvbn(password[:LONGEST_LOOKED_AT], user_inputs=own)["guesses"])
        if guesses < FEWEST_GUESSES or not _has_more_than(own, password):
            raise ValidationError(
                _(
                    "This password is too easy to guess: it is a common one, repeats itself, or"
                    " comes from your name or address. Take several words that do not belong"
                    " together, or let your password manager make one."
                ),
                code="password-guessable",
            )

    def get_help_text(self) -> str:
        """Say what is asked for, in sentences."""
        return str(HELP)


def _has_more_than(own: list[str], password: str) -> bool:
    """Tell whether letters are left of the password without digits, signs and one's own words."""
    left = unicodedata.normalize("NFKC", password).casefold()
    for word in sorted(own, key=len, reverse=True):
        left = left.replace(word.casefold(), " ")
    return sum(character.isalpha() for character in left) >= FEWEST_LETTERS


def words_of(user: AbstractBaseUser | None) -> list[str]:
    """List the words that anybody knows of a person: parts of the names and of the address."""
    if user is None:
        return []
    email = str(getattr(user, "email", ""))
    words = [email, *re.split(r"[@.\-_+]", email)]
    names = getattr(user, "known_names", None)
    if names is None and getattr(user, "person_id", None):
        names = getattr(user, "person").names  # noqa: B009 - other kinds of users have none
    words += names or []
    # Two together, as people put them, and each alone.
    whole = "".join(names or [])
    return [word for word in (*words, whole) if len(word) > 1]
