"""A client of an ASGI application that needs no network."""

import asyncio


class Asgi:
    """One request: what it sends, piece by piece, what of it was read, and what it was answered.

    What is taken after the answer began is thrown away, not read.
    """

    def __init__(self, path, *, method="GET", headers=(), pieces=(), client="203.0.113.9"):
        raw, _, query = path.partition("?")
        self.scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": raw,
            "raw_path": raw.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers],
            "client": (client, "1"),
            "server": ("127.0.0.1", "8000"),
        }
        self.pieces = list(pieces)
        self.read = self.thrown_away = 0
        self.sent = []

    async def receive(self):
        if not self.pieces:
            await asyncio.Event().wait()
        piece = self.pieces.pop(0)
        if isinstance(piece, float):
            await asyncio.sleep(piece)
            return await self.receive()
        if piece is None:
            return {"type": "http.disconnect"}
        if self.sent:
            self.thrown_away += len(piece)
        else:
            self.read += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}

    async def send(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])

    @property
    def body(self):
        return b"".join(message["body"] for message in self.sent[1:])


def ask(front, *requests):
    """Send requests at the same time and give them back answered."""

    async def all_of_them():
        await asyncio.gather(*(front(one.scope, one.receive, one.send) for one in requests))

    asyncio.run(all_of_them())
    return requests
