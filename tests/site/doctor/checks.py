import json
import subprocess

from tests.journeys.conftest import BANSO

from banso.site.doctor import examine


def found(folder, environ, *, is_deep=False):
    return [
        (one.check, one.says)
        for one in examine(folder, environ, is_deep=is_deep)
        if one.state == "wrong"
    ]


def doctor(environ, *words):
    told = subprocess.run(
        [*BANSO, "doctor", "--json", *words],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stderr == ""
    return told.returncode, wrong(json.loads(told.stdout)["checks"])


def wrong(checks):
    return [(one["check"], one["says"]) for one in checks if one["state"] == "wrong"]


RECEIPT = """
INSERT INTO proposals_receipt (id, number, proposal_id, person_id, received_at, version, files, entry_id, commitment)
VALUES (gen_random_uuid(), 'R-1', gen_random_uuid(), gen_random_uuid(), now(), 'v', %s::jsonb, gen_random_uuid(), 'c')
"""
