from http import HTTPStatus

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from tests.people.factories import AccountFactory

from banso.ledger.models import Entry
from banso.people.models import Device, SignIn

PASSWORD = "伴走 runs alongside"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def account(db):
    return AccountFactory(email="aoi@example.jp", password=make_password(PASSWORD))


def signed_in(account):
    browser = Client(headers={"User-Agent": FIREFOX})
    browser.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    return browser


def test_own_page_shows_sign_ins_sessions_and_devices(account):
    Client().post(reverse("account_login"), {"login": account.email, "password": "wrong"})
    browser = signed_in(account)

    page = browser.get(reverse("people:sign_ins")).text

    assert "aoi@example.jp" in page
    assert str(account.pk) not in page
    assert "拒否：パスワードの誤り" in page
    assert page.count("Firefox（Linux）") == 3


def test_nothing_of_another_person_is_shown(account, client_for):
    signed_in(account)

    page = client_for(AccountFactory().person).get(reverse("people:sign_ins")).text

    assert "Firefox" not in page


def test_a_session_is_ended_by_its_owner_and_recorded_for_them_alone(account):
    here, elsewhere = signed_in(account), signed_in(account)
    session = UserSession.objects.get(session_key=elsewhere.session.session_key)

    here.post(reverse("people:end_session", args=[session.pk]))

    assert here.get("/my/").status_code == HTTPStatus.OK
    assert elsewhere.get("/my/")["Location"].startswith("/accounts/login/")
    assert Entry.objects.values_list("act", "is_sealed").get() == ("people.end_session", True)


def test_all_other_sessions_are_ended(account):
    here, *others = (signed_in(account) for _ in range(3))

    here.post(reverse("people:end_others"))

    assert here.get("/my/").status_code == HTTPStatus.OK
    assert {one.get("/my/").status_code for one in others} == {HTTPStatus.FOUND}


def test_an_ended_device_is_no_longer_known_and_its_sessions_end(account):
    lost, here = signed_in(account), signed_in(account)
    session = UserSession.objects.get(session_key=lost.session.session_key)

    here.post(reverse("people:end_device", args=[session.data["device"]]))

    assert lost.get("/my/").status_code == HTTPStatus.FOUND
    assert here.get("/my/").status_code == HTTPStatus.OK
    assert Device.objects.exclude(ended_at=None).count() == 1
    signed_in(account)
    assert Device.objects.count() == 3


@pytest.mark.parametrize("what", ["session", "device"])
def test_nobody_ends_what_is_anothers(account, client_for, what):
    browser = signed_in(account)
    session = UserSession.objects.get()
    ids = {"session": session.pk, "device": session.data["device"]}

    answer = client_for(AccountFactory().person).post(
        reverse(f"people:end_{what}", args=[ids[what]])
    )

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert browser.get("/my/").status_code == HTTPStatus.OK
    assert not Entry.objects.exists()


def test_a_letter_tells_of_a_new_device_but_not_of_the_first(account, mailoutbox):
    first = signed_in(account)
    told_at_first = len(mailoutbox)
    first.post(reverse("account_logout"))
    first.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    told_again = len(mailoutbox)

    signed_in(account)

    assert (told_at_first, told_again) == (0, 0)
    assert [(one.to, one.subject) for one in mailoutbox] == [
        (["aoi@example.jp"], "新しい端末からのログインのお知らせ")
    ]
    assert [*SignIn.objects.order_by("at").values_list("is_new_device", flat=True)] == [
        *(True, False, True)
    ]


def test_a_letter_is_in_the_persons_language(account, mailoutbox):
    account.person.language = "en"
    account.person.save()
    signed_in(account)

    signed_in(account)

    assert mailoutbox[0].subject == "Sign-in from a new device"


def test_the_next_page_names_no_id_after_signing_in(account):
    browser = Client()

    page = browser.post(
        reverse("account_login"), {"login": account.email, "password": PASSWORD}, follow=True
    )

    assert str(account.pk) not in page.text


@pytest.mark.assurance("A-53")
def test_nobody_is_signed_out_by_following_a_link(account):
    browser = signed_in(account)

    browser.get(reverse("account_logout"))

    assert browser.get("/my/").status_code == HTTPStatus.OK
