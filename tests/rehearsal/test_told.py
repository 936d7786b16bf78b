"""What the sample program gives to tell: each notice has words, and a page that its reader opens."""

from http import HTTPStatus

import pytest
from django.utils.translation import override
from tests.notices.telling import tell_of_everything

from banso.ledger.clock import read_clock
from banso.notices.models import Notice
from banso.notices.telling.declared import events
from banso.notices.telling.words import words_to
from banso.rehearsal.program import concepts_to_rehearse, load_sample_program, rehearse

# Those that the course of a sample life does not come to, each with the reason.
NOT_PLAYED = {
    "proposals.returned": "no sample is returned",
    "proposals.withdrawn": "no sample is withdrawn",
    "projects.change_requested": "no sample team changes",
    "projects.change_passed_on": "no sample team changes",
    "projects.change_applied": "no sample team changes",
    "protected.released": "no sample item is released",
    "results.planned": "sample results have one author",
    "results.published": "sample results have one author",
    "people.to_confirm": "sample people are registered",
    "people.affiliation_confirmed": "sample people are registered",
    "people.affiliation_refused": "sample people are registered",
}


@pytest.fixture
def told(db, settings, tmp_path):
    """One notice of each name that the sample program of one concept gives, told at the end."""
    settings.DATA = tmp_path
    load_sample_program()
    rehearse(concepts_to_rehearse()[:4], seed=1, scale=2, report=lambda *_: None)
    tell_of_everything(at=read_clock())
    return list(Notice.objects.order_by("name", "-at").distinct("name").select_related("person"))


def test_every_notice_of_the_sample_program_is_read_by_whom_it_is_for(told, client_for):
    at, readers = read_clock(), {}
    for notice in told:
        for language in ("ja", "en"):
            with override(language):
                [words] = words_to([notice], at=at)
                assert "%" not in words.sentence
                answer = client_for(notice.person).get(words.address)
                readers[notice.name, language] = answer.status_code

    names = {one.name for each in events().values() for one in each}
    assert {key for key, status in readers.items() if status != HTTPStatus.OK} == set()
    assert names - {notice.name for notice in told} == NOT_PLAYED.keys() & names
