"""Every address by its name: whom it answers. An address that is not named here asks for sign-in.

A name is here or the house test fails (A-01); the rest of the row, who sees what of it, is
each app's `visible_to`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from banso.proposals.forms import LARGEST_FILE_BYTES


class Surface(StrEnum):
    """Whom an address answers."""

    PUBLIC = "public"  # everybody, the same page; kept whole for visitors
    LEDGER = "ledger"  # everybody; never kept whole, since it grows with every act
    SIGN_IN = "sign-in"  # everybody, on the way in or out
    SIGNED_IN = "signed-in"  # whoever has signed in; what they see is theirs
    MACHINE = "machine"  # whoever watches over the server
    DEMO = "demo"  # everybody, in demo mode alone


_PUBLIC = (
    *("portal:home", "portal:concept", "portal:rules", "portal:rule", "portal:data"),
    *("portal:help", "web:gallery"),
    *("catalogue:about", "catalogue:concepts", "catalogue:meetings", "catalogue:meeting"),
    *("catalogue:questions", "catalogue:news"),
    *("catalogue:concepts_csv", "catalogue:concepts_json"),
    *("catalogue:meetings_csv", "catalogue:meetings_json"),
    *("catalogue:qa_csv", "catalogue:qa_json", "catalogue:news_csv", "catalogue:news_json"),
    *("catalogue:visions_csv", "catalogue:visions_json"),
    *("catalogue:documents_csv", "catalogue:documents_json"),
    *("catalogue:links_csv", "catalogue:links_json"),
    *("catalogue:outreach_csv", "catalogue:outreach_json"),
    *("calls:calls", "calls:calls_csv", "calls:calls_json", "calls:call"),
    *("projects:projects", "projects:projects_csv", "projects:projects_json"),
    "projects:project",
    *("results:results", "results:results_csv", "results:results_json", "results:result"),
    *("results:withheld", "results:withheld_csv", "results:withheld_xlsx"),
    "results:withheld_json",
)
_LEDGER = (
    *("proofs:ledger", "proofs:checkpoint", "proofs:checkpoint_of_size", "proofs:keys"),
    *("proofs:inclusion", "proofs:consistency", "proofs:tile", "proofs:verify_script"),
)
_SIGN_IN = ("account_login", "account_logout", "account_signup", "account_inactive")
_SIGNED_IN = (
    "account_change_password",
    *("portal:my", "portal:desk", "proofs:bundle"),
    *("proofs:receipts", "proofs:receipt", "proofs:receipt_text", "proofs:receipt_pdf"),
    *("proposals:my_proposals", "proposals:draft", "proposals:proposal", "proposals:edit"),
    *("proposals:attach", "proposals:file", "proposals:send", "proposals:check"),
    *("proposals:withdraw", "proposals:receipt"),
    *("proposals:approvals", "proposals:approval", "proposals:return"),
    *("calls:announce", "proposals:desk", "proposals:desk_call"),
    *("review:reviews", "review:assignment", "review:pledge", "review:declare"),
    *("review:assess", "review:file", "review:letters", "review:letter"),
    *("review:desk", "review:desk_call", "review:desk_proposal", "review:desk_file"),
    *("review:assign", "review:examine", "review:decide"),
    *("projects:my_projects", "projects:my_project", "projects:request_change"),
    *(
        "projects:acknowledge",
        "projects:end_change",
        "projects:apply",
        "projects:desk",
        "projects:start",
    ),
    *("councils:councils", "councils:prepare", "councils:invitation", "councils:room"),
    *("councils:leave", "councils:representation", "councils:secretariat"),
    *("councils:representative", "councils:consultation", "councils:establish"),
    *("councils:invite", "councils:meeting", "councils:agreement"),
    *("councils:agreed_items", "councils:agreed_item"),
    *("protected:register", "protected:offer", "protected:content"),
    *("protected:provided", "protected:item", "protected:offer_item"),
    *("results:my_results", "results:plan_result", "results:my_result"),
    *("results:publish_result", "results:request_withholding"),
    *("results:withholdings", "results:withholding", "results:take_back_request"),
)
_MACHINE = ("healthz", "readyz")
_DEMO = ("rehearsal:roles", "rehearsal:step_in")

SURFACE: dict[str, Surface] = {
    **dict.fromkeys(_PUBLIC, Surface.PUBLIC),
    **dict.fromkeys(_LEDGER, Surface.LEDGER),
    **dict.fromkeys(_SIGN_IN, Surface.SIGN_IN),
    **dict.fromkeys(_SIGNED_IN, Surface.SIGNED_IN),
    **dict.fromkeys(_MACHINE, Surface.MACHINE),
    **dict.fromkeys(_DEMO, Surface.DEMO),
}

# Addresses that take a file, and how much one form may bring there; all others take 1 MB.
ROUND_A_FILE = 100_000
UPLOADS: dict[str, int] = {"proposals:attach": LARGEST_FILE_BYTES + ROUND_A_FILE}

# Pages that look over everything in an officer's charge: one at a time in each process.
HEAVY = frozenset(
    {
        *("portal:my", "portal:desk", "proofs:bundle", "proposals:desk", "proposals:desk_call"),
        *("review:desk", "review:desk_call", "projects:desk"),
    }
)

# Addresses whose answer waits for the file store; they have threads of their own.
_READS_FILES = frozenset({"proposals:file", "proposals:check", "review:file", "review:desk_file"})


def surface_of(name: str) -> Surface:
    """Tell whom an address answers, by its name; one that was forgotten asks for sign-in."""
    return SURFACE.get(name, Surface.SIGNED_IN)


def is_public(path: str) -> bool:
    """Tell whether a path leads to a page that is the same for every visitor."""
    return surface_of(name_of(path) or "") is Surface.PUBLIC


@lru_cache(maxsize=1024)
def largest_upload(path: str) -> int | None:
    """Tell how much a path takes with a file, or that it takes none."""
    return UPLOADS.get(name_of(path) or "")


@lru_cache(maxsize=4096)
def is_heavy(path: str) -> bool:
    """Tell whether a path leads to a page that looks over very much."""
    return name_of(path) in HEAVY


@lru_cache(maxsize=4096)
def reads_files(path: str) -> bool:
    """Tell whether a path leads to an answer that waits for the file store."""
    return name_of(path) in _READS_FILES


def name_of(path: str) -> str | None:
    """Find the name of the address that a path leads to."""
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return str(resolve(path).view_name)
        except Resolver404:
            return None
