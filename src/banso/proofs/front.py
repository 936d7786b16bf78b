"""What proofs give to the apps on their left: that their act tells nobody."""

from __future__ import annotations

from banso.proofs.permissions import EXPORT_BUNDLE
from banso.web.fronts import Front
from banso.web.fronts.events import Told

FRONT = Front(told=Told(silent={EXPORT_BUNDLE.name: "whoever takes a bundle has it in hand"}))
