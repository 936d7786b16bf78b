"""The whole rehearsal: K Program's concepts, each played from call to result."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from banso.catalogue.commands.load_program import load_program
from banso.catalogue.program.files import OWN_FILES, read_program_files
from banso.catalogue.program.shelves import stored_program
from banso.catalogue.queries import program_changes
from banso.ledger.clock import read_clock
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.queries.persons import has_persons, has_persons_beyond_sample
from banso.rehearsal.cast import gather_cast, has_played
from banso.rehearsal.course.accompanying import (
    Played,
    play_agreed_item,
    play_confidence,
    play_council,
)
from banso.rehearsal.course.deciding import (
    outcome_of,
    play_assessment,
    play_decision,
    play_project,
)
from banso.rehearsal.course.proposing import play_call, play_proposal
from banso.rehearsal.course.publishing import play_leaving, play_publication, play_withholding
from banso.rehearsal.course.today import play_today
from banso.rehearsal.playing import Stage
from banso.rehearsal.queries import concepts_of_vision
from banso.rehearsal.scene import TOKYO, Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from banso.catalogue.models import Concept

FIRST_VISION = 1
ANNOUNCED_AFTER = timedelta(days=45)
FEWEST_PROPOSALS = 2
SAMPLE_FACTS = "【見本】成熟度と懸念の有無は、デモのために置いた値です。"


def load_sample_program() -> None:
    """Load K Program's record with two sample facts a concept, unless it is there already."""
    contents = {path.name: _with_sample_facts(path.read_text()) for path in OWN_FILES}
    files = read_program_files(contents, stored_program())
    if program_changes(files):
        load_program(actor=OPERATOR_AT_CONSOLE, files=files)


def _with_sample_facts(text: str) -> bytes:
    """State maturity and foreseen concern, without which no ministry may ask to withhold (R6).

    The public record of K Program has neither, so the row's note says that they are samples.
    """
    document = json.loads(text)
    for row in document.get("concepts", []):
        if row["vision"] == FIRST_VISION and row["revision_of"] is None:
            row |= {"maturity": "middle", "has_foreseen_concern": True}
            row["note"] = " ".join(filter(None, [row["note"], SAMPLE_FACTS]))
    return json.dumps(document).encode()


def concepts_to_rehearse() -> Sequence[Concept]:
    """List the concepts of the first vision, in the order of the printed table."""
    return concepts_of_vision(FIRST_VISION)


def refusal_to_rehearse(seed: int) -> str:
    """Say why this data folder is not one to rehearse on, or nothing."""
    if has_persons_beyond_sample():
        return (
            "This data folder holds people who are no samples, so nothing is rehearsed on it. "
            "Choose an empty folder with DATA."
        )
    if has_persons() and not has_played(Stage(seed)):
        return (
            f"This data folder holds the sample program of another seed than {seed}. "
            "Take that seed again, or choose an empty folder with DATA."
        )
    return ""


def rehearse(
    concepts: Sequence[Concept], *, seed: int, scale: int, report: Callable[[str], None]
) -> None:
    """Play every concept, then leave something for each role to do today."""
    stage = Stage(seed)
    cast = gather_cast(stage)
    scenes = [
        Scene(stage, cast, concept, number, _first_day(concept))
        for number, concept in enumerate(concepts)
    ]
    played = []
    for scene in scenes:
        played.append(play_life_cycle(scene, proposals=max(scale, FEWEST_PROPOSALS)))
        report(scene.concept.slug)
    play_today(played, read_clock())
    report("today")


def play_life_cycle(scene: Scene, *, proposals: int) -> Played:
    """Play one concept from the call to the published result and a member's leaving."""
    call = play_call(scene)
    proposed = [play_proposal(scene, call, number) for number in range(proposals)]
    for number, one in enumerate(proposed):
        play_assessment(scene, one, number)
    for number, one in enumerate(proposed):
        play_decision(scene, one, number)
    [adopted] = [one for number, one in enumerate(proposed) if outcome_of(number) == "adopt"]
    project = play_project(scene, adopted)
    room = play_council(scene, adopted, outsider=proposed[1].lead)
    play_agreed_item(scene, room, project, adopted.lead)
    play_confidence(scene, room, adopted)
    play_publication(scene, project, adopted.lead)
    play_withholding(scene, room, project, adopted)
    play_leaving(scene, room, project, adopted)
    return Played(scene, adopted, project, room)


def _first_day(concept: Concept) -> datetime:
    newest = max(
        edition.created_on for edition in concept.editions.all() if edition.created_on is not None
    )
    return datetime.combine(newest, time(12, tzinfo=TOKYO)) + ANNOUNCED_AFTER
