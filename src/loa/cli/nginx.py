"""`loa nginx`: the configuration of an nginx in front of this installation.

Pages that are kept are handed out by nginx itself, with the headers the site gives them; static files and the pictures
of the portal too. Everything else, and every request with a session, goes to the site. Only where one host serves:
the files of several hosts do not know what another has written.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from loa.cli.main import complain, start_django

TEMPLATE = """\
# Loa: made by `loa nginx`; make it again after an upgrade. Goes into the http block (conf.d/loa.conf).
# A kept page is one of a day. nginx must be started in the time zone of the installation ({zone}): that of the machine,
# or Environment=TZ={zone} in its unit. Elsewhere it asks the site for every page: right, but slower.
map $time_iso8601 $loa_day {{ default none; "~{day}" $loa_date; }}
map $cookie_{language_cookie} $loa_language {{ default {language}; {languages} }}
# a kept page only for plain reading by somebody who is not signed in
map "$request_method:$args:$cookie_{session_cookie}$http_authorization$http_hx_request" $loa_kept {{
    default /none; "GET::" /; "HEAD::" /;
}}
upstream loa_site {{ server {upstream}; keepalive 16; }}
upstream loa_live {{ server {live}; keepalive 16; }}

server {{
    listen {listen};
    server_name {names};
    client_max_body_size {upload}m;
    charset utf-8;
    gzip on;
    gzip_types text/css application/javascript application/json application/xml image/svg+xml;
    gzip_vary on;

    location /static/ {{
        alias {static}/;
        gzip_static on;
        add_header Cache-Control "public, max-age=31536000, immutable";
        add_header X-Content-Type-Options nosniff;
    }}
    location /tep/ {{
        alias {public}/;
        add_header Cache-Control "public, max-age=31536000, immutable";
        add_header X-Content-Type-Options nosniff;
        add_header Content-Security-Policy "default-src 'none'";
    }}
    location /song/ {{  # live pages: nothing is held back; worker_connections must be twice the listeners
        proxy_pass http://loa_live;
        proxy_http_version 1.1;
        proxy_buffering off;
        proxy_read_timeout 90s;  # a stream says something every 15 seconds
        gzip off;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
    }}
    location / {{
        root {pages};
        default_type text/html;
        types {{ text/html html; }}
        gzip_static on;
        etag on;
        try_files $loa_kept/$loa_day/$host/$loa_language$uri/index.html @loa;
        add_header Cache-Control "public, max-age=0, must-revalidate";
        add_header Content-Language $loa_language;
        add_header Vary Cookie;
{headers}
    }}
    location @loa {{
        proxy_pass http://loa_site;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-For $remote_addr;
    }}
}}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--listen", default="127.0.0.1:8080", help="where nginx listens (behind or with TLS)")
    parser.add_argument("--upstream", default="127.0.0.1:8000", help="where `loa serve` listens")
    parser.add_argument("--live", help="where `loa live` listens (default: the site streams itself)")


def run(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings  # noqa: PLC0415  after the settings are named

    if not settings.PAGE_CACHE_DIR or settings.REDIS_URL:
        complain(
            "Kept pages are for one host: set LOA_PAGE_CACHE_DIR and leave REDIS_URL empty. "
            "Several hosts serve from their own stores; put a plain proxy before them."
        )
        return 1
    print(configuration(listen=options.listen, upstream=options.upstream, live=options.live))
    return 0


def configuration(*, listen: str, upstream: str, live: str | None = None) -> str:
    from django.conf import settings  # noqa: PLC0415

    languages = " ".join(f"{code} {code};" for code, _name in settings.LANGUAGES)
    return TEMPLATE.format(
        zone=settings.TIME_ZONE,
        day=day_pattern(settings.TIME_ZONE),
        language=settings.LANGUAGE_CODE,
        languages=languages,
        language_cookie=settings.LANGUAGE_COOKIE_NAME,
        session_cookie=settings.SESSION_COOKIE_NAME,
        listen=listen,
        upstream=upstream,
        live=live or upstream,
        names=" ".join(settings.ALLOWED_HOSTS),
        upload=settings.UPLOAD_LIMIT_MB,
        static=Path(settings.STATIC_ROOT).absolute(),
        public=Path(settings.STORAGES["public"]["OPTIONS"]["location"]).absolute(),
        pages=Path(settings.PAGE_CACHE_DIR).absolute(),
        headers="\n".join(f'        add_header {name} "{value}";' for name, value in page_headers()),
    )


def day_pattern(zone: str) -> str:
    """A moment as nginx writes it gives its day, if nginx counts as the zone does: 2026-11-28T01:11:50+07:00.

    A zone with summer time has two offsets.
    """
    from loa.core import clock  # noqa: PLC0415

    year = clock.today().year
    days = (datetime(year, month, 1, tzinfo=ZoneInfo(zone)) for month in range(1, 13))
    offsets = sorted({day.isoformat()[-6:] for day in days})
    told = "|".join(offset.replace("+", "[+]") for offset in offsets)
    return f"^(?<loa_date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T[0-9:]+(?:{told})$"


def page_headers() -> list[tuple[str, str]]:
    """The headers that the site's own middleware puts on every page."""
    from csp.utils import build_policy  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    headers = [
        ("Content-Security-Policy", str(build_policy())),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    ]
    if settings.SECURE_HSTS_SECONDS:
        headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return headers
