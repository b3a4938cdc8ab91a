"""The product's settings with the sample handlers: for worker processes that tests start."""

from config.settings import *  # noqa: F403

SUBSCRIPTIONS = "tests.community.outbox.sample_handlers.SUBSCRIPTIONS"
FANOUTS = "tests.community.outbox.sample_handlers.FANOUTS"
DRAIN_SECONDS = 2
