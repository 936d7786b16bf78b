from tests.people.factories import PersonFactory

from banso.rehearsal.cast import gather_cast
from banso.rehearsal.playing import Stage
from banso.rehearsal.program import load_sample_program, refusal_to_rehearse


def test_an_empty_folder_is_one_to_rehearse_on(db):
    assert refusal_to_rehearse(1) == ""


def test_nothing_is_rehearsed_beside_people_who_are_no_samples(db):
    PersonFactory()

    assert "people who are no samples" in refusal_to_rehearse(1)


def test_one_folder_holds_the_sample_program_of_one_seed(db):
    load_sample_program()
    gather_cast(Stage(1))

    assert refusal_to_rehearse(1) == ""
    assert "another seed than 2" in refusal_to_rehearse(2)
