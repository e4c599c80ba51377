"""The newsroom with one agency and with three hundred: our rights by hat beside stock Wagtail's grants by group.

Run: python tests/bench/bench_newsroom.py [--quick]. Four processes, each with a database of its own: ours and stock,
at one agency and at many. Stock is the same pages under Wagtail's own policies, tester and grants: a group for each
agency with three grants on its site, and, as reporting desks have it, one editor of the city who is in every group.
Printed for the editor of one agency and of the city: explorer root and editor page, best of the runs, and ratios.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 5
STORIES = 5


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    many = 60 if "--quick" in sys.argv else 300
    for kind in ("ours", "stock"):
        few, lots = measured_apart(kind, 1), measured_apart(kind, many)
        say(f"{kind:<34}{'1 agency':>12}{many:>9} agencies   ratio  queries")
        for name in (each for each in few if each in lots):
            one, all_ = few[name], lots[name]
            ratio = all_[0] / one[0]
            say(
                f"{name:<34}{one[0] * 1000:>9.1f} ms{all_[0] * 1000:>15.1f} ms{ratio:>8.2f}  {one[1]}/{all_[1]}"
            )


def measured_apart(kind: str, agencies: int) -> dict[str, tuple[float, int]]:
    """One case in a process and a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "LOA_DATA_DIR": folder,
            "LOA_DEBUG": "",
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "loa.config.settings"),
        }
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, __file__, "--one", kind, str(agencies)]
        output = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    rows = (line.split("\t") for line in output.splitlines() if line.count("\t") == 2)
    return {name: (float(seconds), int(queries)) for name, seconds, queries in rows}


def measure(kind: str, agencies: int) -> None:
    import django

    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "portal")]
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()  # a library asks for the storage while it loads
    from django.core.management import call_command
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0, skip_checks=True)
    if kind == "stock":
        restore_stock()
    people = fill(agencies, stock=kind == "stock")
    for who, (user, home, story) in people.items():
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for name, address in (
            ("explorer root", f"/toa-soan/pages/{home.pk}/"),
            ("editor", f"/toa-soan/pages/{story.pk}/edit/"),
        ):
            report(f"{who}: {name}", client, address)


def restore_stock() -> None:
    """Wagtail as it comes, in the same program: its policies, its tester, no door."""
    import wagtail.models.pages as page_models
    from django.conf import settings
    from wagtail.documents.permissions import permission_policy as file_policy
    from wagtail.images import permissions as picture_permissions
    from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
    from wagtail.permission_policies.pages import PagePermissionPolicy
    from wagtail.permissions import page_permission_policy

    from loa.portal.access import AgencyPageTester

    page_permission_policy.__class__ = PagePermissionPolicy
    page_models.PagePermissionTester = AgencyPageTester.__mro__[1]
    picture_permissions.permission_policy.__class__ = CollectionOwnershipPermissionPolicy
    file_policy.__class__ = CollectionOwnershipPermissionPolicy
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "NewsroomMiddleware" not in name]


def fill(agencies: int, *, stock: bool) -> dict[str, tuple]:
    from django.contrib.auth.models import Group, Permission
    from newsroom_scene import make_agency_site, make_city_home, make_column, make_story
    from wagtail.models import GroupPagePermission

    from factories import make_agency, make_user

    home = make_city_home()
    city = make_user(home.agency, "editor", "approver")
    city_story = make_story(make_column(home), owner=city)
    first = None
    granted = Permission.objects.filter(codename__in=("add_page", "change_page", "publish_page"))
    for number in range(agencies):
        site = make_agency_site(home, make_agency(), slug=f"so-{number}")
        column = make_column(site)
        editor = make_user(site.agency, "editor", "approver")
        stories = [make_story(column, f"Tin {each}", owner=editor) for each in range(STORIES)]
        first = first or (editor, site, stories[0])
        if stock:
            group = Group.objects.create(name=site.slug)
            for permission in granted:
                GroupPagePermission.objects.create(group=group, page=site, permission=permission)
            editor.groups.add(group)
            city.groups.add(group)
    if stock:
        city.groups.add(group_of_city(home, granted))
    return {"agency's editor": first, "city's editor": (city, home, city_story)}


def group_of_city(home, granted):
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission

    group = Group.objects.create(name="thanh-pho")
    for permission in granted:
        GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    return group


def report(name: str, client, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def opened() -> None:
        status = client.get(address).status_code
        if status != 200:
            raise RuntimeError(f"{address}: {status}")

    try:
        opened()
        with CaptureQueriesContext(connection) as queries:
            opened()
        count = len(queries)
        times = []
        for _run in range(RUNS):
            began = time.perf_counter()
            opened()
            times.append(time.perf_counter() - began)
        say(f"{name}\t{min(times)}\t{count}")
    except Exception as error:  # noqa: BLE001  stock may break at this size: the line says so
        sys.stderr.write(f"{name}: {type(error).__name__}: {str(error)[:200]}\n")
        say(f"{name}\tinf\t0")


if __name__ == "__main__":
    if "--one" in sys.argv:
        place = sys.argv.index("--one")
        measure(sys.argv[place + 1], int(sys.argv[place + 2]))
    else:
        main()
