import re
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.people.factories import AccountFactory, PersonFactory

from banso.people.models import Account, SignIn

PASSWORD = "伴走 runs alongside"
NEW = "海とともに歩む研究の日々"
LINK = re.compile(r"http://testserver(/\S+)")


@pytest.fixture
def account(db):
    person = PersonFactory(family_name="見本", given_name="葵", family_name_en="Mihon")
    return AccountFactory(person=person, email="aoi@example.jp", password=make_password(PASSWORD))


def signed_in(account, password=PASSWORD):
    browser = Client()
    browser.post(reverse("account_login"), {"login": account.email, "password": password})
    return browser


def asked_for_reset(address):
    return Client().post(reverse("account_reset_password"), {"email": address})


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("passwordpassword", id="a-common-one-twice"),
        pytest.param("Passw0rd2026!", id="a-common-one-with-signs"),
        pytest.param("qwertyuiopas", id="a-row-of-keys"),
        pytest.param("aoi@example.jp", id="the-own-address"),
        pytest.param("example-aoi-2026", id="parts-of-the-own-address"),
        pytest.param("見本葵見本葵見本葵", id="the-own-name"),
        pytest.param("MihonMihonMihon", id="the-own-name-in-letters"),
        pytest.param("banso-banso-banso", id="our-own-name"),
        pytest.param("短い", id="too-short"),
    ],
)
def test_a_password_that_others_guess_is_refused(account, password):
    with pytest.raises(ValidationError):
        validate_password(password, account)


@pytest.mark.parametrize("password", [PASSWORD, NEW, "zq8!kd0Pwm3x", "correct horse battery"])
def test_a_password_that_nobody_guesses_is_taken(account, password):
    validate_password(password, account)


def test_help_for_a_password_is_sentences_and_no_list(account):
    page = signed_in(account).get(reverse("account_change_password")).text

    assert "12文字以上です。" in page
    assert "&lt;ul" not in page
    assert "<li>あなたの" not in page


def test_a_reset_link_comes_by_mail_and_works_once(account, mailoutbox):
    asked_for_reset("Aoi@Example.jp")
    [letter] = mailoutbox
    path = LINK.search(letter.body)[1]
    browser = Client()
    form = browser.get(path, follow=True)

    done = browser.post(
        form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True
    )

    account.refresh_from_db()
    assert (letter.to, letter.subject) == (["aoi@example.jp"], "パスワードの再設定")
    assert account.check_password(NEW)
    assert "パスワードを設定しました" in done.text
    assert "このリンクは使えません" in Client().get(path, follow=True).text
    assert SignIn.objects.get().outcome == "password-reset"


def test_who_has_no_password_sets_the_first_one_by_the_same_letter(db, mailoutbox):
    account = AccountFactory(password=make_password(None), email="first@example.jp")
    asked_for_reset(account.email)
    browser = Client()
    form = browser.get(LINK.search(mailoutbox[0].body)[1], follow=True)

    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert signed_in(account, NEW).get("/my/").status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/accounts/password/reset/set/1-abc/", id="no-such-account"),
        pytest.param("/accounts/password/reset/set/x-set-password/", id="no-session"),
        pytest.param("/en/accounts/password/reset/set/0a1b-d-xyz/", id="in-english"),
    ],
)
def test_a_forged_reset_link_says_so_and_changes_nothing(account, path):
    page = Client().get(path, follow=True)

    account.refresh_from_db()
    assert "リンクは使えません" in page.text or "no longer works" in page.text
    assert account.check_password(PASSWORD)


@pytest.mark.assurance("A-52")
def test_a_reset_is_answered_alike_with_one_letter_whether_or_not_there_is_an_account(
    account, mailoutbox
):
    pages = {asked_for_reset(address)["Location"] for address in (account.email, "no@example.jp")}

    assert pages == {"/accounts/password/reset/done/"}
    assert [letter.to for letter in mailoutbox] == [["aoi@example.jp"], ["no@example.jp"]]
    assert "アカウントはありません" in mailoutbox[1].subject


def test_letters_to_one_address_are_limited_alike(account, mailoutbox):
    answers = {
        address: [asked_for_reset(address).status_code for _ in range(6)]
        for address in (account.email, "no@example.jp")
    }

    found, limited = HTTPStatus.FOUND, HTTPStatus.TOO_MANY_REQUESTS
    assert answers == dict.fromkeys(answers, [found] * 5 + [limited])
    assert len(mailoutbox) == 10


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_account_without_a_password_is_led_from_changing_to_setting_one(
    db, client_for, language
):
    browser = client_for(AccountFactory(password=make_password(None)).person)
    prefix = "" if language == "ja" else "/en"

    response = browser.get(f"{prefix}/accounts/password/change/", follow=True)

    assert response.redirect_chain == [(f"{prefix}/accounts/password/set/", 302)]
    assert response.status_code == HTTPStatus.OK
    assert str(AccountFactory._meta.model.objects.first().pk) not in response.text


@pytest.mark.assurance("A-53")
def test_a_changed_password_ends_other_sessions_and_is_told(account, mailoutbox):
    here, elsewhere = signed_in(account), signed_in(account)
    entered = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    key = here.session.session_key
    mailoutbox.clear()

    here.post(reverse("account_change_password"), entered)

    assert here.get("/my/").status_code == HTTPStatus.OK
    assert here.session.session_key != key
    assert elsewhere.get("/my/")["Location"].startswith("/accounts/login/")
    assert [(letter.to, letter.subject) for letter in mailoutbox] == [
        (["aoi@example.jp"], "ログイン方法の変更のお知らせ")
    ]


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        pytest.param({"oldpassword": "wrong"}, "現在のパスワードが正しくありません", id="wrong"),
        pytest.param({"password2": "another one"}, "パスワードが異なります", id="differs"),
        pytest.param(
            {"password1": "見本葵見本葵見本葵", "password2": "見本葵見本葵見本葵"},
            "推測されやすいパスワードです",
            id="own-name",
        ),
    ],
)
def test_a_change_that_does_not_fit_says_why_and_changes_nothing(account, entered, said):
    browser = signed_in(account)
    right = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    page = browser.post(reverse("account_change_password"), right | entered)

    assert said in page.text
    assert Account.objects.get().check_password(PASSWORD)
