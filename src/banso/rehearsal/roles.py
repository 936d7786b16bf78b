"""The roles that one can step into: who plays them, and what they can do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Role:
    """A card of the demo page: the account behind it, and what it is for."""

    code: str
    email: str
    title: StrOrPromise
    can: StrOrPromise


ROLES = (
    Role(
        "applicant",
        "today-applicant@sample.example",
        _("Applicant"),
        _("Finish the draft, send it to the institution, submit it and get a receipt."),
    ),
    Role(
        "institution-officer",
        "university-officer@sample.example",
        _("Institution officer"),
        _("Approve the exact version that a team wants to submit, or return it."),
    ),
    Role(
        "reviewer",
        "reviewer@sample.example",
        _("Reviewer"),
        _("Pledge secrecy, declare a conflict or none, read and judge a proposal."),
    ),
    Role(
        "agency-officer",
        "jst-officer@sample.example",
        _("Funding agency officer"),
        _("Announce and open calls, assign reviewers, decide and send letters, start projects."),
    ),
    Role(
        "program-officer",
        "jst-program-officer@sample.example",
        _("Program officer (PO)"),
        _("Direct the R&D of a concept and sit in its council."),
    ),
    Role(
        "researcher",
        "v1-r01-lead-0@sample.example",
        _("Principal investigator and council member"),
        _(
            "Publish a result, answer what the council agreed, accept or decline information "
            "held in confidence, leave the council."
        ),
    ),
    Role(
        "invited",
        "today-invited@sample.example",
        _("Researcher invited to a council"),
        _("Join, or decline without giving a reason."),
    ),
    Role(
        "secretariat",
        "ministry-officer@sample.example",
        _("Ministry officer, secretariat of councils"),
        _("Prepare a council, invite, record what was agreed."),
    ),
    Role(
        "provider",
        "user-officer@sample.example",
        _("Ministry officer who provides information"),
        _("Offer information in confidence, release it, ask to withhold a part of a result."),
    ),
    Role(
        "company",
        "company-member@sample.example",
        _("Council member from a company"),
        _("Take part in the exchange of views, accept or decline information."),
    ),
    Role(
        "agency-registrar",
        "jst-registrar@sample.example",
        _("Funding agency officer, registry desk"),
        _(
            "Register people and bodies, appoint reviewers, propose an officer whom another one"
            " confirms, merge two records of one person."
        ),
    ),
    Role(
        "institution-registrar",
        "university-registrar@sample.example",
        _("Institution officer, registry desk"),
        _(
            "Upload the table of the university's researchers, see row by row what it would do,"
            " find people however their names are written, name a deputy."
        ),
    ),
    Role(
        "auditor",
        "auditor@sample.example",
        _("Auditor"),
        _(
            "Take a bundle of the ledger and verify it without a network. The rehearsal played "
            "months in seconds, so the verifier says that its entries came in late."
        ),
    ),
)
