import threading
import time
from http import HTTPStatus

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.people.factories import AccountFactory, AppointmentFactory, OrganisationFactory

from banso.people.models import SignIn

PASSWORD = "伴走 runs alongside"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(ahead=0):
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + ahead))


def account_of(role, **facts):
    body = OrganisationFactory(kind="funding-agency")
    person = AppointmentFactory(role=role, organisation=body).person
    return AccountFactory(person=person, password=make_password(PASSWORD), **facts)


@pytest.fixture
def officer(db):
    return account_of("agency-officer", email="officer@example.jp")


@pytest.fixture
def enrolled(officer):
    TOTP.activate(officer, SECRET)
    RecoveryCodes.activate(officer)
    return officer


def sign_in(account, **facts):
    browser = Client()
    browser.post(reverse("account_login"), {"login": account.email, "password": PASSWORD, **facts})
    return browser


def show(browser, code):
    return browser.post(reverse("mfa_authenticate"), {"code": code})


def recovery_codes(account):
    return Authenticator.objects.get(user=account, type="recovery_codes").wrap().generate_codes()


def set_up_app(browser):
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context_data["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return browser.post(reverse("mfa_activate_totp"), {"code": code})


@pytest.mark.parametrize(
    "role", ["agency-officer", "program-officer", "ministry-officer", "auditor", "operator"]
)
def test_who_must_have_a_factor_and_has_none_is_led_to_set_one_up(db, role):
    browser = sign_in(account_of(role))

    response = browser.get("/my/councils/?sort=concept")

    assert response["Location"] == (
        "/my/sign-in/second-factor/?next=%2Fmy%2Fcouncils%2F%3Fsort%3Dconcept"
    )


@pytest.mark.parametrize("role", ["institution-officer", "reviewer"])
def test_others_go_on_without_one(db, role):
    assert sign_in(account_of(role)).get("/my/").status_code == HTTPStatus.OK


def test_who_sets_one_up_comes_to_the_page_that_they_wanted(officer):
    browser = sign_in(officer)
    browser.get("/my/desk/", follow=True)

    answer = set_up_app(browser)

    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = browser.get(answer["Location"]).text
    assert 'href="/my/desk/"' in codes
    assert recovery_codes(officer)[0] in codes
    assert browser.get("/my/").status_code == HTTPStatus.OK


def test_setting_one_up_is_kept_and_told(officer, mailoutbox):
    browser = sign_in(officer)
    mailoutbox.clear()

    set_up_app(browser)

    assert SignIn.objects.filter(outcome="factor-added").count() == 1
    assert [letter.to for letter in mailoutbox] == [["officer@example.jp"]]


def test_a_part_of_a_page_is_led_by_htmx(officer):
    response = sign_in(officer).get("/my/", headers={"HX-Request": "true"})

    assert response["HX-Redirect"].startswith("/my/sign-in/second-factor/")


def test_password_and_code_sign_in_and_lead_to_the_page(enrolled):
    browser = sign_in(enrolled, next="/my/desk/")
    before = browser.get("/my/")

    response = show(browser, code_now())

    assert before["Location"].startswith("/accounts/login/")
    assert response["Location"] == "/my/desk/"
    assert browser.get("/my/").status_code == HTTPStatus.OK


def test_a_code_works_once(enrolled):
    code = code_now()
    show(sign_in(enrolled), code)

    again = show(sign_in(enrolled), code)

    assert "コード又はパスキーが正しくありません" in again.text


def test_full_width_digits_and_blanks_are_taken(enrolled):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    code = code_now()

    response = show(sign_in(enrolled), f" {code[:3]} {code[3:]} ".translate(wide))

    assert response["Location"] == "/my/"


def test_wrong_codes_are_limited_and_kept_for_their_person(enrolled):
    browser = sign_in(enrolled)
    answers = [show(browser, "000000").status_code for _ in range(11)]

    assert answers == [HTTPStatus.OK] * 10 + [HTTPStatus.TOO_MANY_REQUESTS]
    assert SignIn.objects.filter(outcome="wrong-code").count() == 10


def test_a_secret_rests_encrypted(officer):
    set_up_app(sign_in(officer))

    data = Authenticator.objects.get(user=officer, type="totp").data

    assert data["secret"].startswith("gAAAA")


def test_a_recovery_code_signs_in_once_and_is_told(enrolled, mailoutbox):
    code = recovery_codes(enrolled)[0]
    response = show(sign_in(enrolled), code)

    again = show(sign_in(enrolled), code)

    assert response["Location"] == "/my/"
    assert "正しくありません" in again.text
    assert SignIn.objects.filter(outcome="code-used").count() == 1
    assert "回復コードを使ったログイン" in "".join(letter.body for letter in mailoutbox)


@pytest.mark.assurance("A-51")
@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_works_once_under_fifty_parallel_tries():
    account = account_of("agency-officer", email="officer@example.jp")
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    authenticator = Authenticator.objects.get(type="recovery_codes")
    code = authenticator.wrap().generate_codes()[0]
    begin, taken = threading.Barrier(10), []

    def attempt():
        begin.wait()
        for _ in range(5):
            one = Authenticator.objects.get(pk=authenticator.pk)
            taken.append(one.wrap().validate_code(code))
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(taken), taken.count(True)) == (50, 1)


@pytest.mark.assurance("A-51")
@pytest.mark.parametrize("name", ["mfa_remove_webauthn", "mfa_edit_webauthn"])
def test_nobody_changes_another_persons_passkey(enrolled, client_for, name):
    passkey = Authenticator.objects.create(user=enrolled, type="webauthn", data={"name": "鍵"})
    other = client_for(AccountFactory(password=make_password(PASSWORD)).person)

    answer = other.post(reverse(name, args=[passkey.pk]), {"name": "別"})

    passkey.refresh_from_db()
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert passkey.data == {"name": "鍵"}


@pytest.mark.assurance("A-51")
@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"]
)
def test_an_id_in_the_form_enrols_and_removes_nobody_elses_factor(enrolled, client_for, name):
    other = AccountFactory(password=make_password(PASSWORD))
    before = [*Authenticator.objects.values_list("user", "type", "data")]

    client_for(other.person).post(
        reverse(name), {"user": enrolled.pk, "user_id": enrolled.pk, "code": "000000"}
    )

    assert [*Authenticator.objects.values_list("user", "type", "data")] == before


def test_a_factor_is_not_changed_by_a_session_that_was_long_idle(enrolled):
    browser = sign_in(enrolled)
    show(browser, code_now())

    with time_machine.travel(time.time() + 16 * 60, tick=True):
        response = browser.post(reverse("mfa_deactivate_totp"))

    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_pages_of_factors_name_no_id(enrolled):
    browser = sign_in(enrolled)
    show(browser, code_now())

    page = browser.get(reverse("mfa_index")).text

    assert str(enrolled.pk) not in page
    assert "認証アプリ" in page
