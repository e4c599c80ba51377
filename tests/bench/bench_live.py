"""Viewers of a live page: from publishing to each screen, beside a bare asyncio loop that streams the same bytes.

Run: python tests/bench/bench_live.py [--quick]. LOA_BENCH_VIEWERS is how many (5,000; 300 with --quick). Everything
on loopback: 50 messages a minute, then a burst of 20. Loa commits each message to its database; the bare loop keeps
nothing. The third run shares the viewers among two processes that hear of news through Redis. The fourth is the hall
of a dialogue as browsers open it: the page, its two fragments, then the stream; one in fifty has asked something and
fetches "my questions" anew after each message, as the page does. What is published there is the moderator's own act.
All of it ends within five minutes; the viewers themselves, one process, share the machine with what they look at.
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
sys.path[:0] = [str(TESTS)]

from bench.screens import ASKING, BURST, EVERY, Asker, Screen, at, fetched, watch  # noqa: E402

QUICK = "--quick" in sys.argv
VIEWERS = int(os.environ.get("LOA_BENCH_VIEWERS", "300" if QUICK else "5000"))
SECONDS = 12 if QUICK else 36
ASKED = 50  # one in so many viewers of a hall has asked a question
OPENING = 40  # browsers that open the hall at once
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
                writer.write(f"@{time.monotonic()}@ {FRAGMENT}\n".encode())
                await writer.drain()

            return await watch([port], publish, viewers=viewers, seconds=seconds, memory=memory, topic=TOPIC)

        return asyncio.run(story())


def measure_loa(*, processes=1, viewers=VIEWERS, seconds=SECONDS, **variables):
    """The publisher is another process than those that stream, as a worker or a second host would be."""
    ports = [free_port() for _ in range(processes)]
    server = str(TESTS / "core" / "live_server.py")
    commands = [[sys.executable, server, str(port)] for port in ports]
    variables["LOA_LIVE_LISTENERS_PER_ADDRESS"] = "100000"
    with publisher("publish", **variables) as publish, running(*commands, ports=ports, **variables) as memory:
        return asyncio.run(
            watch(ports, publish, viewers=viewers, seconds=seconds, memory=memory, topic=TOPIC)
        )


@contextmanager
def publisher(*words, **variables):
    """A process that publishes one message whenever it is asked to."""
    process = subprocess.Popen(
        [sys.executable, __file__, *words],
        env={**os.environ, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )

    async def publish():
        process.stdin.write(b"\n")
        process.stdin.flush()
        await asyncio.get_running_loop().run_in_executor(None, process.stdout.readline)

    try:
        process.stdout.readline()
        yield publish
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(10)


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
            live.publish(TOPIC, kind="question", data=f"@{stamp}@ {FRAGMENT}")
        say("told")


def measure_hall(hall, viewers=VIEWERS, seconds=SECONDS):
    """The whole page of a dialogue: opened by everybody, looked at by everybody, asked again by those who asked."""
    port, event, cookies = free_port(), hall["event"], hall["cookies"]
    place, opened, mine = f"/doi-thoai-truc-tuyen/{event}/", [], []
    variables = {"LOA_LIVE_LISTENERS_PER_ADDRESS": "100000", "DJANGO_SETTINGS_MODULE": "soak.settings"}
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH", "")]))
    lots = iter(cookies)

    def make(request, got):
        cookie = next(lots, "")
        if not cookie:
            return Screen(request, got)
        return Asker(request, got, (port, f"{place}cua-toi/", f"Cookie: loa-hall={cookie}\r\n"), mine)

    async def open_pages(count):
        for _ in range(count):
            parts = [await fetched(port, f"{place}{part}") for part in ("", "hoi/", "cua-toi/")]
            opened.append(sum(parts))

    async def story(publish, memory):
        await publish()  # the first act reads its templates in
        began = time.monotonic()
        await asyncio.gather(*(open_pages(viewers // OPENING) for _ in range(OPENING)))
        took = time.monotonic() - began
        topic = f"dialogue:{event}"
        found = await watch(
            [port], publish, viewers=viewers, seconds=seconds, memory=memory, topic=topic, make=make
        )
        await asyncio.gather(*ASKING)  # the last who ask have their answer
        return found | {
            "opened_a_second": len(opened) / took,
            "opened_p99": at(sorted(opened), 0.99),
            "mine": len(mine),
            "mine_p50": at(sorted(mine), 0.5),
            "mine_p99": at(sorted(mine), 0.99),
        }

    command = [sys.executable, str(TESTS / "core" / "live_server.py"), str(port)]
    with (
        publisher("moderate", str(event), **variables) as publish,
        running(command, ports=[port], **variables) as memory,
    ):
        return asyncio.run(story(publish, memory))


def make_hall(viewers):
    """A dialogue that runs, with those who have asked and the questions that wait for the moderator."""
    from django.core import signing

    from feedback.dialogue_scene import make_scene
    from loa.core.sealing import fingerprint
    from loa.feedback import actions
    from loa.feedback.views.hall import COOKIE

    scene, cookies = make_scene(), []
    for number in range(viewers // ASKED):
        lot = f"lot-{number}"
        actions.ask_question(
            scene["event"], FRAGMENT[4:300], key=f"a{number}", token=fingerprint(lot, use="hall")
        )
        cookies.append(signing.dumps(lot, salt=COOKIE))
    for number in range(int(SECONDS / EVERY) + BURST + 1):
        actions.ask_question(scene["event"], FRAGMENT[4:300], key=f"w{number}", token=f"other {number}")
    return {"event": scene["event"].pk, "cookies": cookies}


def moderate_on_demand(event):
    """The moderator lets one question through for each line that is read."""
    set_up()
    from loa.feedback import actions
    from loa.feedback.models import Question

    waiting = Question.objects.filter(event=event, asker_token__startswith="other").select_related(
        "event", "case", "case__intake", "event__agency"
    )
    moderator = Question.objects.get(pk=waiting[0].pk).event.created_by
    questions = iter(list(waiting.order_by("pk")))
    say("ready")
    for _line in sys.stdin:
        question = next(questions)
        actions.show_question(
            question, public_text=f"@{time.monotonic()}@ {question.case.content}", by=moderator
        )
        say("told")


def set_up():
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
        f"{VIEWERS:,} viewers, 50 messages a minute of {len(FRAGMENT.encode()):,} bytes for {SECONDS} s, then {BURST} "
        f"at once; load of the machine {os.getloadavg()[0]:.1f}"
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
    if "two" in found:
        say(f"two processes: p99 {found['two']['p99'] / one['p99']:.2f} x that of one")
    hall = found["hall"] = measure_hall(make_hall(VIEWERS))
    tell("Loa, hall of a dialogue", hall)
    say(
        f"  its pages: {hall['opened_a_second']:.0f} browsers a second opened page and fragments, p99 "
        f"{hall['opened_p99']:.2f} s; “my questions” {hall['mine']} times, p50 {1000 * hall['mine_p50']:.0f} ms, "
        f"p99 {1000 * hall['mine_p99']:.0f} ms"
    )
    say(
        f"p99: {one['p99'] / bare['p99']:.1f} x the bare loop; memory: {one['weight'] / bare['weight']:.1f} x"
    )
    say(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1:] == ["publish"]:
        publish_on_demand()
    elif sys.argv[1:2] == ["moderate"]:
        moderate_on_demand(int(sys.argv[2]))
    else:
        main()
