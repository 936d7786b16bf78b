"""Sample contents that show every component in every state; used by the gallery alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.web.date_fields import JapaneseDateField, JapaneseInstantField
from banso.web.explanations import Explanation
from banso.web.fields import ProseField
from banso.web.formats import JAPAN, active_language, time_left

AGENCIES = [("jst", "JST"), ("nedo", "NEDO")]
DOMAINS = [
    ("ocean", gettext_lazy("Ocean")),
    ("air-and-space", gettext_lazy("Space and aviation")),
    ("across", gettext_lazy("Across domains")),
]
NOW = datetime(2026, 12, 7, 7, 59, tzinfo=JAPAN)
CLOSES = datetime(2026, 12, 10, 12, 0, tzinfo=JAPAN)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CONCEPTS = [
    {
        "number": "1-1",
        "title": "自律型無人探査機（AUV）の無人・省人による海洋観測技術",
        "agency": "JST",
        "yen": 8_000_000_000,
    },
    {
        "number": "1-2",
        "title": "船舶向け通信衛星コンステレーションによる海洋状況把握技術",
        "agency": "NEDO",
        "yen": 14_700_000_000,
    },
    {
        "number": "1-3",
        "title": "航空機の設計・製造・認証等のデジタル技術を用いた開発製造プロセス高度化技術",
        "agency": "NEDO",
        "yen": None,
    },
]
FILES = [
    {"name": "研究計画書.pdf", "sha256": DIGEST, "kilobytes": 1234},
    {"name": "予算.xlsx", "sha256": DIGEST[::-1], "kilobytes": 88},
]


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=gettext_lazy("Title of the project"),
        help_text=gettext_lazy("As it may be published if it is adopted."),
        max_length=80,
    )
    abstract = ProseField(
        label=gettext_lazy("Summary of the project"),
        help_text=gettext_lazy("For readers outside your field."),
        max_length=400,
    )
    domain = forms.ChoiceField(
        label=gettext_lazy("Domain"), choices=DOMAINS, widget=forms.RadioSelect
    )
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Funding agencies"),
        choices=AGENCIES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agency = forms.ChoiceField(
        label=gettext_lazy("Funding agency"), choices=[("", "—"), *AGENCIES]
    )
    starts_on = JapaneseDateField(
        label=gettext_lazy("First day"), help_text=gettext_lazy("Era years are fine: R9, 4, 1.")
    )
    closes_at = JapaneseInstantField(label=gettext_lazy("Deadline"), required=False)
    plan = forms.FileField(label=gettext_lazy("Research plan (PDF)"))
    is_read = forms.BooleanField(label=gettext_lazy("I have read the guidelines"))
    note = forms.CharField(
        label=gettext_lazy("Internal number"), required=False, disabled=True, initial="24-0117"
    )


def sample_context() -> dict[str, Any]:
    """Give the gallery page its sample values."""
    return {
        "closes_at": CLOSES,
        "left": time_left(CLOSES, NOW, active_language()),
        "refusal": Explanation(
            sentence=_("This call closed on 31 May 2027, 12:00 JST and takes no more."),
            clause_id="K1",
            clause_address="#K1",
            decided_by="JST",
        ),
        "concepts": CONCEPTS,
        "files": FILES,
        "sent_at": datetime(2026, 12, 10, 11, 58, 31, tzinfo=JAPAN),
    }
