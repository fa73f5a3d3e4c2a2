"""Paths to a sale and the rules that share its credit among their touches.

A decomposition of what occurred together, not of what caused it. Rules as Matomo's guide faq_25500 has them; the
half-life of time decay is that of Google Ads, one week.
"""

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True)
class Credit:
    conversions: float
    value: float


Rule = Callable[[Path], Weights]


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


def share_credit(paths: Sequence[Path], rule: Rule) -> dict[str, Credit]:
    """Credit of each channel; conversions and value each add up to those of the paths."""
    conversions: dict[str, float] = {}
    value: dict[str, float] = {}
    for path in paths:
        for channel, weight in zip(path.channels, rule(path), strict=True):
            conversions[channel] = conversions.get(channel, 0.0) + weight * path.conversions
            value[channel] = value.get(channel, 0.0) + weight * path.value
    return {channel: Credit(conversions[channel], value[channel]) for channel in conversions}


def _all_to(index: int, path: Path) -> Weights:
    weights = np.zeros(len(path.channels))
    weights[index] = 1.0
    return weights
