"""django-helpdesk as it comes, run by bench_cases in an environment of its own; prints seconds per ticket.

    python stock_helpdesk.py DATABASE COUNT   DATABASE: a file of SQLite, or JSON of Django's settings for PostgreSQL

Its mails go nowhere, its form is posted as a visitor's browser does. Never imported by Loa.
"""

import json
import sys
import time

DATABASE, COUNT = sys.argv[1], int(sys.argv[2])


def configure():
    from django.conf import settings

    if DATABASE.startswith("{"):
        database = json.loads(DATABASE)
    else:
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE, "OPTIONS": options}
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.admin",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django.contrib.humanize",
            "rest_framework",
            "helpdesk",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        ROOT_URLCONF=__name__,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        LOGGING_CONFIG=None,
        STATIC_URL="/static/",
        SITE_ID=1,
        USE_TZ=True,
    )


def main():
    said = sys.stdin.read()
    configure()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.urls import include, path

    global urlpatterns  # noqa: PLW0603  the file is its own table of addresses
    urlpatterns = [path("helpdesk/", include("helpdesk.urls"))]
    call_command("migrate", verbosity=0, interactive=False)
    from helpdesk.forms import PublicTicketForm
    from helpdesk.models import Queue, Ticket

    queue = Queue.objects.create(title="Cases", slug="cases", allow_public_submission=True)
    fields = {
        "queue": queue.pk,
        "title": said[:80],
        "body": said,
        "priority": "3",
        "submitter_email": "a@example.test",
    }

    def save():
        form = PublicTicketForm(data=fields)
        assert form.is_valid(), form.errors
        form.save(user=None)

    def save_at_once():
        with transaction.atomic():
            save()

    found = {"action": timed(save), "one transaction": timed(save_at_once), "form": timed(visit(fields))}
    assert Ticket.objects.count() == 3 * (COUNT + 3)
    sys.stdout.write(json.dumps(found))


def visit(fields):
    """A visitor's browser: the page with the form, then the form."""
    from django.test import Client

    def send():
        browser = Client()
        browser.get("/helpdesk/tickets/submit/")
        answer = browser.post("/helpdesk/tickets/submit/", fields)
        assert answer.status_code == 302, answer.content[:2000]

    return send


def timed(act):
    for _ in range(3):
        act()
    began = time.perf_counter()
    for _ in range(COUNT):
        act()
    return (time.perf_counter() - began) / COUNT


if __name__ == "__main__":
    sys.modules["stock_helpdesk"] = sys.modules["__main__"]
    main()
