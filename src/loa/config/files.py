"""Where files lie, how large they may be, and which hosts may stream a gathering."""

from typing import Any

from loa.config.env import read_environment, runs_tests

env, DATA_DIR = read_environment()

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "loa.core.whole_files.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if runs_tests()
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if bucket := env.str("LOA_S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("LOA_S3_ENDPOINT", default=None),
            "access_key": env.str("LOA_S3_ACCESS_KEY", default=None),
            "secret_key": env.str("LOA_S3_SECRET_KEY", default=None),
            "region_name": env.str("LOA_S3_REGION", default=None),
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
STORAGES["public"] = {  # what readers may fetch without asking: renditions of published pictures
    "BACKEND": "loa.core.whole_files.WholeFileStorage",
    "OPTIONS": {"location": str(DATA_DIR / "public"), "base_url": "/tep/"},  # str: Wagtail queues it as JSON
}
UPLOAD_LIMIT_MB = env.int("LOA_UPLOAD_LIMIT_MB", default=50)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an import screen sends every proposal at once
FILE_UPLOAD_PERMISSIONS = 0o600
STREAM_HOSTS: list[str] = env.list("LOA_STREAM_HOSTS", default=[])  # whose players our pages may show
