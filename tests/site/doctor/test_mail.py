"""Where mail leaves is read from the environment; what cannot be used is said in a sentence."""

import psycopg
import pytest

from banso.notices.mail.configured import (
    MailUnfit,
    mail_settings,
    provider_settings,
    sender,
    site_address,
)
from banso.site.doctor.mail import check_mail

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", None),
        ("smtp://u%40x@mail.example.jp", ("mail.example.jp", 587, "u@x", "secret", "starttls")),
        ("smtps://u@mail.example.jp", ("mail.example.jp", 465, "u", "secret", "at-once")),
        ("smtp://mail.example.jp:25", ("mail.example.jp", 25, "", "secret", "starttls")),
        ("smtp://127.0.0.1:25", ("127.0.0.1", 25, "", "secret", "none")),
        ("smtp://u@127.0.0.1:25", ("127.0.0.1", 25, "u", "secret", "starttls")),
    ],
)
def test_a_server_is_named_with_its_port_and_never_spoken_to_in_clear(address, expected):
    found = mail_settings({"BANSO_MAIL": address, "BANSO_MAIL_PASSWORD": "secret"})

    names = ("host", "port", "user", "password", "tls")
    assert found == (expected and dict(zip(names, expected, strict=True)))


@pytest.mark.parametrize(
    "address", ["mail.example.jp", "smtp://", "http://x", "smtp://u:p@x", "smtp://x:99999"]
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_a_password(address):
    with pytest.raises(MailUnfit) as refused:
        mail_settings({"BANSO_MAIL": address})

    assert str(refused.value).startswith("BANSO_MAIL has to be smtp://user@host:587")


def test_passwords_and_keys_come_from_files_too(tmp_path):
    kept = tmp_path / "password"
    kept.write_text("secret\n")

    server = mail_settings({"BANSO_MAIL": "smtps://u@x.jp", "BANSO_MAIL_PASSWORD_FILE": str(kept)})
    provider = provider_settings({"ANYMAIL_SENDGRID_API_KEY_FILE": str(kept), "ANYMAIL_A": "b"})

    assert server["password"] == "secret"
    assert provider == {"SENDGRID_API_KEY": "secret", "A": "b"}
    assert mail_settings({"BANSO_MAIL": "provider://sendgrid"}) == {
        "backend": "anymail.backends.sendgrid.EmailBackend"
    }
    with pytest.raises(MailUnfit, match="cannot be read"):
        mail_settings({"BANSO_MAIL": "smtps://u@x.jp", "BANSO_MAIL_PASSWORD_FILE": "/none"})


@pytest.mark.parametrize("given", ["", "nobody", "a@b.jp\nBcc: c@d.jp"])
def test_a_server_needs_a_sender_that_is_an_address(given):
    with pytest.raises(MailUnfit, match="BANSO_MAIL_FROM"):
        sender({"BANSO_MAIL": "smtp://x.jp", "BANSO_MAIL_FROM": given})


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"BANSO_ADDRESS": "https://a.jp/"}, "https://a.jp"),
        ({"BANSO_ORIGINS": "https://b.jp,https://c.jp"}, "https://b.jp"),
        ({"BANSO_HOSTS": "d.jp", "BANSO_TLS": "1"}, "https://d.jp"),
        ({"PORT": "8101"}, "http://127.0.0.1:8101"),
    ],
)
def test_mail_leads_to_the_sites_own_address(environ, expected):
    assert site_address(environ) == expected


WAITS = """
INSERT INTO notices_message (id, key, recipient, sender, subject, text, headers, act, queued_at,
                             due_at, state, attempts, reason, is_of_notices)
VALUES (gen_random_uuid(), 'key', 'a@b.jp', '', '', '', '{}', '', now() - %s * interval '1 second',
        now(), 'waiting', 1, '450 full', false)
"""


@pytest.mark.parametrize(
    ("environ", "seconds", "state", "says"),
    [
        ({}, None, "unknown", "No mail leaves, because BANSO_MAIL is not set; 0 wait."),
        ({}, 5, "wrong", "No mail leaves, because BANSO_MAIL is not set; 1 wait."),
        ({"BANSO_MAIL": "x"}, 5, "good", "Mail leaves; 1 wait, and 0 did not reach anybody in a week."),
        ({"BANSO_MAIL": "x"}, 601, "wrong", "1 mails wait, the first for 601 s. 450 full"),
        ({"BANSO_DEMO": "1"}, 601, "good", "In demo mode mail is shown at /demo/mail/ alone."),
    ],
)  # fmt: skip
def test_the_doctor_says_whether_mail_leaves(site, as_owner, environ, seconds, state, says):
    as_owner("DELETE FROM notices_message")
    if seconds is not None:
        as_owner(WAITS, [seconds])

    with psycopg.connect(**site[2]) as connection:
        [found] = check_mail(connection, environ)

    as_owner("DELETE FROM notices_message")
    assert (found.state, found.says) == (state, says)
