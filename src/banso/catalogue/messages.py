"""What we say when a change of the public record is refused, and what its fields are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "nothing-changed": _("These files say what the catalogue says already. Nothing was loaded."),
    "edition-not-dated": _(
        "This edition has no date and would replace another. Give the day of the new edition."
    ),
    "dated-before-the-previous": _(
        "This edition is dated before the one that it replaces, of %(previous_dated)s. "
        "Check its day."
    ),
    "printed-text-not-kept": _(
        "The title as printed would be lost. Put the correction beside it, into the title."
    ),
}

# The fields of the program's files, in words; earlier contents are compared field by field.
FIELDS = {
    "a_en": _("Answer in English"),
    "a_ja": _("Answer in Japanese"),
    "address": _("Address"),
    "announced_on": _("Announced on"),
    "body_ja": _("Body"),
    "budget_as_printed": _("Budget as printed"),
    "by_ja": _("Deciding body"),
    "call_source": _("Source of call type and budget"),
    "call_type": _("Call type"),
    "calls": _("Page of calls"),
    "concept_pdf_kb": _("Size of the concept (KB)"),
    "created_on": _("Created on"),
    "dated": _("Date"),
    "decided_by_ja": _("Deciding body"),
    "decided_in": _("Decided in"),
    "decided_on": _("Decided on"),
    "domain": _("Domain"),
    "files": _("Files"),
    "format": _("Format"),
    "fund_en": _("Fund, in English"),
    "fund_ja": _("Fund, in Japanese"),
    "funding_agency": _("Funding agency"),
    "has_foreseen_concern": _("Use of concern foreseen"),
    "how_en": _("How it runs, in English"),
    "how_ja": _("How it runs, in Japanese"),
    "kb": _("Size (KB)"),
    "maturity": _("Maturity"),
    "n": _("Number"),
    "name_en": _("Name in English"),
    "name_ja": _("Name in Japanese"),
    "note": _("Note"),
    "number": _("Number"),
    "on": _("Date"),
    "overview_pdf_kb": _("Size of the overview (KB)"),
    "page": _("Page"),
    "papers": _("Papers"),
    "purpose_en": _("Purpose, in English"),
    "purpose_ja": _("Purpose, in Japanese"),
    "q_en": _("Question in English"),
    "q_ja": _("Question in Japanese"),
    "short": _("Short name"),
    "source": _("Source"),
    "summary_kb": _("Size of the summary (KB)"),
    "title": _("Title"),
    "title_as_printed": _("Title as printed"),
    "title_en": _("Title in English"),
    "title_ja": _("Title in Japanese"),
    "vision": _("Vision"),
    "what_en": _("Action in English"),
    "what_ja": _("Action in Japanese"),
}
