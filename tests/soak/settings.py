"""The program's own settings, without the packed copies of static files: the soak looks at no page's styles."""

from loa.config.settings import *  # noqa: F403  settings are names of this module

STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
