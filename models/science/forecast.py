"""Monthly forecasts of many series: a combination weighted by its backtest, with intervals, or seasonal naive where that was
nearer.

A combination beats its members on the M competitions (Makridakis et al. 2020, M4, IJF 36(1)); weights by the inverse of
squared past errors go back to Bates, Granger (1969), OR Quarterly 20(4).
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from science import intervals
from science.accuracy import mase, seasonal_scale, smape, usual_step
from science.backtest import Origin, loses_everywhere, mean_of, method_errors, run_backtest
from science.logarithms import suits_logarithms
from science.methods import run_methods, seasonal_naive
from science.seasons import season_of

Array = NDArray[np.float64]

#: Keeps one lucky method from taking all the weight, in units of MASE.
LEAST_ERROR = 0.1

#: A copy of the process has its libraries already; elsewhere than on Linux they do not survive it.
COPYING = "fork" if sys.platform == "linux" else "spawn"

COMBINATION, NAIVE = "combination", "seasonal naive"


@dataclass(frozen=True)
class Forecast:
    """Months ahead of one series. Errors are of the backtest: sMAPE in per cent, MASE in seasonal naive steps of the history.

    NaN where there was no backtest. `bounds` has lower and upper by level. `past` has one entry per origin.
    `error` is the mean absolute error in the unit of the series, or its usual step where there was no backtest.
    """

    point: Array
    bounds: dict[float, tuple[Array, Array]]
    method: str
    origins: int
    smape: float
    naive_smape: float
    mase: float
    naive_mase: float
    coverage: dict[float, float]
    error: float
    past: tuple["Past", ...]


@dataclass(frozen=True)
class Past:
    """What was forecast for the last months of the history, from their beginning."""

    said: Array
    naive: Array
    actual: Array


@dataclass(frozen=True)
class Draft:
    """A forecast before its intervals, whose width the series that are forecast together share."""

    history: Array
    point: Array
    method: str
    origins: list[Origin]
    #: What the chosen method said at each origin.
    said: list[Array]
    errors: intervals.Errors


def forecast_many(series: Sequence[Array], horizon: int, workers: int = 1) -> list[Forecast]:
    """A forecast for each history (a month or more, oldest first). Series that are given together share how wide their
    intervals must be. `workers` above one spreads them over processes."""
    draft = partial(draft_forecast, horizon=horizon)
    if workers == 1:
        drafts = [draft(history) for history in series]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context(COPYING)) as pool:
            drafts = list(pool.map(draft, series, chunksize=max(1, len(series) // (workers * 8))))
    stretch = intervals.shared_stretch([each.errors for each in drafts])
    return [_finish(each, stretch) for each in drafts]


def draft_forecast(history: Array, horizon: int) -> Draft:
    """The point forecast of one history and what it would have said in the past."""
    history = np.asarray(history, dtype=float)
    origins = run_backtest(history, horizon)
    naive = seasonal_naive(history, horizon)
    if not origins or loses_everywhere(origins):
        point, method, said = naive, NAIVE, [each.naive for each in origins]
    else:
        point, method, said = _combine(history, origins, naive), COMBINATION, [each.combined for each in origins]
    errors = intervals.measure_errors(history, origins, said, is_log=suits_logarithms(history))
    return Draft(history, point, method, origins, said, errors)


def _combine(history: Array, origins: list[Origin], naive: Array) -> Array:
    methods = run_methods(history, len(naive))
    scale = seasonal_scale(history, season_of(len(history)))
    errors = method_errors(origins) / (scale if scale > 0 else 1.0)
    is_usable = ~np.isnan(errors) & ~np.isnan(methods).any(axis=1)
    if not is_usable.any():
        return mean_of(methods, naive)
    weights = 1 / (errors[is_usable] + LEAST_ERROR) ** 2
    return weights @ methods[is_usable] / weights.sum()


def _finish(draft: Draft, stretch: dict[float, float]) -> Forecast:
    actual = np.concatenate([each.actual for each in draft.origins] or [np.empty(0)])
    naive = np.concatenate([each.naive for each in draft.origins] or [np.empty(0)])
    said = np.concatenate(draft.said or [np.empty(0)])
    scale = seasonal_scale(draft.history, season_of(len(draft.history)))
    return Forecast(
        point=draft.point,
        bounds={
            level: intervals.interval(draft.point, draft.errors, level, stretch[level]) for level in intervals.LEVELS
        },
        method=draft.method,
        origins=len(draft.origins),
        smape=smape(actual, said),
        naive_smape=smape(actual, naive),
        mase=mase(actual, said, scale),
        naive_mase=mase(actual, naive, scale),
        coverage={level: intervals.coverage(draft.errors, level, stretch[level]) for level in intervals.LEVELS},
        error=float(np.mean(np.abs(actual - said))) if len(actual) else usual_step(draft.history),
        past=tuple(
            Past(forecast, each.naive, each.actual)
            for each, forecast in zip(draft.origins, draft.said, strict=True)
        ),
    )
