"""The twelve-month pattern of a monthly series, by classical decomposition, where there is one."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

YEAR = 12


def season_of(length: int) -> int:
    """Twelve for a history of two years or more, else one: no season can be told from less."""
    return YEAR if length >= 2 * YEAR else 1


def is_seasonal(history: Array) -> bool:
    """True when the autocorrelation at lag 12 is significant at 90 %: the test of the M4 benchmarks, on three years or more."""
    if len(history) < 3 * YEAR:
        return False
    centred = history - history.mean()
    energy = float(centred @ centred)
    if energy == 0:
        return False
    lags = np.array([centred[lag:] @ centred[:-lag] for lag in range(1, YEAR + 1)]) / energy
    limit = 1.645 * np.sqrt((1 + 2 * np.sum(lags[:-1] ** 2)) / len(history))
    return bool(abs(lags[-1]) > limit)


def monthly_factors(history: Array) -> Array:
    """Factor of each month, starting with the month of the first value and averaging one; all ones without a season."""
    flat = np.ones(YEAR)
    if history.min() <= 0 or not is_seasonal(history):
        return flat
    window = np.ones(YEAR + 1) / YEAR
    window[[0, -1]] /= 2
    half = YEAR // 2
    ratios = history[half:-half] / np.convolve(history, window, "valid")
    month = (np.arange(len(ratios)) + half) % YEAR
    factors = np.array([ratios[month == each].mean() for each in range(YEAR)])
    factors /= factors.mean()
    return factors if factors.min() > 0.01 else flat


def repeat_factors(factors: Array, start: int, count: int) -> Array:
    """The factors of `count` months from position `start` on."""
    return factors[(start + np.arange(count)) % YEAR]
