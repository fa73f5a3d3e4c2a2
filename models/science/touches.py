"""Paths to a sale and the rules that share its credit among their touches.

A decomposition of what occurred together, not of what caused it. Rules as Matomo's guide faq_25500 has them; the
half-life of time decay is that of Google Ads, one week.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]


@dataclass(frozen=True)
class Path:
    """One or many equal paths: channels in order, what came of them, and for some rules when and how direct."""

    channels: tuple[str, ...]
    conversions: float
    value: float
    #: How often this path ended without a sale.
    nulls: float = 0.0
    #: Days from each touch to the sale, for time decay.
    days_before: tuple[float, ...] | None = None
    #: Whether the client came by itself, for last non-direct.
    is_direct: tuple[bool, ...] | None = None
    #: What each touch was within its channel, e.g. its campaign.
    details: tuple[Hashable, ...] | None = None


@dataclass(frozen=True)
class Credit:
    conversions: float
    value: float


Rule = Callable[[Path], Weights]
Touch = tuple[str, Hashable]
Names = Callable[[Path], Sequence[Hashable]]


def channels_of(path: Path) -> Sequence[str]:
    return path.channels


def touches_of(path: Path) -> Sequence[Touch]:
    """Each touch by its channel and what it was within it. Raises ValueError for a path without details."""
    if path.details is None:
        raise ValueError("A path without details has no touches to tell apart")
    return list(zip(path.channels, path.details, strict=True))


def first(path: Path) -> Weights:
    return _all_to(0, path)


def last(path: Path) -> Weights:
    return _all_to(len(path.channels) - 1, path)


def last_non_direct(path: Path) -> Weights:
    """The last touch that was not direct; the last one where all were."""
    is_direct = path.is_direct or (False,) * len(path.channels)
    others = [index for index, direct in enumerate(is_direct) if not direct]
    return _all_to(others[-1] if others else len(path.channels) - 1, path)


def linear(path: Path) -> Weights:
    return np.full(len(path.channels), 1 / len(path.channels))


def position(path: Path) -> Weights:
    """40 % each to the first and the last, 20 % shared by those between; halves for two touches."""
    count = len(path.channels)
    if count <= 2:
        return linear(path)
    weights = np.full(count, 0.2 / (count - 2))
    weights[[0, -1]] = 0.4
    return weights


def time_decay(path: Path, half_life_days: float = 7.0) -> Weights:
    """2 ^ (-days before the sale / half-life), normalised. Raises ValueError for a path without times."""
    if path.days_before is None:
        raise ValueError("Time decay needs the days between touch and sale")
    days = np.asarray(path.days_before, dtype=float)
    # Only differences matter, and the nearest touch keeps the sum above zero.
    weights = np.exp2(-(days - days.min()) / half_life_days)
    return weights / weights.sum()


RULES: dict[str, Rule] = {
    "first": first,
    "last": last,
    "last_non_direct": last_non_direct,
    "linear": linear,
    "position": position,
    "time_decay": time_decay,
}


def share_credit(paths: Sequence[Path], rule: Rule, names: Names = channels_of) -> dict[Hashable, Credit]:
    """Credit of each channel, or of what `names` calls touches; conversions and value each add up to those of the paths."""
    conversions: dict[Hashable, float] = {}
    value: dict[Hashable, float] = {}
    for path in paths:
        for name, weight in zip(names(path), rule(path), strict=True):
            conversions[name] = conversions.get(name, 0.0) + weight * path.conversions
            value[name] = value.get(name, 0.0) + weight * path.value
    return {name: Credit(conversions[name], value[name]) for name in conversions}


def divide_credit(paths: Sequence[Path], credit: dict[str, Credit]) -> dict[Touch, Credit]:
    """The credit of each channel, divided by how many of its touches stand on paths to a sale; by all of its touches
    where none does. What belongs to a channel adds up to its credit."""
    sold: dict[Touch, float] = {}
    walked: dict[Touch, float] = {}
    for path in paths:
        for touch in touches_of(path):
            sold[touch] = sold.get(touch, 0.0) + path.conversions
            walked[touch] = walked.get(touch, 0.0) + path.conversions + path.nulls
    of_sold, of_walked = _by_channel(sold), _by_channel(walked)
    shares = {
        touch: sold[touch] / of_sold[touch[0]] if of_sold[touch[0]] > 0 else walked[touch] / of_walked[touch[0]]
        for touch in sold
    }
    return {
        touch: Credit(share * credit[touch[0]].conversions, share * credit[touch[0]].value)
        for touch, share in shares.items()
    }


def _by_channel(touches: dict[Touch, float]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for (channel, _), count in touches.items():
        sums[channel] = sums.get(channel, 0.0) + count
    return sums


def _all_to(index: int, path: Path) -> Weights:
    weights = np.zeros(len(path.channels))
    weights[index] = 1.0
    return weights
