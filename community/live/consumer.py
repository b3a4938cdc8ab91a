"""The one consumer, at /ws/. It knows no domain: config/streams.py says what can be watched."""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _

from community.live import frames
from community.live.follower import Deed, Follower, Wish
from community.live.frames import BadFrame, Subscribe, Unsubscribe
from community.live.hub import Hub
from community.live.identities import Identity, identify
from community.live.streams import find_stream
from community.outbox import recording

logger = logging.getLogger(__name__)

R = TypeVar("R")

NOBODY_CODE = 4401
TOO_MANY_CODE = 4429
# Seconds until it is worth coming again; nobody comes again by waiting.
NOBODY_REASON = "retry=never"
TOO_MANY_REASON = "retry=30"
MESSAGE_WINDOW_SECONDS = 10


class Live:
    """What the sockets of one process share; made with the first of them."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.hub = Hub()
        self.follower = Follower(
            self.hub, lambda deeds: asyncio.run_coroutine_threadsafe(_do_all(deeds), loop)
        )
        # Who may open and watch what; the follower's own connection is for news alone.
        self._access = ThreadPoolExecutor(2, thread_name_prefix="live-access")
        recording.listeners.append(self.follower.wake)
        threading.Thread(target=self.follower.run, name="live-follower", daemon=True).start()

    async def ask(self, question: Callable[..., R], *args: Any) -> R:
        """Return what question answers, on a thread that may use the database."""

        def run() -> R:
            close_old_connections()
            return question(*args)

        return await asyncio.get_running_loop().run_in_executor(self._access, run)


async def _do_all(deeds: Sequence[Deed]) -> None:
    """In order: sending queues a frame and never waits."""
    for deed in deeds:
        try:
            await deed()
        except Exception:
            # Of one socket: the others are told all the same.
            logger.exception("A frame could not be sent")


@cache
def live() -> Live:
    return Live()


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # Channels is untyped
    """One connection of a page or a program."""

    # Not in the channel layer: the follower feeds the sockets of its process.
    channel_layer_alias = "none"

    identity: Identity

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_known = False
        self._heard: deque[float] = deque(maxlen=settings.LIVE_FRAMES_PER_10_SECONDS)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels does it, without looking after database connections: here are none."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        await self.accept()
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in self.scope["headers"]
        }
        found = await live().ask(identify, headers)
        if found is None:
            await self.close(NOBODY_CODE, NOBODY_REASON)
            return
        self.identity = found
        if live().hub.sockets_of(found.person_id) >= settings.LIVE_SOCKETS_PER_PERSON:
            await self.close(TOO_MANY_CODE, TOO_MANY_REASON)
            return
        self._is_known = True
        live().hub.add(self)
        live().follower.wake()

    async def disconnect(self, code: int) -> None:
        live().hub.remove(self)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not self._is_known:
            return
        if not self._may_speak():
            await self.close(TOO_MANY_CODE, TOO_MANY_REASON)
            return
        with translation.override(self.identity.locale):
            try:
                await self._heed(frames.read_frame(text_data))
            except BadFrame as error:
                await self.send(text_data=frames.refused(error))

    async def push(self, written: Iterable[str]) -> None:
        """What goes to a connection that ended meanwhile is dropped by the server."""
        for frame in written:
            await self.send(text_data=frame)

    async def end(self, code: int, reason: str = "") -> None:
        live().hub.remove(self)
        await self.close(code, reason)

    async def _heed(self, asked: frames.Asked) -> None:
        match asked:
            case Subscribe():
                await self._subscribe(asked)
            case Unsubscribe():
                live().hub.unwatch(self, asked.stream)

    async def _subscribe(self, asked: Subscribe) -> None:
        if live().hub.streams_of(self) >= settings.LIVE_STREAMS_PER_SOCKET:
            said = _("A socket watches at most %(limit)s streams.")
            raise BadFrame("too_many", said % {"limit": settings.LIVE_STREAMS_PER_SOCKET})
        try:
            stream = await live().ask(find_stream, asked.stream, self.identity)
        except ObjectDoesNotExist:
            await self.send(text_data=frames.ended(asked.stream))
            return
        live().follower.ask(Wish(self, stream, asked.stream, asked.since))

    def _may_speak(self) -> bool:
        now = time.monotonic()
        if len(self._heard) == self._heard.maxlen and now - self._heard[0] < MESSAGE_WINDOW_SECONDS:
            return False
        self._heard.append(now)
        return True
