"""One opening of a form: signed, so that text is kept for its person without asking who sends it.

A page that is open when its session ends can still keep what is typed into it. It can read
nothing by that.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core import signing

TOKEN: Final = "kept_token"  # noqa: S105 - the name of a field
VALID: Final = timedelta(days=2)
_SALT: Final = "banso.kept.opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whose page this is, which form about what it shows, and what it was opened on."""

    person_id: str
    form: str
    subject: str
    about: str
    address: str
    opened_on: str
    kept_id: str
    revision: int = 0

    @property
    def token(self) -> str:
        """Sign it, as a page carries it."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @property
    def key(self) -> UUID:
        """The id under which its text is kept."""
        return UUID(self.kept_id)

    def anew(self) -> Opening:
        """Keep what follows apart from what another page has kept since."""
        return replace(self, kept_id=str(uuid4()), revision=0)


def opening_of(token: str) -> Opening | None:
    """Read a signed opening; nothing where it is not ours or too old."""
    try:
        return Opening(**signing.loads(token, salt=_SALT, max_age=VALID))
    except (signing.BadSignature, TypeError):
        return None
