"""The two stored ranks: worth of an answer within its topic, heat of a topic among others."""

import math
from datetime import datetime

Z95 = 1.959963984540054
# The age that ten times as many helpful votes and answers make up for.
HEAT_SECONDS = 45_000


def wilson_bound(up: int, down: int) -> float:
    """Lower end of the 95 % Wilson interval for the share of up votes, in [0, 1); 0 without votes.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212.
    """
    votes = up + down
    if up == 0:
        return 0.0  # exactly: floating point would leave 1e-17
    share, z2 = up / votes, Z95 * Z95
    centre = share + z2 / (2 * votes)
    spread = Z95 * math.sqrt((share * (1 - share) + z2 / (4 * votes)) / votes)
    return max(0.0, (centre - spread) / (1 + z2 / votes))


def answer_worth(up: int, down: int, *, accepted: bool) -> float:
    """Order of answers: accepted ones first, then by Wilson bound; below zero with down votes only.

    In (-1, 3). Verification and outcome votes join here.
    """
    bound = wilson_bound(up, down)
    if bound == 0.0 and down > up:
        bound = -wilson_bound(down, up)
    return bound + (2.0 if accepted else 0.0)


def topic_heat(points: int, *, space_activity: int, at: datetime) -> float:
    """Order of "Popular": log of points over log of the space's activity, plus time.

    Anchored in time instead of decaying, so that a stored value stays right and keyset pages
    neither double nor drop a row. points: votes plus answers and replies; space_activity: topics
    in the space.
    """
    sign = 1 if points >= 0 else -1
    weight = math.log10(1 + abs(points)) / math.log10(10 + space_activity)
    return sign * weight + at.timestamp() / HEAT_SECONDS
