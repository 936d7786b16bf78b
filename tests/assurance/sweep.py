"""Every address of the site, and what a browser is answered there, for comparing worlds."""

import itertools
import re
import uuid
from dataclasses import replace

from django.urls import URLPattern, get_resolver, reverse

from banso.kept.opening import opening_of

# Fresh in every answer, and no fact.
NONCES = re.compile(r'(name="(?:csrfmiddlewaretoken|idempotency_key)" value=")[^"]*')
OPENINGS = re.compile(r'(?<=name="kept_token" value=")[^"]*')
# The length is the body's, which is compared itself; that of a fresh secret differs by a byte.
PER_ANSWER = {"Set-Cookie", "ETag", "Expires", "Content-Length"}
# They answer for the machine, or make a fresh secret of the reader's own at each reading.
LEFT_OUT = {"healthz", "readyz", "mfa_activate_totp", "mfa_add_webauthn"}


def every_address(**known):
    """Give each address once for each known value of its parameters, else for an absent one."""
    return sorted(set(_addresses(get_resolver(), "", known)))


def _addresses(resolver, namespace, known):
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLPattern):
            inner = ":".join(filter(None, [namespace, getattr(pattern, "namespace", None)]))
            yield from _addresses(pattern, inner, known)
        elif pattern.name and pattern.name not in LEFT_OUT:
            name = ":".join(filter(None, [namespace, pattern.name]))
            converters = getattr(pattern.pattern, "converters", {})
            values = [
                _known(converter, known.get(parameter, ())) or [str(_absent(converter))]
                for parameter, converter in converters.items()
            ]
            for combination in itertools.product(*values):
                yield reverse(name, kwargs=dict(zip(converters, combination, strict=True)))


def _known(converter, values):
    """Keep what can be this parameter: a receipt's number is none of a meeting's."""
    return [str(value) for value in values if re.fullmatch(converter.regex, str(value))]


def _absent(converter):
    return {"UUIDConverter": uuid.UUID(int=1), "IntConverter": 1}.get(
        type(converter).__name__, "absent"
    )


def sweep(browser, addresses):
    """Read every address: status, headers and body, without what is fresh each time."""
    return {address: answer(browser.get(address)) for address in addresses}


def answer(response):
    """Reduce an answer to what can carry a fact."""
    body = b"".join(response) if response.streaming else response.content
    headers = {name: value for name, value in response.items() if name not in PER_ANSWER}
    text = body.decode("utf-8", "replace")
    return response.status_code, headers, OPENINGS.sub(_opening, NONCES.sub(r"\1", text))


def _opening(token):
    """Open what a form was opened on, but for the fresh id under which its text is kept."""
    return repr(replace(opening_of(token.group()), kept_id=""))


def differing(before, after):
    """Name the addresses whose answers differ."""
    return sorted(address for address in before if before[address] != after[address])
