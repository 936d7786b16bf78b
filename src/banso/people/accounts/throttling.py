"""How often something may be tried: counters that every process shares, read before any hashing.

Wrong passwords count for an account and a client together, so that nobody can lock another out: a
person elsewhere is not touched, and a device from which the account signed in before has a
counter of its own. What turns out right is given back, so that sixty people behind one address
get in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from banso.ledger.clock import read_clock
from banso.people.models.sign_ins import Tries

if TYPE_CHECKING:
    from datetime import datetime

    from banso.web.unanswered import Words

# One network of IPv6 belongs to one client, as one address of IPv4 does.
_CLIENT_BITS: Final = 64

_COUNT = """
INSERT INTO people_tries (key, began_at, count) VALUES (%(key)s, %(at)s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN people_tries.began_at <= %(before)s THEN 1 ELSE people_tries.count + 1 END,
  began_at = CASE WHEN people_tries.began_at <= %(before)s THEN %(at)s
                  ELSE people_tries.began_at END
RETURNING count, began_at
"""
# Old counters go while new ones come, a few each time.
_FORGET = """
DELETE FROM people_tries WHERE key IN (
  SELECT key FROM people_tries WHERE began_at < %(at)s - interval '1 day'
   ORDER BY key LIMIT 10 FOR UPDATE SKIP LOCKED)
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries of one kind are taken within a time."""

    kind: str
    most: int
    within: timedelta

    def key(self, *of: object) -> str:
        """Name the counter by a digest, so that the table holds no address."""
        text = "\x1f".join([self.kind, *map(str, of)])
        return hashlib.sha256(text.encode()).hexdigest()


QUARTER: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
# Passwords: of an account from one client, of an account from everywhere, of a client for anybody.
ACCOUNT_AND_CLIENT: Final = Limit("account-and-client", 5, QUARTER)
ACCOUNT: Final = Limit("account", 50, HOUR)
CLIENT: Final = Limit("client", 100, QUARTER)
DEVICE: Final = Limit("device", 10, QUARTER)
# Codes of a second factor, for one account.
CODE: Final = Limit("code", 10, QUARTER)
USED_CODE: Final = Limit("used-code", 1, timedelta(minutes=2))
# Letters that a visitor lets us send.
LETTER_TO_ADDRESS: Final = Limit("letter-to-address", 5, HOUR)
LETTER_FROM_CLIENT: Final = Limit("letter-from-client", 60, HOUR)
# Signed links that lead nowhere.
WRONG_LINK: Final = Limit("wrong-link", 60, HOUR)

PASSWORDS: Final[Words] = (
    _("Too many wrong passwords were entered"),
    _(
        "No password is checked for this address from your network for up to an hour. Other places"
        " are not affected, and nothing was changed."
    ),
    _(
        "Wait, or use a device from which you have signed in before. With “Forgot your password?”"
        " you can set a new one by mail."
    ),
)
CODES: Final[Words] = (
    _("Too many wrong codes were entered"),
    _("No code is checked for this account for 15 minutes. Nothing was changed."),
    _("Wait, then use a new code of your app, a passkey or a recovery code."),
)
LETTERS: Final[Words] = (
    _("Too many letters were asked for"),
    _(
        "To this address or from your network many letters were sent within the last hour, so no"
        " more is sent now."
    ),
    _("Look into your mailbox, also among unwanted mail, or ask again in an hour."),
)
LINKS: Final[Words] = (
    _("Too many links that lead nowhere were opened"),
    _(
        "From your network many links were opened that we did not make or that were used. Nothing"
        " was changed."
    ),
    _("Open the link in the latest letter, in an hour."),
)


class TooManyTries(Exception):  # noqa: N818 - named for what happened
    """A limit is reached; `words` tell it on our page, and when trying again makes sense."""

    def __init__(self, words: Words, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.words = words
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Counted:
    """Tries that were counted beforehand; what turns out right is given back."""

    keys: tuple[str, ...]

    def give_back(self) -> None:
        """Count them no more."""
        Tries.objects.filter(key__in=self.keys, count__gt=0).update(count=F("count") - 1)

    def forget(self) -> None:
        """Begin to count anew."""
        Tries.objects.filter(key__in=self.keys).delete()


def count(words: Words, *limited: tuple[Limit, tuple[object, ...]]) -> Counted:
    """Count one try of each kind, or stop where a limit is reached; each counts on its own."""
    at = read_clock()
    keys: list[str] = []
    for limit, of in limited:
        key = limit.key(*of)
        seconds = _count_one(key, limit, at)
        if seconds:
            Counted(tuple(keys)).give_back()
            raise TooManyTries(words, seconds)
        keys.append(key)
    return Counted(tuple(keys))


def _count_one(key: str, limit: Limit, at: datetime) -> int:
    """Count, and tell in how many seconds the next is taken where this one is not."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "at": at, "before": at - limit.within})
        number, began_at = cursor.fetchone()
        if number == 1:
            cursor.execute(_FORGET, {"at": at})
    if number <= limit.most:
        return 0
    return max(1, int((began_at + limit.within - at).total_seconds()))


def client_of(address: str) -> str:
    """Tell which client an address belongs to, as our proxies tell it.

    >>> client_of("2001:db8::1:2"), client_of("192.0.2.7")
    ('2001:db8::/64', '192.0.2.7')
    """
    try:
        one = ip_address(address)
    except ValueError:
        return ""
    if isinstance(one, IPv6Address):
        return str(ip_network((one, _CLIENT_BITS), strict=False))
    return address
