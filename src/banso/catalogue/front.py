"""What the catalogue gives to the apps on its left."""

from __future__ import annotations

from banso.catalogue.messages import REFUSALS
from banso.web.fronts import Front

FRONT = Front(refusals=REFUSALS)
