"""A small mail server on loopback: it speaks SMTP, keeps what it gets, and refuses on request."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import cast

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


class MailServer(socketserver.ThreadingTCPServer):
    """Where `messages` came in, and which addresses are refused with which line."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.messages: list[tuple[str, Message]] = []
        self.refuses: dict[str, bytes] = {}
        self.hangs_up: set[str] = set()
        """Addresses at which the connection is lost, each of them once."""
        self.connections = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def addresses(self) -> list[str]:
        """To whom mail came, in order."""
        return [address for address, _message in self.messages]


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        server = cast(MailServer, self.server)
        server.connections += 1
        address = ""
        self.say(b"220 ready")
        while line := self.rfile.readline().strip():
            verb = line[:4].upper()
            if verb == b"RCPT":
                address = line.split(b"<")[1].split(b">")[0].decode()
                if address in server.hangs_up:
                    server.hangs_up.discard(address)
                    return
                self.say(server.refuses.get(address, b"250 fine"))
            elif verb == b"DATA":
                self.say(b"354 go on")
                server.messages.append((address, message_from_bytes(self.text())))
                self.say(b"250 kept")
            elif verb == b"QUIT":
                self.say(b"221 goodbye")
                return
            else:
                self.say(b"250 fine")

    def text(self) -> bytes:
        """The message, up to the line with one dot."""
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class Stopped(BaseException):
    """The worker is told to stop."""


class StopsAfterTwo(EmailBackend):
    """Two mails go; at the third the worker is told to stop."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if len(mail.outbox) == 2:
            raise Stopped
        return int(super().send_messages(messages))


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that runs as long as this block."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
