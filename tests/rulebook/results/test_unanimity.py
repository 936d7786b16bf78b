# Every small world of rule R5, compared with a reading of PROGRAM.md in other words.
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banso.rulebook.results.withholding import (
    Member,
    Stance,
    may_respond,
    may_take_effect,
    withholding_state,
)

TEXT, ROLL = "text-of-today", "roll-of-today"
SIDES = ("research-side", "needs-side")
# What a member last did, as plain words for the oracle and as the record that the rule reads.
DEEDS = {
    "said nothing": (Stance.SILENT, "", ""),
    "consented": (Stance.CONSENTED, TEXT, ROLL),
    "consented to another text": (Stance.CONSENTED, "text-of-yesterday", ROLL),
    "consented before the roll changed": (Stance.CONSENTED, TEXT, "roll-of-yesterday"),
    "refused": (Stance.REFUSED, "", ""),
    "took it back": (Stance.WITHDREW, TEXT, ROLL),
}
KINDS_OF_MEMBER = list(product(SIDES, ("in office", "left"), DEEDS))
LARGEST_COUNCIL = 4


def record(kind):
    side, office, deed = kind
    stance, text, roll = DEEDS[deed]
    return Member(
        person=kind,
        side=side,
        in_office=office == "in office",
        stance=stance,
        consented_text_version=text,
        consented_roll_version=roll,
    )


RECORDS = [record(kind) for kind in KINDS_OF_MEMBER]


def specified(council, published, represented):
    # "One refusal ends it, and so does publication."
    if published:
        return "ended"
    for _, _, deed in council:
        if deed == "refused":
            return "ended"
    # Rule C2 adds that nobody representing the R&D means a council that "withholds nothing".
    if not represented:
        return "open"
    # "every member in office consented to that exact text,
    # with at least one member of the research side among them"
    researchers = 0
    for side, office, deed in council:
        if office == "left":
            continue
        if deed != "consented":
            return "open"
        if side == "research-side":
            researchers += 1
    return "in-force" if researchers > 0 else "open"


@pytest.mark.assurance("A-107")
@pytest.mark.parametrize("size", range(LARGEST_COUNCIL + 1))
def test_the_rule_agrees_with_the_program_in_every_small_world(size):
    disagreements = [
        (council, published, represented)
        for council, members in zip(
            product(KINDS_OF_MEMBER, repeat=size), product(RECORDS, repeat=size), strict=True
        )
        for published, represented in product((False, True), repeat=2)
        if withholding_state(
            members=members,
            text_version=TEXT,
            roll_version=ROLL,
            published=published,
            representative_in_office=represented,
        )
        != specified(council, published, represented)
    ]

    assert disagreements == []


CONSENTING = ("research-side", "in office", "consented")


def asked(*council, **facts):
    whole = {"published": False, "representative_in_office": True}
    members = [record(kind) for kind in council]
    return {"members": members, "text_version": TEXT, "roll_version": ROLL} | whole | facts


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(asked(CONSENTING), ("R5", ""), id="everyone-consented"),
        pytest.param(
            asked(CONSENTING, published=True), ("R5", "already-published"), id="published"
        ),
        pytest.param(
            asked(CONSENTING, ("needs-side", "in office", "refused")),
            ("R5", "one-member-refused"),
            id="one-refused",
        ),
        pytest.param(
            asked(CONSENTING, ("needs-side", "left", "refused")),
            ("R5", "one-member-refused"),
            id="who-refused-has-left",
        ),
        pytest.param(
            asked(CONSENTING, representative_in_office=False),
            ("C2", "no-representative-in-office"),
            id="nobody-represents",
        ),
        pytest.param(
            asked(("needs-side", "in office", "consented")),
            ("R5", "no-research-side-in-office"),
            id="needs-side-alone",
        ),
        pytest.param(
            asked(
                ("research-side", "left", "consented"), ("needs-side", "in office", "consented")
            ),
            ("R5", "no-research-side-in-office"),
            id="the-research-side-has-left",
        ),
        pytest.param(asked(), ("R5", "no-research-side-in-office"), id="an-empty-roll"),
        pytest.param(
            asked(CONSENTING, ("needs-side", "in office", "said nothing")),
            ("R5", "not-everyone-consented"),
            id="one-said-nothing",
        ),
        pytest.param(
            asked(("research-side", "in office", "consented to another text")),
            ("R5", "not-everyone-consented"),
            id="another-text",
        ),
        pytest.param(
            asked(("research-side", "in office", "consented before the roll changed")),
            ("R5", "not-everyone-consented"),
            id="the-roll-has-changed",
        ),
    ],
)
def test_a_withholding_takes_effect_only_with_everyones_consent(facts, expected):
    verdict = may_take_effect(**facts)

    assert (verdict.clause.id, verdict.reason) == expected


