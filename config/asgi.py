"""HTTP to Django's WSGI handler on a bounded pool, sockets to Channels.

Only `manage.py serve` can run it: the bridge takes request bodies as files from config.site.http.
"""

from channels.routing import ProtocolTypeRouter
from django.conf import settings

from community.live.consumer import LiveConsumer
from config.site.bridge import Bridge
from config.site.sockets import OriginValidator, Paths
from config.wsgi import application as django_application

sockets = Paths({"/ws/": LiveConsumer.as_asgi()})
application = ProtocolTypeRouter(
    {
        "http": Bridge(
            django_application, threads=settings.HTTP_THREADS, queue_limit=settings.HTTP_QUEUE
        ),
        "websocket": OriginValidator(sockets, settings.ALLOWED_ORIGINS),
    }
)
