"""Approved proposals of a sample call, each with its PDF and its lead signed in: `… NUMBER`.

Prints a line of JSON for each: the proposal's id, and the key of its lead's session.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - after setup
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - after setup
from django.utils.timezone import localdate, now  # noqa: E402 - after setup

from banso.calls.commands.announce_call import announce_call  # noqa: E402 - after setup
from banso.calls.commands.open_call import open_call  # noqa: E402 - after setup
from banso.people.models import Account  # noqa: E402 - after setup
from banso.people.queries.actors import actor_for  # noqa: E402 - after setup
from banso.proposals.commands.institution.approve_proposal import approve_proposal  # noqa: E402 - after setup
from banso.proposals.commands.institution.send_to_institution import send_to_institution  # noqa: E402 - after setup
from banso.rehearsal.cast import gather_cast, researcher  # noqa: E402 - after setup
from banso.rehearsal.course.proposing import appoint_program_officer, write_proposal  # noqa: E402 - after setup
from banso.rehearsal.playing import Stage  # noqa: E402 - after setup
from banso.rehearsal.program import concepts_to_rehearse, load_sample_program  # noqa: E402 - after setup
from banso.rehearsal.scene import Scene  # noqa: E402 - after setup


def main() -> None:
    """Play the call up to the lead's last act."""
    at = now() - timedelta(days=2)
    load_sample_program()
    stage, [concept, *_] = Stage(1), concepts_to_rehearse()
    cast = gather_cast(stage)
    scene = Scene(stage, cast, concept, 0, at)
    appoint_program_officer(scene, at)
    call = stage.act(
        "announce", announce_call, scene.officer, at, concept_id=concept.pk, slug="sample-kills",
        fiscal_year=2026, round=9, type="project", slots=1, title_ja="見本", summary_ja="見本",
        guidelines_ja="見本", opens_at=at + timedelta(hours=1), closes_at=at + timedelta(days=9),
    )  # fmt: skip
    call = stage.act("open", open_call, scene.officer, at, call_id=call.pk)
    member = researcher(stage, "member", 0, cast.bodies["university"])
    begun, sent_at = at + timedelta(hours=2), at + timedelta(hours=5)
    officer = actor_for(cast.people["university-officer"].pk, on=localdate(sent_at))
    for number in range(int(sys.argv[1])):
        lead = researcher(stage, f"lead-{number}", number, cast.bodies["university"])
        draft = write_proposal(scene, call, f"{number}", lead=lead, member=member, at=begun)
        sent = send_to_institution(
            actor=actor_for(lead.pk, on=localdate(sent_at)), proposal_id=draft.pk, at=sent_at
        )
        approve_proposal(actor=officer, proposal_id=sent.pk, version=sent.version, at=sent_at)
        account, session = Account.objects.get(person=lead), SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        print(json.dumps([str(sent.pk), session.session_key]))


if __name__ == "__main__":
    main()
