"""A session that ends takes no text with it."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from tests.kept.typing_along import address, keep, token_on, written

from banso.kept.models import KeptText
from banso.proposals.models import Proposal


def test_a_form_sent_after_the_session_ended_is_found_after_sign_in(lead, edit, draft, client_for):
    token = token_on(lead.get(edit))
    Session.objects.all().delete()

    refused = lead.post(edit, {**written(), "kept_token": token})
    again = client_for(draft.lead).get(edit)

    assert refused.headers["Location"] == f"/accounts/login/?next={edit}&kept=1"
    assert "入力された内容は保存されています" in lead.get(refused.headers["Location"]).text
    assert "書きかけの要旨\n二行目</textarea>" in again.text
    assert Proposal.objects.get().abstract == draft.abstract


def test_a_page_whose_session_ended_still_keeps_but_reads_nothing(lead, edit, draft, client_for):
    token = token_on(lead.get(edit))

    told = keep(Client(), token)

    assert told["said"].startswith("保存済み")
    assert "書きかけ" not in str(told)
    assert "書きかけの要旨" in client_for(draft.lead).get(edit).text


def test_a_form_of_an_earlier_session_is_kept_by_the_page_that_refuses_it(edit, draft, client_for):
    strict = client_for(draft.lead)
    token = token_on(strict.get(edit))
    strict.handler.enforce_csrf_checks = True

    refused = strict.post(edit, {**written(), "kept_token": token})

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert f'href="{edit}"' in refused.text
    assert "入力された内容は保存されています" in refused.text
    assert "書きかけの要旨" in strict.get(edit).text


@pytest.mark.parametrize("token", ["", "made-up", "eyJ4IjoxfQ:1abc:def"])
def test_nothing_is_kept_for_a_page_that_is_not_ours(lead, db, token):
    told = lead.post(address("kept:keep"), {**written(), "kept_token": token})

    assert told.status_code == HTTPStatus.FORBIDDEN
    assert not KeptText.objects.exists()


def test_the_end_of_the_session_is_put_off_and_named_to_scripts(lead, edit):
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=3))

    lead.post(address("kept:extend_session"))

    [session] = Session.objects.all()
    named = lead.cookies["session_end"]
    assert abs(int(named.value) - session.expire_date.timestamp()) < 2
    assert session.expire_date > timezone.now() + timedelta(hours=11)
    assert not named["httponly"]


def test_the_end_is_forgotten_with_the_session(lead, edit):
    lead.post(address("kept:extend_session"))
    Session.objects.all().delete()

    lead.get("/accounts/login/")

    assert lead.cookies["session_end"].value == ""


def test_the_same_text_that_arrives_twice_is_kept_once(lead, edit):
    token = token_on(lead.get(edit))

    keep(lead, token)
    Session.objects.all().delete()
    lead.post(edit, {**written(), "kept_token": token})

    assert KeptText.objects.count() == 1
