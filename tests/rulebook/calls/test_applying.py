import pytest

from banso.rulebook.calls.applying import may_apply


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="eligible"),
        pytest.param(
            {"has_japanese_legal_personality": False},
            "no-japanese-legal-personality",
            id="foreign-body",
        ),
        pytest.param({"has_base_in_japan": False}, "no-base-in-japan", id="no-base"),
        pytest.param({"lives_in_japan": False}, "not-living-in-japan", id="lives-abroad"),
        pytest.param({"unmet_terms": {"team-of-two"}}, "terms-of-call-not-met", id="a-term"),
    ],
)
def test_an_applicant_belongs_to_a_body_in_japan_and_lives_there(facts, reason):
    eligible = {
        "has_japanese_legal_personality": True,
        "has_base_in_japan": True,
        "lives_in_japan": True,
    }

    verdict = may_apply(**eligible | facts)

    assert (verdict.clause.id, verdict.reason) == ("K6", reason)


def test_the_terms_of_a_call_that_are_not_met_are_named():
    verdict = may_apply(
        has_japanese_legal_personality=True,
        has_base_in_japan=True,
        lives_in_japan=True,
        unmet_terms={"two-bodies", "demonstration-site"},
    )

    assert verdict.facts == {"unmet": ("demonstration-site", "two-bodies")}