@given(
    council=st.lists(st.sampled_from(KINDS_OF_MEMBER), max_size=8),
    published=st.booleans(),
    represented=st.booleans(),
)
def test_in_force_is_what_may_take_effect(council, published, represented):
    facts = asked(*council, published=published, representative_in_office=represented)

    assert (withholding_state(**facts) == "in-force") != may_take_effect(**facts).is_refusal


@given(council=st.lists(st.sampled_from(KINDS_OF_MEMBER), max_size=8))
def test_once_in_force_only_refusal_publication_and_lapse_end_it(council):
    facts = asked(*council, representative_in_office=False, took_effect=True)
    has_refusal = any(deed == "refused" for _, _, deed in council)

    assert withholding_state(**facts) == ("ended" if has_refusal else "in-force")
    assert withholding_state(**facts | {"published": True}) == "ended"
    assert withholding_state(**facts, has_lapsed=True) == "ended"


@given(council=st.lists(st.sampled_from(KINDS_OF_MEMBER), max_size=8), at=st.integers(0, 8))
def test_one_refusal_more_ends_whatever_was_open(council, at):
    refusing = ("needs-side", "in office", "refused")

    assert withholding_state(**asked(*council[:at], refusing, *council[at:])) == "ended"


PEOPLE = ("researcher", "second researcher", "ministry", "company")
SIDE_OF = dict(zip(PEOPLE, (*SIDES[:1] * 2, *SIDES[1:] * 2), strict=True))
HAPPENINGS = ("joins", "leaves", "consents", "refuses", "takes it back", "edits", "waits")


class Story:
    def __init__(self):
        self.joined = dict.fromkeys(PEOPLE, False)
        self.deeds = dict.fromkeys(PEOPLE, (Stance.SILENT, "", ""))
        self.text, self.roll = 0, 0

    def state(self):
        members = [
            Member(
                person=person,
                side=SIDE_OF[person],
                in_office=self.joined[person],
                stance=stance,
                consented_text_version=text,
                consented_roll_version=roll,
            )
            for person, (stance, text, roll) in self.deeds.items()
        ]
        return withholding_state(
            members=members,
            text_version=f"text-{self.text}",
            roll_version=f"roll-{self.roll}",
            published=False,
            representative_in_office=True,
        )

    def tell(self, person, happening):
        versions = (f"text-{self.text}", f"roll-{self.roll}")
        is_in = self.joined[person]
        match happening:
            case "joins" | "leaves" if is_in == (happening == "leaves"):
                self.joined[person] = not is_in
                self.roll += 1
            case "edits":
                self.text += 1
            case "consents" if self.hears(person, Stance.CONSENTED):
                self.deeds[person] = (Stance.CONSENTED, *versions)
            case "refuses" if self.hears(person, Stance.REFUSED):
                self.deeds[person] = (Stance.REFUSED, "", "")
            case "takes it back" if self.hears(person, Stance.WITHDREW):
                self.deeds[person] = (Stance.WITHDREW, "", "")

    def hears(self, person, response):
        verdict = may_respond(
            response=response,
            stance=self.deeds[person][0],
            state=self.state(),
            in_office=self.joined[person],
            for_self=True,
        )
        return not verdict.is_refusal


@pytest.mark.assurance("A-39")
@settings(max_examples=300)
@given(
    beginning=st.lists(st.sampled_from(PEOPLE), max_size=4),
    events=st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(HAPPENINGS)), max_size=25),
)
def test_only_a_members_own_consent_ever_completes_it(beginning, events):
    story = Story()
    for person in beginning:
        story.tell(person, "joins")

    for person, happening in events:
        before = story.state()
        story.tell(person, happening)

        if before != "in-force" and story.state() == "in-force":
            assert happening == "consents"
        if before == "ended":
            assert story.state() == "ended"


@pytest.mark.assurance("A-39")
def test_a_member_who_leaves_and_joins_again_revives_no_consent():
    story = Story()
    for person in ("researcher", "ministry", "company"):
        story.tell(person, "joins")
    story.tell("researcher", "consents")
    story.tell("ministry", "consents")

    story.tell("company", "leaves")
    assert story.state() == "open"
    story.tell("company", "joins")
    story.tell("company", "consents")

    assert story.state() == "open"
