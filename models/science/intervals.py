"""Prediction intervals: a width by horizon that held on the M3 series, in units of the series' own errors.

Split conformal (Lei et al. 2018, JASA 113(523)): the width is the quantile of past absolute errors, each divided by the scale
of its series, so that one set of widths serves all. The scale is the geometric mean of the seasonal naive error of the
history and the error of the backtest. Errors are differences of logarithms (`is_log`) for a history that suits them, else plain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from science.accuracy import seasonal_scale, usual_step
from science.backtest import Origin
from science.seasons import season_of

Array = NDArray[np.float64]

LEVELS = (0.80, 0.95)

#: (start, growth) by level: width = start + growth * month ahead. Fitted to backtests inside the training parts of the
#: 1,428 monthly series of M3, 18 months before their end; `tests/science/measure_widths.py` measures them anew.
LOG_WIDTHS = {0.80: (1.117, 0.050), 0.95: (1.921, 0.084)}
PLAIN_WIDTHS = {0.80: (1.137, 0.054), 0.95: (1.863, 0.117)}

#: How many series the widths of M3 weigh against a company's own backtests.
PRIOR_SERIES = 50


@dataclass(frozen=True)
class Errors:
    """Past errors of one series, ready for widths. `ratios` has one array per origin: |error| / scale by horizon."""

    is_log: bool
    scale: float
    ratios: tuple[Array, ...]


def measure_errors(history: Array, origins: Sequence[Origin], said: Sequence[Array], is_log: bool) -> Errors:
    """Scale and ratios of a series of which `said` was forecast; the ratio at an origin leaves it out of its own scale."""
    misses = [
        np.abs(units(origin.actual, is_log) - units(forecast, is_log))
        for origin, forecast in zip(origins, said, strict=True)
    ]
    ratios = [
        miss / _scale(origin.known, misses[:index] + misses[index + 1 :], is_log)
        for index, (origin, miss) in enumerate(zip(origins, misses, strict=True))
    ]
    return Errors(is_log, _scale(history, misses, is_log), tuple(ratios))


def shared_stretch(errors: Sequence[Errors]) -> dict[float, float]:
    """By level, how much wider than on M3 the intervals of these series must be to have held in their backtests.

    Shrunk to one by PRIOR_SERIES, so that few series do not decide.
    """
    trust = len(errors) / (len(errors) + PRIOR_SERIES)
    stretch = {}
    for level in LEVELS:
        needed = [ratio / _widths(each, len(ratio), level) for each in errors for ratio in each.ratios]
        quantile = float(np.quantile(np.concatenate(needed), level)) if needed else 1.0
        stretch[level] = max(quantile, 0.2) ** trust
    return stretch


def interval(point: Array, errors: Errors, level: float, stretch: float) -> tuple[Array, Array]:
    """Lower and upper bound by horizon; the lower one is never below zero where the history is not."""
    width = errors.scale * stretch * _widths(errors, len(point), level)
    if errors.is_log:
        return point * np.exp(-width), point * np.exp(width)
    return np.maximum(point - width, 0.0), point + width


def coverage(errors: Errors, level: float, stretch: float) -> float:
    """Share of the backtest's months that lay inside their interval; NaN without a backtest."""
    inside = [ratio <= stretch * _widths(errors, len(ratio), level) for ratio in errors.ratios]
    return float(np.mean(np.concatenate(inside))) if inside else float("nan")


def _widths(errors: Errors, horizon: int, level: float) -> Array:
    start, growth = (LOG_WIDTHS if errors.is_log else PLAIN_WIDTHS)[level]
    return start + growth * np.arange(1, horizon + 1)


def _scale(history: Array, misses: Sequence[Array], is_log: bool) -> float:
    known = units(history, is_log)
    naive = seasonal_scale(known, season_of(len(known))) if len(known) > 1 else usual_step(known)
    own = float(np.mean(np.concatenate(misses))) if misses else naive
    return max(float(np.sqrt(naive * own)), 1e-9)


def units(values: Array, is_log: bool) -> Array:
    """The values in the unit of their errors."""
    return np.log(np.maximum(values, 1e-9)) if is_log else values
