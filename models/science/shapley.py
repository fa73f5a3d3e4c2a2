"""Shapley values of channels: Zhao, Mahboobi, Bagheri (2018), "Shapley Value Methods for Attribution Modeling in Online
Advertising", arXiv 1804.05327.

The worth of a set of channels is what paths made of these channels alone brought. Each path then is a unanimity game
of its distinct channels, so the exact value is an equal share of it (the paper's simplified formula): no 2^n coalitions.
"""

from collections.abc import Sequence

import numpy as np

from science.touches import Credit, Path, Weights, share_credit


def equal_shares(path: Path) -> Weights:
    """An equal share for each distinct channel of the path, given to its first touch."""
    weights = np.zeros(len(path.channels))
    firsts = [path.channels.index(channel) for channel in dict.fromkeys(path.channels)]
    weights[firsts] = 1 / len(firsts)
    return weights


def shapley_credit(paths: Sequence[Path]) -> dict[str, Credit]:
    """Credit of each channel by its Shapley value; adds up to all conversions and all value."""
    return share_credit(paths, equal_shares)
