"""Fetching a text from a stranger's server: bounded in size, time and whereabouts."""

from __future__ import annotations

import threading
import urllib.request
from http.client import HTTPException
from typing import Final, Protocol
from urllib.parse import SplitResult, urljoin, urlsplit

SECONDS_FOR_ALL: Final = 30.0
SECONDS_FOR_EACH: Final = 10.0
MOST_REDIRECTIONS: Final = 5
STANDARD_PORTS: Final = {"http": 80, "https": 443}
REDIRECTIONS: Final = {301, 302, 303, 307, 308}
OK, CLIENT_FAULT, SERVER_FAULT = 200, 400, 500
TOO_MANY_REQUESTS: Final = 429


class SourceUnfit(Exception):  # noqa: N818 - named for what is found
    """No checkpoint could be had from there; the message is for the witness's administrator."""


class AddressRefused(Exception):  # noqa: N818 - an answer of the log's, not an error of ours
    """The server answered, and said no: what was asked for does not exist there."""


def fetch(
    address: str,
    *,
    longest: int,
    seconds: float = SECONDS_FOR_ALL,
    of_each: float = SECONDS_FOR_EACH,
) -> str:
    """Fetch a text, or give up after `seconds`, however slowly the server goes on answering.

    A thread fetches, because no time-out of a socket bounds a whole answer or the look-up of a
    name. One that is given up ends with the process.
    """
    outcome: list[str | Exception] = []

    def work() -> None:
        try:
            outcome.append(_fetched(address, longest, of_each))
        except (SourceUnfit, AddressRefused) as told:
            outcome.append(told)
        except (OSError, HTTPException, ValueError) as failed:
            reason = str(failed) or type(failed).__name__
            outcome.append(SourceUnfit(f"{address} could not be fetched: {reason}"))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    match outcome:
        case [str() as text]:
            return text
        case [Exception() as told]:
            raise told
        case _:
            raise SourceUnfit(f"{address} did not answer within {seconds:g} seconds.")


def _fetched(address: str, longest: int, seconds: float) -> str:
    # Only these: no other scheme, no redirection but the ones below, no cookie, no password.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
    ):
        opener.add_handler(handler)
    at = address
    for _ in range(MOST_REDIRECTIONS + 1):
        request = urllib.request.Request(at, headers={"User-Agent": "banso-witness"})  # noqa: S310 - http or https, checked
        with opener.open(request, timeout=seconds) as response:
            if response.status not in REDIRECTIONS:
                return _text_of(response, at, longest)
            at = _redirected(at, response.headers.get("Location", ""))
    raise SourceUnfit(f"{address} sends from one address to the next without end.")


class _Response(Protocol):
    status: int

    def read(self, _most: int, /) -> bytes: ...


def _text_of(response: _Response, address: str, longest: int) -> str:
    if response.status >= SERVER_FAULT or response.status == TOO_MANY_REQUESTS:
        raise SourceUnfit(f"{address} answered {response.status}; try again later.")
    if response.status >= CLIENT_FAULT:
        raise AddressRefused(response.status)
    if response.status != OK:
        raise SourceUnfit(f"{address} answered {response.status}, and gave nothing.")
    return decoded(response.read(longest + 1), address, longest)


def _redirected(from_: str, location: str) -> str:
    to = urljoin(from_, location)
    old, new = urlsplit(from_), urlsplit(to)
    is_upgrade = (_place(old)[1], _place(new)[1]) == (80, 443)
    if new.hostname != old.hostname or not (_place(old) == _place(new) or is_upgrade):
        raise SourceUnfit(f"{from_} sends elsewhere, to {to[:200]!r}; nothing is fetched there.")
    return to


def _place(parts: SplitResult) -> tuple[str, int | None]:
    return parts.scheme, parts.port or STANDARD_PORTS.get(parts.scheme)


def decoded(raw: bytes, source: str, longest: int) -> str:
    """Read bytes as text, and refuse what is too long or none."""
    if len(raw) > longest:
        raise SourceUnfit(f"{source} is longer than the {longest} bytes that it may have.")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise SourceUnfit(f"{source} is not text.") from None
