"""A real mail server on a socket of its own (aiosmtpd), that keeps what it is given and fails as it is told to."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy
from time import sleep

from aiosmtpd.controller import Controller


class PostOffice:
    """`refuses` and `defers` are beginnings of addresses; `dies` cuts the line once a mail is kept, `cuts` before."""

    def __init__(self):
        self.letters, self.refuses, self.defers = [], [], []
        self.dies = self.cuts = False
        self.seconds = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith(tuple(self.refuses)):
            return "550 no such person here"
        if address.startswith(tuple(self.defers)):
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        sleep(self.seconds)  # the whole office is slow, not one line of it
        if not self.cuts:
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.dies or self.cuts:
            server.transport.abort()
        return "250 kept"


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def open_office(settings):
    """Point the settings at a mail server and give it."""
    office = PostOffice()
    counter = Controller(office, hostname="127.0.0.1", port=_free_port())
    counter.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = counter.hostname, counter.port
        yield office
    finally:
        counter.stop()
