"""Flat pictures for the sample's stories, drawn the same every time: the port, the flame trees, counters, papers."""

from __future__ import annotations

import io
import math
import random
import wave
from collections.abc import Callable
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

SIZE = (1280, 720)
WIDTH, HEIGHT = SIZE


class Tones(NamedTuple):
    """Four colours that go together: sky, ground, thing, light."""

    sky: Any
    ground: Any
    thing: Any
    light: Any


TONES = (
    Tones("#d7ebe6", "#0b635d", "#e0653a", "#fff6e5"),
    Tones("#fbe6d4", "#8a2346", "#e2902f", "#fffaf0"),
    Tones("#dbe8f7", "#14508c", "#f0b23a", "#ffffff"),
    Tones("#e9f0dc", "#2d6a3e", "#c9482f", "#fffdf2"),
    Tones("#e6e4f3", "#3f4b80", "#e58fa6", "#ffffff"),
)
Drawing = Callable[[ImageDraw.ImageDraw, Tones, random.Random], None]


def port(d: ImageDraw.ImageDraw, t: Tones, r: random.Random) -> None:
    d.ellipse((880, 90, 1060, 270), fill=t.light)
    for x in (150, 430, 710):
        d.rectangle((x, 230, x + 26, 560), fill=t.ground)
        d.rectangle((x + 120, 230, x + 146, 560), fill=t.ground)
        d.polygon([(x - 60, 236), (x + 330, 150), (x + 330, 174), (x - 60, 262)], fill=t.ground)
        d.line((x + 280, 172, x + 280, 330), fill=t.ground, width=5)
        d.rectangle((x + 232, 330, x + 328, 386), fill=t.thing)
    for row in range(3):
        for column in range(7):
            fill = r.choice((t.thing, t.ground, t.light))
            d.rectangle((560 + column * 98, 500 - row * 46, 652 + column * 98, 542 - row * 46), fill=fill)
    _sea(d, t, 550)


def flame_trees(d: ImageDraw.ImageDraw, t: Tones, r: random.Random) -> None:
    d.rectangle((0, 560, WIDTH, HEIGHT), fill=t.ground)
    for x in (220, 640, 1060):
        d.polygon([(x - 16, 600), (x - 8, 330), (x + 8, 330), (x + 18, 600)], fill=t.ground)
        for _ in range(46):
            angle, far = r.random() * math.tau, r.random() ** 0.5
            dx, dy, size = math.cos(angle) * far * 190, math.sin(angle) * far * 110, r.randint(18, 44)
            d.ellipse(
                (x + dx - size, 280 + dy - size, x + dx + size, 280 + dy + size),
                fill=t.thing if r.random() < 0.7 else t.light,
            )
    for x in range(0, WIDTH, 160):
        d.rectangle((x + 20, 640, x + 110, 652), fill=t.light)


