"""What Wagtail is told: nothing from outside, no account of its own, our pictures, files and end of a workflow."""

from typing import Any

WAGTAIL_SITE_NAME = "Loa"
WAGTAILADMIN_LOGIN_URL = "/tai-khoan/login/"
WAGTAILIMAGES_IMAGE_MODEL = "portal.Picture"
WAGTAILIMAGES_RENDITION_STORAGE = "public"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # no SVG: it can carry a script
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "portal.Attachment"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a file is kept, not shown: it cannot act in our name
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "zip"),
    *("mp3", "m4a", "ogg", "wav", "mp4", "webm", "vtt"),
]
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # the newsroom asks nobody outside
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "loa.portal.finishing.publish_approved"
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # nothing is fetched from other sites
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
