"""A mail server on a socket of its own, that keeps what it is given. It can refuse people, and die after a mail."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        office = self.server.office
        self.say("220 post office")
        for line in self.rfile:
            verb = line.strip().upper()[:4]
            if verb == b"RCPT" and any(name in line for name in office.refuses):
                self.say("550 no such person here")
            elif verb == b"DATA":
                self.say("354 go on")
                office.keep(b"".join(iter(self.rfile.readline, b".\r\n")))
                if office.dies:
                    return None
                self.say("250 kept")
            elif verb == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 fine")
        return None

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class PostOffice:
    def __init__(self):
        self.letters, self.refuses, self.dies = [], [], False

    def keep(self, data):
        self.letters.append(message_from_bytes(data, policy=policy.default))


@contextmanager
def open_office(settings):
    """Point the settings at a mail server and give it."""
    office = PostOffice()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads, server.office = True, office
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield office
        server.shutdown()
