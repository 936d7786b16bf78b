"""Pages for requests that cannot be answered: calm, the same for all, on their own."""

from http import HTTPStatus

import pytest
from django.utils.translation import override

from banso.web import views
from banso.web.unanswered import fault_page


def ours(request):
    return fault_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


ANSWERS = [
    pytest.param(views.not_found, HTTPStatus.NOT_FOUND, id="not-found"),
    pytest.param(views.forbidden, HTTPStatus.FORBIDDEN, id="forbidden"),
    pytest.param(views.conflict, HTTPStatus.CONFLICT, id="conflict"),
    pytest.param(views.old_page, HTTPStatus.FORBIDDEN, id="csrf-failure"),
    pytest.param(ours, HTTPStatus.INTERNAL_SERVER_ERROR, id="server-error"),
]
HARSH_WORDS = ["invalid", "illegal", "an error occurred", "不正", "無効", "違反", "エラーが発生"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("answer", "status"), ANSWERS)
def test_an_error_page_is_whole_without_database_messages_or_session(rf, answer, status, language):
    with override(language):
        start = "/en/" if language == "en" else "/"
        response = answer(rf.get(f"{start}calls/<script>secret-name/"))

    assert response.status_code == status
    assert f'<html lang="{language}">' in response.text
    assert response.text.count("<h1") == 1
    assert "secret-name" not in response.text
    assert not [word for word in HARSH_WORDS if word in response.text.lower()]


@pytest.mark.convention("H4")
@pytest.mark.parametrize(("answer", "status"), ANSWERS)
def test_htmx_gets_a_part_that_fits_its_target(rf, answer, status):
    response = answer(rf.get("/calls/", headers={"HX-Request": "true"}))

    assert response.status_code == status
    assert response.text.startswith('<section class="refusal" id="error" role="alert"')
    assert "<html" not in response.text


def test_unknown_and_hidden_look_alike(rf):
    unknown = views.not_found(rf.get("/proposals/1/"), LookupError("no such proposal"))
    hidden = views.not_found(rf.get("/proposals/2/"))

    assert unknown.content == hidden.content


def test_who_may_do_it_is_said_in_words_and_escaped(rf):
    with override("en"):
        response = views.forbidden(rf.post("/x/"), who="the <lead> of the proposal")

    assert "It can be done by: the &lt;lead&gt; of the proposal" in response.text
