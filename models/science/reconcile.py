"""Forecasts of persons, departments and the company made to add up.

Minimum trace with the variances of the backtest on the diagonal: Wickramasuriya, Athanasopoulos, Hyndman (2019), JASA
114(526). A level that was forecast well in the past moves less than one that was not.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def reconcile(points: Array, members: Sequence[Sequence[int]], errors: Array) -> Array:
    """The points, changed so that each series is the sum of its bottom series; one row per series, one column per month.

    `members` has for each series the numbers of its bottom series, a bottom series has its own one. `errors` are the
    series' usual absolute errors, in the unit of the points. No result is below zero.
    """
    count = 1 + max(max(each) for each in members)
    sums = np.zeros((len(points), count))
    for row, each in enumerate(members):
        sums[row, list(each)] = 1.0
    floor = max(float(errors.max()), 1.0) * 1e-6
    precision = 1 / np.maximum(errors, floor) ** 2
    weighted = sums.T * precision
    bottom = np.linalg.solve(weighted @ sums, weighted @ points)
    return sums @ np.maximum(bottom, 0.0)
