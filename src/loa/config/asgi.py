"""The whole site on one address: live streams in the event loop, pages in threads as under WSGI."""

from loa.config.wsgi import application as site
from loa.core.bridge import Bridge
from loa.core.live.app import LiveApplication

application = LiveApplication(Bridge(site))
