"""What persons and bodies give to the apps on their left."""

from __future__ import annotations

from banso.people.messages import REFUSALS
from banso.web.fronts import Front

FRONT = Front(refusals=REFUSALS)
