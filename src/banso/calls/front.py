"""What calls give to the apps on their left."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from banso.calls.messages import REFUSALS
from banso.calls.models import Call
from banso.calls.views.public import CALLS
from banso.web.fronts import Front, PublicList, PublicPage, Stage

FRONT = Front(
    refusals=REFUSALS,
    public_pages=(PublicPage(place=30, label=_("Calls"), address="calls:calls"),),
    public_lists=(
        PublicList(
            place=20,
            label=_("Calls"),
            page="calls:calls",
            files="calls:calls",
            columns=CALLS.columns,
        ),
    ),
    stages={
        "calls-opened": Stage(
            rows=lambda: Call.objects.filter(opened_at__isnull=False), concept="concept"
        ),
    },
)
