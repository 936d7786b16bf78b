"""`banso web`: one process that answers requests, on a port that `banso serve` has taken."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from banso.rehearsal.queries import refusal_to_demonstrate
from banso.site.console.parent import PORT_TAKEN, REFUSED
from banso.site.console.serving.static_files import collect_static_files
from banso.site.front.intake.descriptors import most_connections, raise_limit

if TYPE_CHECKING:
    import argparse

BACKLOG = 1024


class InheritedServer(Server):
    """A server on an inherited socket, so that no process binds the port again."""

    def __init__(self, descriptor: int, connections: int) -> None:
        super().__init__(
            import_string("banso.site.asgi.application"),
            interface=Interfaces.ASGI,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=20_000, max_buffer_size=65_536),
            log_enabled=False,
            websockets=False,
            backpressure=connections,
        )
        self._descriptor = descriptor

    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._shd = SocketHolder(self._descriptor, False, BACKLOG)  # type: ignore[call-arg,assignment] # noqa: FBT003 - the binary takes what its stub lacks


def run(arguments: argparse.Namespace) -> int:
    """Answer until told to stop, unless what is there may not be shown."""
    if settings.IS_DEMO and (refusal := refusal_to_demonstrate()):
        print(f"banso: {refusal}", file=sys.stderr)
        return REFUSED
    collect_static_files()
    server = InheritedServer(arguments.socket, most_connections(raise_limit()))
    try:
        with socket.socket(fileno=os.dup(arguments.socket)) as listener:
            listener.listen(BACKLOG)
    except OSError as fault:
        print(f"banso: the port cannot be listened on: {fault.strerror}.", file=sys.stderr)
        return PORT_TAKEN
    asyncio.run(_serve(server))
    return 0


async def _serve(server: InheritedServer) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
