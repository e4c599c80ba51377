import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")
application = get_wsgi_application()

from loa.core.page_cache import page_store, serve_kept  # noqa: E402  the settings are known only now

if store := page_store():
    store.forget_all()  # what another process left when it died may be older than the database
application = serve_kept(application)
