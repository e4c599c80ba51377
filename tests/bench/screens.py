"""Viewers of a live page in one event loop: what each has on the screen, and when it came."""

import asyncio
import time

EVERY = 60 / 50  # seconds between two messages
BURST = 20
MINE_EVERY = 2.0  # seconds: the page's own throttle
ASKING = set()  # tasks of those who fetch what became of their question


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
            stamp = block.partition(b"@")[2].partition(b"@")[0]
            if stamp:
                self.got.append((float(stamp), came_at))
                self.told()

    def told(self):
        """Nothing more to do: who has asked something does."""


class Asker(Screen):
    """Has asked a question: at news the page fetches what became of it, not more often than every two seconds."""

    def __init__(self, request, got, mine, took):
        super().__init__(request, got)
        self.mine, self.took, self.fetching = mine, took, None

    def told(self):
        if self.fetching is None or self.fetching.done():
            self.fetching = asyncio.get_running_loop().create_task(self.fetch())
            ASKING.add(self.fetching)
            self.fetching.add_done_callback(ASKING.discard)

    async def fetch(self):
        self.took.append(await fetched(*self.mine))
        await asyncio.sleep(MINE_EVERY)


async def fetched(port, path, cookie=""):
    """Seconds until a page is there, over a connection of its own."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{cookie}\r\n".encode())
        answer = await reader.read()
    finally:
        writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{path}: {answer[:300]!r}")
    return time.monotonic() - began


async def watch(ports, publish, *, viewers, seconds, topic, memory=lambda: 0, make=Screen):
    """Open the viewers, publish, and wait until everybody has everything; what was measured."""
    loop, got, screens = asyncio.get_running_loop(), [], []
    before = memory()
    for number in range(viewers):
        port = ports[number % len(ports)]
        request = f"GET /song/{topic}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        _, screen = await loop.create_connection(lambda asked=request: make(asked, got), "127.0.0.1", port)
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
