"""Every form with prose says whether its text is kept before it is sent, or why it is not."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps

from banso.kept.keeping import NotToBeKeptError, keep
from banso.web.fields import ProseField
from banso.web.forms import ActForm

# Never kept: what is protected, why somebody leaves or declines, and what is in a manuscript.
NOT_KEPT = {
    "protected.OfferForm": "it holds the content of protected information",
    "projects.TeamChangeForm": "why somebody is asked to leave a team is read by them first",
    "people.InviteForm": "it lists addresses of people who have not come in yet",
    "people.RefuseForm": "why somebody is declined",
    "results.WithholdingForm": "it quotes a manuscript",
}


def _forms():
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if not config.name.startswith("banso.") or config.label == "web":
            continue
        for path in [folder / "forms.py", *folder.glob("forms/**/*.py")]:
            if path.exists():
                parts = path.relative_to(folder).with_suffix("").parts
                module = importlib.import_module(".".join((config.name, *parts)))
                yield from (
                    (f"{config.label}.{name}", form)
                    for name, form in vars(module).items()
                    if isinstance(form, type)
                    and issubclass(form, ActForm)
                    and form.__module__ == module.__name__
                )


FORMS = dict(_forms())
WITH_PROSE = {
    name: form
    for name, form in FORMS.items()
    if any(isinstance(field, ProseField) for field in form.base_fields.values())
}


@pytest.mark.parametrize("name", WITH_PROSE)
def test_a_form_with_prose_is_kept_or_says_why_not(name):
    assert WITH_PROSE[name].is_kept != (name in NOT_KEPT)


def test_no_other_form_is_kept_and_no_reason_is_left_over():
    kept = {name for name, form in FORMS.items() if form.is_kept}

    assert kept <= WITH_PROSE.keys()
    assert NOT_KEPT.keys() <= WITH_PROSE.keys()


@pytest.mark.parametrize("name", NOT_KEPT)
def test_a_form_that_is_not_kept_cannot_be(rf, name):
    form = FORMS[name].__new__(FORMS[name])

    with pytest.raises(NotToBeKeptError):
        keep(rf.get("/"), form)
