"""What the ledger adds to an act: the same act with its entry and without, in turn."""

from __future__ import annotations

import time
import uuid
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from banso.ledger import record as recording
from banso.people.actors import OPERATOR_AT_CONSOLE, Actor
from banso.people.commands.bodies import register_organisation as registering
from banso.people.queries.actors import actor_for
from banso.proposals.commands.institution import send_to_institution as sending
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.proposals.commands.submission import submit_proposal as submitting
from banso.rehearsal.cast import gather_cast
from banso.rehearsal.course.proposing import play_call, write_proposal
from banso.rehearsal.playing import Stage
from banso.rehearsal.program import concepts_to_rehearse, load_sample_program
from banso.rehearsal.scene import Scene
from benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

    from django.db.models import Model

    from banso.proposals.models import Proposal

ACTS = 600
SUBMISSIONS = 240
ACT_SHARE = 0.25
SUBMISSION_SHARE = 0.15
MICROSECONDS = 1_000_000
ENTRIES = """
INSERT INTO ledger_entry
  (id, actor_id, act, subject_type, subject_id, clause, at, is_sealed, commitment)
SELECT gen_random_uuid(), gen_random_uuid(), 'bench.act', '', '', '', now(), false, sha256(n::text::bytea)
  FROM generate_series(1, %s) n RETURNING number
"""


def measure(_data: Path) -> list[Figure]:
    """Measure the smallest commands, of the console and of a person, and a submission's request."""
    spare = _entries(ACTS + 2 * SUBMISSIONS)
    load_sample_program()
    scene = _scene()
    drafts = _drafts(scene)
    return [
        _compare(
            "smallest act (a body registered at the console)",
            _register,
            registering,
            [None] * ACTS,
            spare,
            ACT_SHARE,
        ),
        _compare(
            "smallest act of a person (a draft sent to the institution)",
            _send,
            sending,
            drafts,
            spare,
            ACT_SHARE,
        ),
        _compare(
            "whole submission request",
            _submit,
            submitting,
            [_ready(scene, draft) for draft in drafts],
            spare,
            SUBMISSION_SHARE,
        ),
    ]


def _compare(  # noqa: PLR0917 - what is compared, with what, on what
    name: str,
    act: Callable[[Any], None],
    module: ModuleType,
    subjects: list[Any],
    spare: Iterator[int],
    share: float,
) -> Figure:
    """Do the act with its entry and without in turn, and give the median of each."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number, subject in enumerate(subjects):
        is_recorded = number % 2 == 0
        with _unrecorded(module, spare, is_off=not is_recorded):
            began = time.perf_counter()
            act(subject)
            taken[is_recorded].append(time.perf_counter() - began)
    without = median(taken[False]) * MICROSECONDS
    cost = median(taken[True]) * MICROSECONDS - without
    return Figure(
        figure=f"cost of the entry, {name}",
        value=cost,
        unit="µs",
        baseline=without,
        ratio=cost / without,
        target=f"≤ {share:.2f} of the same without",
        met=cost <= share * without,
    )


@contextmanager
def _unrecorded(module: ModuleType, spare: Iterator[int], *, is_off: bool) -> Iterator[None]:
    """Take the ledger out of an act: what it would return is there, and nothing is written."""
    record = module.record

    def nothing(
        *,
        subject: Model,
        clause: object = None,
        details: Mapping[str, object] | None = None,
        sealed: bool = False,
    ) -> recording.Recorded:
        del subject, clause, details, sealed
        running = recording._running.get()  # noqa: SLF001 - the one place that knows it
        if running is None:
            raise recording.WrongRecord("nothing runs")
        entry = recording.Recorded(next(spare), uuid.uuid4(), running.act, running.at, b"\0" * 32)
        running.entries.append(entry)
        return entry

    module.record = nothing if is_off else record  # type: ignore[attr-defined] # a command's module
    try:
        yield
    finally:
        module.record = record  # type: ignore[attr-defined] # as above


def _entries(count: int) -> Iterator[int]:
    """Keep entries ready, to which a request can refer although its act wrote none."""
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [count])
        return iter([number for [number] in cursor.fetchall()])


def _register(_nothing: None) -> None:
    registering.register_organisation(
        actor=OPERATOR_AT_CONSOLE, kind="other", name_ja=f"計測{uuid.uuid4()}"
    )


def _scene() -> Scene:
    """Set a concept on the stage whose call is open now."""
    stage = Stage(1)
    concept = concepts_to_rehearse()[0]
    return Scene(stage, gather_cast(stage), concept, 0, now() - timedelta(days=40))


def _drafts(scene: Scene) -> list[Proposal]:
    call = play_call(scene)
    body, _ = scene.institution(0)
    drafts = []
    for number in range(SUBMISSIONS):
        lead, member = (scene.researcher(f"{one} {number}", 7, body) for one in ("lead", "member"))
        step = f"proposal {number}"
        at = scene.on_day(30)
        drafts.append(write_proposal(scene, call, step, lead=lead, member=member, at=at))
    return drafts


def _send(draft: Proposal) -> None:
    sending.send_to_institution(actor=Actor(person_id=draft.lead_id), proposal_id=draft.pk)


def _ready(scene: Scene, draft: Proposal) -> tuple[Client, str]:
    """Approve a draft, and sign its lead in."""
    draft.refresh_from_db()
    _, officer = scene.institution(0)
    approve_proposal(
        actor=actor_for(officer.pk, on=localdate()), proposal_id=draft.pk, version=draft.version
    )
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(draft.lead.account)
    return browser, reverse("proposals:check", args=[draft.pk])


def _submit(ready: tuple[Client, str]) -> None:
    browser, address = ready
    answer = browser.post(address, {"idempotency_key": str(uuid.uuid4())})
    if answer.status_code != 303:  # noqa: PLR2004 - the way to the receipt
        raise RuntimeError(f"the submission was answered {answer.status_code}")
