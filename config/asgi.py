"""HTTP to Django's WSGI handler on a bounded pool, sockets to Channels.

Only `manage.py serve` can run it: the bridge takes request bodies as files from config.site.http.
"""

from channels.routing import ProtocolTypeRouter
from django.conf import settings

from config.site.bridge import Bridge
from config.site.sockets import OriginValidator, close_unknown_path
from config.wsgi import application as django_application

application = ProtocolTypeRouter(
    {
        "http": Bridge(
            django_application, threads=settings.HTTP_THREADS, queue_limit=settings.HTTP_QUEUE
        ),
        "websocket": OriginValidator(close_unknown_path, settings.ALLOWED_ORIGINS),
    }
)
