"""Entry for the production server. With BRIDGEHEAD_WORKER=inline the queue is worked off in a thread beside it."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bridgehead.config.settings")
application = get_wsgi_application()

if os.environ.get("BRIDGEHEAD_WORKER") == "inline":
    # Only after the applications are loaded can the worker's model be imported.
    from bridgehead.config.worker import work

    threading.Thread(target=work, name="worker", daemon=True).start()
