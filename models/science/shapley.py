"""Shapley values of channels: Zhao, Mahboobi, Bagheri (2018), "Shapley Value Methods for Attribution Modeling in Online
Advertising", arXiv 1804.05327.

The worth of a set of channels is what paths made of these channels alone brought. Each path then is a unanimity game
of its distinct channels, so the exact value is an equal share of it (the paper's simplified formula): no 2^n coalitions.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

from science.touches import Credit, Names, Path, Weights, channels_of, share_credit


def equal_shares(path: Path) -> Weights:
    """An equal share for each distinct channel of the path, divided equally over its touches."""
    counts = Counter(path.channels)
    return np.array([1 / (len(counts) * counts[channel]) for channel in path.channels])


def shapley_credit(paths: Sequence[Path], names: Names = channels_of) -> dict[Hashable, Credit]:
    """Credit of each channel by its Shapley value, or of what `names` calls touches; adds up to all conversions and value."""
    return share_credit(paths, equal_shares, names)
