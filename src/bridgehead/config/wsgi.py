"""Entry for the production server (granian, wsgi interface)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bridgehead.config.settings")
application = get_wsgi_application()
