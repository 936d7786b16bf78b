"""What a person does at a served site, and how they are answered."""

import http.client
import uuid
from urllib.parse import urlencode

from tests.assurance.killing.test_server_kills import TOKEN
from tests.waiting import until

from banso.rehearsal.sample_files import sample_pdf

BOUND_SECONDS = 100.0  # ten times what a store, or a connection, is waited for
# Two processes take connections as they come: so many in a row reach both.
ASKED_WHEN_WELL = 16
PDF = sample_pdf("another")


def ask(port, method, path, session, body=None, kind="application/x-www-form-urlencoded"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=BOUND_SECONDS)
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
    if body is not None:
        headers["Content-Type"] = kind
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def submit(port, proposal, session, key):
    body = urlencode({"csrfmiddlewaretoken": TOKEN, "idempotency_key": key})
    return ask(port, "POST", f"/en/my/proposals/{proposal}/check/", session, body)


def attach(port, proposal, session):
    fields = {"csrfmiddlewaretoken": TOKEN, "idempotency_key": str(uuid.uuid4())}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
    kind = "Content-Type: application/pdf\r\n\r\n"
    body = "".join([*parts, head, kind]).encode() + PDF + b"\r\n--x--\r\n"
    return ask(
        port,
        "POST",
        f"/en/my/proposals/{proposal}/file/",
        session,
        body,
        "multipart/form-data; boundary=x",
    )


def until_ready(port, expected):
    """Wait for an answer of `/readyz`; ready is what every process says, each by itself."""
    asked = ASKED_WHEN_WELL if expected == http.client.OK else 1

    def told():
        answers = [ask(port, "GET", "/readyz", "") for _ in range(asked)]
        is_so = all(answer.status == expected for answer, _ in answers)
        return [answers[-1][1].decode()] if is_so else None

    [said] = until(told, f"/readyz answers {expected}", within=BOUND_SECONDS)
    return said


def until_answered(port, path, session):
    def answered():
        answer, page = ask(port, "GET", path, session)
        return answer.status == http.client.OK and [page]

    [page] = until(answered, f"{path} is answered", within=BOUND_SECONDS)
    return page
