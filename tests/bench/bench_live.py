"""Viewers of a live page: from publishing to each screen, beside a bare asyncio loop that streams the same bytes.

Run: python tests/bench/bench_live.py [--quick]. LOA_BENCH_VIEWERS is how many (5,000; 300 with --quick). Everything
on loopback: 50 messages a minute, then a burst of 20. Loa commits each message to its database; the bare loop keeps
nothing. The third run shares the viewers among two processes that hear of news through Redis.
"""

import asyncio
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parents[1]
QUICK = "--quick" in sys.argv
VIEWERS = int(os.environ.get("LOA_BENCH_VIEWERS", "300" if QUICK else "5000"))
SECONDS = 12 if QUICK else 60
EVERY = 60 / 50
BURST = 20
TOPIC = "hall:1"
FRAGMENT = "<li>" + "Đường ngập sau mưa, bao giờ làm xong cống? " * 10 + "</li>"
BARE = """
import asyncio, sys
viewers = set()
async def serve(reader, writer):
    asked = await reader.readline()
    if asked.startswith(b"SAY"):
        while line := await reader.readline():
            for viewer in viewers:
                viewer.write(b"id: 1\\ndata: question\\ndata: " + line + b"\\n")
        return
    while (await reader.readline()).strip():
        pass
    writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/event-stream\\r\\n\\r\\nevent: status\\ndata: live\\n\\n")
    viewers.add(writer)
    try:
        while await reader.read(1024):
            pass
    finally:
        viewers.discard(writer)
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=4096)
    await server.serve_forever()
asyncio.run(main())
"""


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Screen(asyncio.Protocol):
    """A viewer that notes when each message has come."""

    def __init__(self, request, got):
        self.request, self.got, self.text, self.is_open = request, got, b"", False

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data):
        came_at = time.monotonic()
        self.is_open = True
        *whole, self.text = (self.text + data).split(b"\n\n")
        for block in whole:
            stamp = block.partition(b"data: question\ndata: ")[2].partition(b" ")[0]
            if stamp:
                self.got.append((float(stamp), came_at))


async def watch(ports, publish, *, viewers=VIEWERS, seconds=SECONDS, memory=lambda: 0):
    """Open the viewers, publish, and wait until everybody has everything; what was measured."""
    loop, got, screens = asyncio.get_running_loop(), [], []
    before = memory()
    for number in range(viewers):
        port = ports[number % len(ports)]
        request = f"GET /song/{TOPIC}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        _, screen = await loop.create_connection(lambda asked=request: Screen(asked, got), "127.0.0.1", port)
        screens.append(screen)
        if number % 100 == 99:
            await until(lambda: all(each.is_open for each in screens), 60)
    await until(lambda: all(each.is_open for each in screens), 60)
    await asyncio.sleep(1)
    weight = (memory() - before) / viewers
    calm = int(seconds / EVERY)
    for number in range(calm):
        began = time.monotonic()
        await publish()
        await until(lambda wanted=number + 1: len(got) >= viewers * wanted, 30)
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))
    first = sorted(came - sent for sent, came in got)
    got.clear()
    for _ in range(BURST):
        await publish()
    await until(lambda: len(got) >= viewers * BURST, 60)
    await asyncio.sleep(0.3)
    burst = sorted(came - sent for sent, came in got)
    for screen in screens:
        screen.transport.abort()
    return {
        "messages": calm + BURST,
        "received": len(first) + len(burst),
        "p50": at(first, 0.5),
        "p99": at(first, 0.99),
        "burst_p99": at(burst, 0.99),
        "weight": weight,
    }


async def until(is_so, seconds):
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return
        await asyncio.sleep(0.005)


def at(ordered, share):
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def resident(pid):
    """Bytes of a process and all its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    return own + sum(resident(child) for child in children)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*commands, ports, **variables):
    """Processes of their own, ended by their ids; gives how much memory they take."""
    environment = {**os.environ, **variables}
    started = [subprocess.Popen(command, env=environment, start_new_session=True) for command in commands]
    try:
        for port in ports:
            for _ in range(900):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
        time.sleep(1)
        yield lambda: sum(resident(process.pid) for process in started)
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def measure_bare(viewers=VIEWERS, seconds=SECONDS):
    port = free_port()
    with running([sys.executable, "-c", BARE, str(port)], ports=[port]) as memory:

        async def story():
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"SAY\n")

            async def publish():
                writer.write(f"{time.monotonic()} {FRAGMENT}\n".encode())
                await writer.drain()

            return await watch([port], publish, viewers=viewers, seconds=seconds, memory=memory)

        return asyncio.run(story())


def measure_loa(*, processes=1, viewers=VIEWERS, seconds=SECONDS, **variables):
    """The publisher is another process than those that stream, as a worker or a second host would be."""
    ports = [free_port() for _ in range(processes)]
    server = str(TESTS / "core" / "live_server.py")
    commands = [[sys.executable, server, str(port)] for port in ports]
    variables["LOA_LIVE_LISTENERS_PER_ADDRESS"] = "100000"
    publisher = subprocess.Popen(
        [sys.executable, __file__, "publish"],
        env={**os.environ, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        with running(*commands, ports=ports, **variables) as memory:
            publisher.stdout.readline()

            async def publish():
                publisher.stdin.write(b"\n")
                publisher.stdin.flush()
                await asyncio.get_running_loop().run_in_executor(None, publisher.stdout.readline)

            return asyncio.run(watch(ports, publish, viewers=viewers, seconds=seconds, memory=memory))
    finally:
        publisher.stdin.close()
        publisher.stdout.close()
        publisher.wait(10)


def publish_on_demand():
    """One message, committed, for each line that is read."""
    set_up()
    from django.db import transaction

    from core.live_scene import register
    from loa.core import live

    register()
    say("ready")
    for _line in sys.stdin:
        stamp = time.monotonic()
        with transaction.atomic():
            live.publish(TOPIC, kind="question", data=f"{stamp} {FRAGMENT}")
        say("told")


def set_up():
    sys.path[:0] = [str(TESTS)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")
    import django

    django.setup()


def raise_file_limit():
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def redis():
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with running([*command, "--logfile", f"{folder}/log"], ports=[port]):
            yield f"redis://127.0.0.1:{port}/0"


def tell(name, found, viewers=VIEWERS):
    lost = viewers * found["messages"] - found["received"]
    say(
        f"{name:<36}p50 {1000 * found['p50']:>6.0f} ms  p99 {1000 * found['p99']:>6.0f} ms  "
        f"burst p99 {1000 * found['burst_p99']:>6.0f} ms  {found['weight'] / 1024:>6.1f} KiB a viewer  {lost} lost"
    )


def main():
    raise_file_limit()
    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    say(
        f"{VIEWERS:,} viewers, 50 messages a minute of {len(FRAGMENT.encode()):,} bytes for {SECONDS} s, then {BURST} at once"
    )
    bare = measure_bare()
    tell("bare asyncio loop", bare)
    one = measure_loa()
    tell("Loa, one process", one)
    found = {"bare": bare, "one": one}
    if shutil.which("redis-server"):
        with redis() as address:
            found["two"] = measure_loa(processes=2, REDIS_URL=address)
        tell("Loa, two processes through Redis", found["two"])
    else:
        say("two processes: not measured, redis-server is not installed")
    say(
        f"p99: {one['p99'] / bare['p99']:.1f} x the bare loop; memory: {one['weight'] / bare['weight']:.1f} x"
    )
    say(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1:] == ["publish"]:
        publish_on_demand()
    else:
        main()
