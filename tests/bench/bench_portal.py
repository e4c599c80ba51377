"""An anonymous reader's article: the portal beside a stock Wagtail page, and behind nginx beside nginx alone.

Run: python tests/bench/bench_portal.py [--quick]. Needs wrk and nginx; says so where they are missing. Every server
has one process on loopback. Printed: requests a second of each, their ratios, and the bytes of an article.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 2 if "--quick" in sys.argv else 6
PARAGRAPH = "<p>" + "Hồ sơ được nhận và trả tại một nơi, đúng hẹn, có phiếu hẹn và mã tra cứu. " * 6 + "</p>"
BODY = [("text", PARAGRAPH)] * 6
RELATED = 6


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        say(f"not measured: {', '.join(missing)} is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # nginx is another user
        with served_stock(Path(folder)) as stock:
            stock_rate = rate(stock)
        with served_portal(Path(folder)) as (portal, environment):
            body = fetch(portal)
            fetch(portal)
            portal_rate, weight = rate(portal), weight_of(portal, body)
            with served_by_nginx(Path(folder), environment, portal, body) as (kept, plain):
                fetch(kept)
                kept_rate, plain_rate = rate(kept), rate(plain)
    say(f"{'stock Wagtail article':<34}{stock_rate:>10,.0f} requests/s")
    say(
        f"{'portal, its own server':<34}{portal_rate:>10,.0f} requests/s   {portal_rate / stock_rate:.1f} x stock Wagtail"
    )
    say(
        f"{'portal behind the shipped nginx':<34}{kept_rate:>10,.0f} requests/s   {kept_rate / plain_rate:.0%} of nginx alone"
    )
    say(f"{'the same bytes, nginx alone':<34}{plain_rate:>10,.0f} requests/s")
    say(
        f"article: {len(body):,} bytes, {len(gzip.compress(body, 6)):,} packed, styles and script {weight:,} packed"
    )


def rate(url: str) -> float:
    """Requests a second over a few seconds, after a warm-up; every answer must be one of 200."""
    command = ["wrk", "-t1", "-c8", "-H", "Accept-Encoding: gzip", url]
    subprocess.run([*command[:3], "-d1s", *command[3:]], check=True, capture_output=True)
    told = subprocess.run(
        [*command[:3], f"-d{SECONDS}s", *command[3:]], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{url} does not answer 200:\n{told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1))


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def weight_of(url: str, body: bytes) -> int:
    """Bytes on the wire of the styles and scripts that an article names."""
    base = url.split("/", 3)
    names = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', body.decode()))
    return sum(len(gzip.compress(fetch(f"{base[0]}//{base[2]}{name}"), 6)) for name in names)


@contextmanager
def granian(application: str, port: int, environment: dict[str, str]):
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-log", application]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def served_stock(folder: Path):
    environment = {
        **os.environ,
        "BENCH_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "stock_wagtail.settings",
        "PYTHONPATH": str(ROOT / "tests/bench"),
    }
    subprocess.run([sys.executable, __file__, "--fill-stock"], env=environment, check=True)
    port = free_port()
    with granian("stock_wagtail.wsgi:application", port, environment):
        yield f"http://127.0.0.1:{port}/tin/mot-cua/"


@contextmanager
def served_portal(folder: Path):
    port = free_port()
    environment = {
        **os.environ,
        "LOA_DATA_DIR": str(folder / "loa"),
        "LOA_BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "loa.config.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests"))),
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, __file__, "--fill-portal"], env=environment, check=True)
    with granian("loa.config.wsgi:application", port, environment):
        yield f"http://127.0.0.1:{port}/tin/mot-cua/", environment


@contextmanager
def served_by_nginx(folder: Path, environment: dict[str, str], portal: str, body: bytes):
    kept, plain = free_port(), free_port()
    (folder / "plain/tin/mot-cua").mkdir(parents=True)
    (folder / "plain/tin/mot-cua/index.html").write_bytes(body)
    (folder / "plain/tin/mot-cua/index.html.gz").write_bytes(gzip.compress(body, 6))
    upstream = portal.split("/")[2]
    command = [
        sys.executable,
        "-m",
        "loa.cli.main",
        "nginx",
        "--listen",
        f"127.0.0.1:{kept}",
        "--upstream",
        upstream,
    ]
    shipped = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    (folder / "nginx.conf").write_text(
        f"""worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
        events {{ worker_connections 256; }}
        http {{ access_log off; sendfile on; default_type text/html;
        {shipped}
        server {{ listen 127.0.0.1:{plain}; root {folder}/plain; gzip_static on; }} }}"""
    )
    for each in (folder, *folder.rglob("*")):
        if each.is_dir():
            each.chmod(0o755)
    process = subprocess.Popen(
        ["nginx", "-c", str(folder / "nginx.conf")], env={**os.environ, "TZ": "Asia/Ho_Chi_Minh"}
    )
    try:
        wait_for(kept)
        yield f"http://127.0.0.1:{kept}/tin/mot-cua/", f"http://127.0.0.1:{plain}/tin/mot-cua/"
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _turn in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nobody answers on port {port}")


def fill_stock() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from stock_wagtail.models import ArticlePage
    from wagtail.models import Page, Site

    call_command("migrate", verbosity=0)
    root = Page.get_first_root_node()
    home = root.add_child(instance=Page(title="Trang chủ", slug="trang-chu"))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "127.0.0.1"})
    for number in range(RELATED):
        home.add_child(instance=Page(title=f"Mục {number}", slug=f"muc-{number}", show_in_menus=True))
    column = home.add_child(instance=Page(title="Tin", slug="tin", show_in_menus=True))
    for slug in ("mot-cua", *(f"tin-{number}" for number in range(RELATED))):
        column.add_child(
            instance=ArticlePage(title="Một cửa liên thông", slug=slug, intro="Tóm tắt.", body=BODY)
        )


def fill_portal() -> None:
    from loa.cli.serve import prepare

    prepare()
    from factories import make_agency, make_user
    from loa.portal.actions import sites

    editor = make_user(make_agency("Văn phòng UBND"), "administrator")
    city = sites.open_city_site(make_agency("Ủy ban nhân dân thành phố"), title="Hải Phòng", by=editor)
    for number in range(RELATED):
        sites.open_column(city, title=f"Mục {number}", by=editor)
    column = sites.open_column(city, title="Tin", by=editor)
    for slug in ("mot-cua", *(f"tin-{number}" for number in range(RELATED))):
        sites.write_story(
            column,
            title="Một cửa liên thông",
            slug=slug,
            kind="article",
            lead="Tóm tắt.",
            body=BODY,
            by=editor,
        )


if __name__ == "__main__":
    if "--fill-stock" in sys.argv:
        fill_stock()
    elif "--fill-portal" in sys.argv:
        fill_portal()
    else:
        main()
