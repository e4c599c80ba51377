"""What receives during the soak: a mail server and a public outlet that count what reaches them."""

import random
import socketserver
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class MailSink(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs; `received` counts Message-IDs of accepted mail."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, slowest):
        super().__init__(("127.0.0.1", 0), MailTalk)
        self.received, self.slowest = Counter(), slowest


class MailTalk(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.talk()
        except OSError:  # the worker was killed
            return

    def talk(self):
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.take()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if line:  # the whole mail has come: it is accepted, whatever becomes of the sender
            ids = [
                each.split(b":", 1)[1].strip() for each in lines if each.lower().startswith(b"message-id:")
            ]
            self.server.received[ids[0].decode()] += 1
            time.sleep(random.uniform(0, self.server.slowest))
            self.say("250 taken")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


class OutletSink(ThreadingHTTPServer):
    """An outlet that posts whatever it gets; `received` counts idempotency keys, which it does not look at."""

    daemon_threads = True

    def __init__(self, slowest):
        super().__init__(("127.0.0.1", 0), OutletTalk)
        self.received, self.slowest = Counter(), slowest


class OutletTalk(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received[self.headers["Idempotency-Key"]] += 1
        time.sleep(random.uniform(0, self.server.slowest))
        try:
            self.send_response(201)
            self.end_headers()
        except OSError:  # the worker was killed
            return

    def log_message(self, *_words):
        """Silent."""


def begin(sink):
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    return sink