def counter(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.rectangle((0, 480, WIDTH, HEIGHT), fill=t.ground)
    d.rectangle((90, 380, WIDTH - 90, 500), fill=t.light)
    d.rectangle((90, 380, WIDTH - 90, 400), fill=t.thing)
    for number, x in enumerate((230, 560, 890)):
        d.rounded_rectangle((x, 90, x + 190, 150), radius=14, fill=t.ground)
        for dot in range(number + 1):
            d.ellipse((x + 74 + dot * 26, 110, x + 92 + dot * 26, 128), fill=t.light)
        d.ellipse((x + 55, 210, x + 135, 290), fill=t.thing)
        d.pieslice((x + 15, 290, x + 175, 470), 180, 360, fill=t.ground)
    for x in (330, 660):
        d.ellipse((x + 60, 500, x + 140, 580), fill=t.sky)
        d.pieslice((x, 585, x + 200, 800), 180, 360, fill=t.sky)


def papers(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.ellipse((-160, 380, 1440, 1100), fill=t.ground)
    for x, y, fill in ((330, 150, t.thing), (440, 110, t.ground), (550, 170, t.light)):
        d.rounded_rectangle((x, y, x + 330, y + 430), radius=16, fill=fill)
    for line in range(8):
        d.rounded_rectangle(
            (600, 230 + line * 40, 600 + (230 if line % 3 else 150), 244 + line * 40), radius=6, fill=t.sky
        )
    d.ellipse((760, 470, 900, 610), fill=t.thing)
    d.line([(792, 542), (822, 572), (872, 512)], fill=t.light, width=16, joint="curve")


def screen(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.rectangle((0, 600, WIDTH, HEIGHT), fill=t.ground)
    d.rounded_rectangle((310, 130, 970, 560), radius=26, fill=t.ground)
    d.rounded_rectangle((340, 160, 940, 530), radius=12, fill=t.light)
    d.rectangle((340, 160, 940, 216), fill=t.thing)
    for number, x in enumerate((380, 570, 760)):
        d.rounded_rectangle((x, 260, x + 150, 350), radius=12, fill=(t.sky, t.ground, t.sky)[number])
    for line in range(3):
        d.rounded_rectangle((380, 390 + line * 40, 880 - line * 110, 408 + line * 40), radius=8, fill=t.sky)
    d.polygon([(230, 640), (1050, 640), (990, 560), (290, 560)], fill=t.sky)


def talk(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.rounded_rectangle((140, 120, 720, 400), radius=60, fill=t.ground)
    d.polygon([(250, 390), (240, 510), (380, 390)], fill=t.ground)
    d.rounded_rectangle((560, 280, 1140, 560), radius=60, fill=t.thing)
    d.polygon([(900, 550), (1050, 660), (1040, 540)], fill=t.thing)
    for line in range(3):
        d.rounded_rectangle((210, 190 + line * 58, 560 - line * 70, 212 + line * 58), radius=10, fill=t.light)
        d.rounded_rectangle(
            (640, 350 + line * 58, 1040 - line * 80, 372 + line * 58), radius=10, fill=t.light
        )


def horn(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.rectangle((0, 610, WIDTH, HEIGHT), fill=t.ground)
    d.rectangle((250, 300, 276, 640), fill=t.ground)
    d.polygon([(170, 240), (300, 240), (520, 120), (520, 460), (300, 350), (170, 350)], fill=t.thing)
    for number in range(4):
        y = 190 + number * 66
        d.rounded_rectangle((600, y, 1080 - (number % 2) * 140, y + 30), radius=15, fill=t.ground)


def school(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.rectangle((240, 80, 1040, 400), fill=t.ground)
    d.rectangle((268, 108, 1012, 372), fill=t.light)
    for line in range(4):
        d.rounded_rectangle((310, 150 + line * 52, 800 - line * 90, 170 + line * 52), radius=9, fill=t.sky)
    for row in range(2):
        for seat in range(6 - row):
            x, y = 120 + seat * 200 + row * 100, 470 + row * 110
            d.ellipse((x, y, x + 76, y + 76), fill=(t.thing, t.ground)[(seat + row) % 2])
            d.pieslice(
                (x - 42, y + 82, x + 118, y + 260), 180, 360, fill=(t.ground, t.thing)[(seat + row) % 2]
            )


def fields(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.ellipse((940, 80, 1100, 240), fill=t.thing)
    d.polygon(
        [(0, 420), (380, 190), (640, 380), (880, 250), (WIDTH, 430), (WIDTH, HEIGHT), (0, HEIGHT)],
        fill=t.ground,
    )
    for number in range(7):
        y = 450 + number * 40
        d.polygon([(0, y), (WIDTH, y - 40), (WIDTH, y - 24), (0, y + 16)], fill=(t.light, t.sky)[number % 2])
    d.rectangle((300, 320, 460, 420), fill=t.light)
    d.polygon([(280, 325), (380, 250), (480, 325)], fill=t.thing)


def bridge(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    for x in (360, 880):
        d.polygon([(x - 34, 560), (x - 8, 110), (x + 8, 110), (x + 34, 560)], fill=t.ground)
        for step in range(1, 9):
            d.line((x, 130 + step * 12, x - step * 44, 430), fill=t.thing, width=5)
            d.line((x, 130 + step * 12, x + step * 44, 430), fill=t.thing, width=5)
    d.rectangle((0, 426, WIDTH, 456), fill=t.ground)
    _sea(d, t, 540)


def people(d: ImageDraw.ImageDraw, t: Tones, _r: random.Random) -> None:
    d.rectangle((0, 600, WIDTH, HEIGHT), fill=t.ground)
    for number, x in enumerate(range(130, 1100, 190)):
        fill, other = ((t.thing, t.ground), (t.ground, t.thing), (t.light, t.thing))[number % 3]
        y = 250 + (number % 2) * 46
        d.ellipse((x + 40, y, x + 130, y + 90), fill=fill)
        d.rounded_rectangle(
            (x + 10, y + 104, x + 160, 620), radius=54, fill=other if other != t.light else t.thing
        )
    d.rounded_rectangle((0, 600, WIDTH, HEIGHT), radius=0, fill=t.ground)


def city(d: ImageDraw.ImageDraw, t: Tones, r: random.Random) -> None:
    d.ellipse((170, 70, 310, 210), fill=t.thing)
    for x in range(0, WIDTH, 128):
        top = r.randint(190, 430)
        d.rectangle((x + 6, top, x + 118, 620), fill=(t.ground, t.thing, t.light)[r.randrange(3)])
        for y in range(top + 26, 590, 52):
            d.rectangle((x + 26, y, x + 52, y + 26), fill=t.sky)
            d.rectangle((x + 72, y, x + 98, y + 26), fill=t.sky)
    d.rectangle((0, 610, WIDTH, HEIGHT), fill=t.ground)


DRAWINGS: dict[str, Drawing] = {
    "port": port, "flame_trees": flame_trees, "counter": counter, "papers": papers, "screen": screen, "talk": talk,
    "horn": horn, "school": school, "fields": fields, "bridge": bridge, "people": people, "city": city,
}  # fmt: skip


def _sea(d: ImageDraw.ImageDraw, t: Tones, top: int) -> None:
    d.rectangle((0, top, WIDTH, HEIGHT), fill=t.ground)
    for row in range(3):
        for x in range(-60 + row * 40, WIDTH, 150):
            y = top + 34 + row * 46
            d.arc((x, y, x + 76, y + 30), 200, 340, fill=t.sky, width=5)


def draw(name: str, *, tone: int = 0) -> bytes:
    """A picture as .png of few colours: about 10 kB, sharp at every size."""
    tones = TONES[tone % len(TONES)]
    image = Image.new("P", SIZE)
    image.putpalette(bytes.fromhex("".join(tones).replace("#", "")))
    colours = Tones(*range(len(tones)))  # by number, as a picture of few colours wants them
    DRAWINGS[name](ImageDraw.Draw(image), colours, random.Random(name))  # noqa: S311  a drawing, no secret
    kept = io.BytesIO()
    image.save(kept, "PNG", compress_level=6)
    return kept.getvalue()


def chime(seconds: float = 3.0, rate: int = 8000) -> bytes:
    """The two notes before the words of a loudspeaker, as .wav."""
    frames = bytearray()
    for number in range(int(seconds * rate)):
        at = number / rate
        note, since = (659.3, at) if at < seconds / 2 else (523.3, at - seconds / 2)
        frames.append(128 + int(90 * math.exp(-2.2 * since) * math.sin(math.tau * note * since)))
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(bytes(frames))
    return kept.getvalue()
