"""Django's own WSGI application, for servers that want one. `cxhub.asgi` wraps it and is what we run."""

import os

from django.core.wsgi import get_wsgi_application

from cxhub import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxhub.settings")
application = get_wsgi_application()
guard.at_start()
