import pytest
from django.conf import settings
from tests.people.factories import PersonFactory

from banso.site.front.intake.sessions import is_signed_in


@pytest.mark.django_db(transaction=True)
def test_a_session_of_a_signed_in_person_is_known_and_no_other(client_for):
    browser = client_for(PersonFactory())
    name, key = settings.SESSION_COOKIE_NAME, browser.session.session_key

    known = is_signed_in(f"theme=dark; {name}={key}; ".encode())
    browser.logout()
    forgotten = is_signed_in(f"{name}={key}".encode())

    assert (known, forgotten) == (True, False)


@pytest.mark.parametrize(
    "cookies",
    [
        pytest.param(b"", id="none"),
        pytest.param(b"theme=dark", id="another"),
        pytest.param(b"sessionid=abcdefghijklmnopqrstuvwxyz012345", id="made-up"),
        pytest.param(b"sessionid=\x00\xff; =;;", id="unreadable"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_cookies_without_a_session_of_ours_are_a_visitors(cookies):
    assert not is_signed_in(cookies)
