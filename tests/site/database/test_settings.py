"""Reading the environment into Django's settings, without starting anything."""

import pytest

from banso.site.database import DatabaseUnfit, connection_settings, is_external
from banso.site.database.places import places_of

WEB_URL = "postgresql://web@db.example/banso?sslmode=verify-full"


def test_the_embedded_server_is_reached_through_its_socket_as_the_web_role(tmp_path):
    settings = connection_settings({}, tmp_path)

    assert settings == {
        "ENGINE": "banso.site.pooled",
        "NAME": "banso",
        "USER": "banso_web",
        "PASSWORD": "",
        "HOST": str(places_of(tmp_path, {}).socket_folder),
        "PORT": "5432",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 5,
            "pool": {"min_size": 7, "max_size": 7, "timeout": 10.0, "reconnect_timeout": 5.0},
        },
    }


def test_nothing_is_made_by_asking(tmp_path):
    connection_settings({}, tmp_path / "banso-data")

    assert list(tmp_path.iterdir()) == []


def test_the_owner_takes_plain_connections(tmp_path):
    settings = connection_settings({"BANSO_DB_ROLE": "owner"}, tmp_path)

    assert (settings["USER"], settings["OPTIONS"]) == ("banso_owner", {})


def test_the_pool_is_as_large_as_the_environment_says(tmp_path):
    settings = connection_settings({"BANSO_DB_POOL": "9"}, tmp_path)

    assert settings["OPTIONS"]["pool"] == {
        "min_size": 9,
        "max_size": 9,
        "timeout": 10.0,
        "reconnect_timeout": 5.0,
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "postgresql://web:p%40ss%2Fw@db.example:6432/ba%20nso?sslmode=verify-full",
            ("ba nso", "web", "p@ss/w", "db.example", "6432", {"sslmode": "verify-full"}),
            id="percent-encoded",
        ),
        pytest.param(
            "postgresql://web@/banso?host=/run/postgresql",
            ("banso", "web", "", "/run/postgresql", "", {}),
            id="socket-folder",
        ),
        pytest.param(
            "postgres://web@[2001:db8::1]/banso?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            (
                "banso",
                "web",
                "",
                "2001:db8::1",
                "",
                {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"},
            ),
            id="ipv6-and-own-authority",
        ),
        pytest.param(
            "postgresql://%E7%A0%94%E7%A9%B6@db.example/banso?connect_timeout=5",
            ("banso", "研究", "", "db.example", "", {"connect_timeout": "5"}),
            id="japanese-name",
        ),
    ],
)
def test_a_url_is_read_as_postgresql_reads_it(tmp_path, url, expected):
    settings = connection_settings({"DATABASE_URL": url}, tmp_path)

    for ours in ("pool", "server_side_binding", "prepare_threshold"):
        settings["OPTIONS"].pop(ours)
    assert settings["OPTIONS"].pop("target_session_attrs") == "read-write"
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert tuple(settings[name] for name in names) == expected


def test_the_owner_has_a_url_of_its_own(tmp_path):
    environ = {
        "DATABASE_URL": WEB_URL,
        "DATABASE_OWNER_URL": "postgresql://owner@db.example/banso",
        "BANSO_DB_ROLE": "owner",
    }

    assert connection_settings(environ, tmp_path)["USER"] == "owner"


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        pytest.param({"DATABASE_URL": "mysql://web@db/banso"}, "postgresql://user@", id="scheme"),
        pytest.param({"DATABASE_URL": "host=db"}, "postgresql://user@", id="not-a-url"),
        pytest.param(
            {"DATABASE_URL": f"{WEB_URL}&nonsense=1"}, "option that PostgreSQL", id="option"
        ),
        pytest.param(
            {"DATABASE_URL": "postgresql://web:se%zzcret@db/banso"}, "as %40", id="bad-escape"
        ),
        pytest.param({"DATABASE_URL": "postgresql://db/banso"}, "a user and", id="no-user"),
        pytest.param({"DATABASE_URL": "postgresql://web@db"}, "a user and", id="no-database"),
        pytest.param(
            {"DATABASE_URL": WEB_URL, "BANSO_DB_ROLE": "owner"}, "OWNER_URL", id="no-owner-url"
        ),
        pytest.param(
            {"BANSO_DB_ROLE": "admin"}, "is admin; it has to be web, owner or", id="role"
        ),
        pytest.param({"BANSO_DB_POOL": "0"}, "is 0; it has to be a whole number", id="no-pool"),
        pytest.param({"BANSO_DB_POOL": "two"}, "is two; it has to be", id="pool-in-words"),
    ],
)
def test_what_cannot_be_read_is_told_without_repeating_a_password(tmp_path, environ, words):
    with pytest.raises(DatabaseUnfit, match=words) as refusal:
        connection_settings(environ, tmp_path)

    assert "cret" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({}, False), ({"DATABASE_URL": ""}, False), ({"DATABASE_URL": WEB_URL}, True)],
)
def test_a_database_is_external_when_a_url_names_it(environ, expected):
    assert is_external(environ) is expected
