"""Every act is told to somebody or stands in a silent list with its reason; all of it has words."""

import pytest
from django.apps import apps
from django.utils.translation import override
from tests.house.test_commands import permissions
from tests.house.test_fronts import in_both

from banso.notices.telling.declared import deadlines, events, kinds, wordings
from banso.web.fronts import fronts
from banso.web.fronts.events import How

SILENT = {act: reason for front in fronts().values() for act, reason in front.told.silent.items()}
# Acts under C5 and S2: about joining, declining, leaving, answering and receiving.
FREEDOMS = {
    "councils.accept_invitation",
    "councils.decline_invitation",
    "councils.leave_council",
    "councils.consent_to_represent",
    "projects.end_team_change",
    "protected.accept_offer",
    "protected.decline_offer",
    "protected.open_item",
    "protected.record_refused_opening",
}
# Whoever acts in these must not be able to count whom it reached (C5, S2, R5).
UNCOUNTED = ("protected.", "results.")


def test_every_act_has_an_event_or_a_reason_to_be_silent_and_never_both():
    """An act that is new goes into its app's `events.py`: an event, or `silent` with the reason."""
    own = {
        act
        for label, front in fronts().items()
        for act in front.told.events
        if act.startswith(f"{label}.")
    }

    assert permissions().keys() - own - SILENT.keys() == set()
    assert own & SILENT.keys() == set()
    assert (events().keys() | SILENT.keys()) - permissions().keys() == set()


@pytest.mark.assurance("A-26")
def test_nothing_is_told_about_a_freedom():
    assert SILENT.keys() >= FREEDOMS
    assert FREEDOMS & events().keys() == set()


@pytest.mark.parametrize("act", sorted(SILENT))
def test_a_silent_act_says_why_and_an_app_speaks_for_its_own(act):
    [label] = [label for label, front in fronts().items() if act in front.told.silent]

    assert act.startswith(f"{label}.")
    assert len(SILENT[act]) > 10


@pytest.mark.parametrize("name", sorted(wordings()))
def test_what_is_told_has_one_sentence_in_both_languages_and_its_kind(name):
    wording = wordings()[name]
    english, japanese = in_both(wording.words)

    assert english.isascii()
    assert japanese != english
    assert (english.count("%(title)s"), japanese.count("%(title)s")) == (1, 1)
    assert wording.kind in kinds()
    assert name.split(".")[0] in {config.label for config in apps.get_app_configs()}


@pytest.mark.parametrize("name", sorted(deadlines()))
def test_a_calendar_says_what_is_due_without_a_title(name):
    english, japanese = in_both(deadlines()[name].calendar_words)

    assert "%" not in english + japanese
    assert english.isascii()
    assert japanese != english


@pytest.mark.parametrize("code", sorted(kinds()))
def test_a_kind_has_words_a_place_and_reaches_by_mail_what_must_reach(code):
    english, japanese = in_both(kinds()[code].label)

    assert japanese != english
    assert not (kinds()[code].must_reach and kinds()[code].usually is How.PAGE)


def test_kinds_stand_in_one_order():
    places = [kind.place for kind in kinds().values()]

    assert len(set(places)) == len(places)


def test_nobody_counts_whom_an_act_reached_where_a_freedom_could_change_the_number():
    counted = {one.name for told in events().values() for one in told if one.shows_reach}

    assert [name for name in counted if name.startswith(UNCOUNTED)] == []
    assert {name for name in counted if name.startswith("councils.")} == {
        "councils.invited",
        "councils.named_representative",
    }


def test_titles_of_protected_information_stay_out_of_mail():
    with override("en"):
        protected = {name for name in wordings() if name.startswith("protected.")}

    assert all(wordings()[name].is_title_protected for name in protected)
