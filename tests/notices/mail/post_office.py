"""A real mail server on this machine, which does with mail what a test tells it to."""

import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller


class PostOffice:
    """What arrived, and how the server answers at each step."""

    def __init__(self):
        self.arrived, self.answers, self.dropped_at = [], {}, ""
        self._lock = threading.Lock()

    async def handle_RCPT(self, _server, _session, envelope, address, *_options):  # noqa: N802 - aiosmtpd's name
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        with self._lock:
            self.arrived.append((envelope.rcpt_tos[0], envelope.content))
        if self.dropped_at == "after-data":
            server.transport.abort()
        return self.answers.get("DATA", "250 taken")

    @property
    def mails(self):
        return [message_from_bytes(content, policy=default) for _, content in self.arrived]

    @property
    def recipients(self):
        return [recipient for recipient, _ in self.arrived]


@contextmanager
def open_post_office(port=0):
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    office.address = {"host": "127.0.0.1", "port": controller.port, "tls": "none"}
    try:
        yield office
    finally:
        controller.stop()


def free_port():
    import socket  # noqa: PLC0415 - the suite closes the network when it is imported

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
