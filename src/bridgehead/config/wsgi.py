"""Entry for the production server. With BRIDGEHEAD_WORKER=inline the queue is worked off in a thread beside it."""

import gc
import os
import threading
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bridgehead.config.settings")
application = get_wsgi_application()
has_worker = os.environ.get("BRIDGEHEAD_WORKER") == "inline"
if has_worker:
    # The worker's solver brings numpy and pandas, and Altair looks at them in sys.modules: while one thread is still
    # importing them, a chart drawn in another would find them half there.
    import_module("ortools.sat.python.cp_model")
# What is loaded now stays for good: the garbage collector need not walk through it in the middle of a request.
gc.freeze()

if has_worker:
    # Only after the applications are loaded can the worker's model be imported.
    from bridgehead.config.worker import work

    threading.Thread(target=work, name="worker", daemon=True).start()
