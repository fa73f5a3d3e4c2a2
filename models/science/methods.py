"""The forecasting methods that are combined, each a function of a monthly history and a horizon.

Theta: Assimakopoulos, Nikolopoulos (2000), IJF 16(4), and its optimised dynamic form, Fiorucci et al. (2016), IJF 32(4).
Damped ETS: Hyndman et al. (2002), IJF 18(3). Complex exponential smoothing: Svetunkov et al. (2022), NRL 69(8).
On logarithms a season and a trend are shares, as they are in sales.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from statsforecast.models import MSTL, AutoCES, AutoETS, DynamicOptimizedTheta, Theta

from science.logarithms import suits_logarithms
from science.seasons import YEAR, monthly_factors, repeat_factors, season_of

Array = NDArray[np.float64]
Method = Callable[[Array, int], Array]


def seasonal_naive(history: Array, horizon: int) -> Array:
    """The same month a year ago; the last value for a history of less than two years."""
    season = season_of(len(history))
    return history[len(history) - season + np.arange(horizon) % season]


def theta(history: Array, horizon: int) -> Array:
    season = season_of(len(history))
    return Theta(season, "multiplicative").forecast(history, horizon)["mean"]


def dynamic_theta(history: Array, horizon: int) -> Array:
    return DynamicOptimizedTheta(season_of(len(history))).forecast(history, horizon)["mean"]


def complex_smoothing(history: Array, horizon: int) -> Array:
    return AutoCES(season_of(len(history))).forecast(history, horizon)["mean"]


def decomposed_ets(history: Array, horizon: int) -> Array:
    """Damped ETS on what STL leaves beside the season."""
    ets = AutoETS(model="ZZN", damped=True)
    season = season_of(len(history))
    model = MSTL(season, trend_forecaster=ets) if season > 1 else ets
    return model.forecast(history, horizon)["mean"]


def adjusted_ets(history: Array, horizon: int) -> Array:
    """Damped ETS on the logarithm of the seasonally adjusted history."""
    factors = monthly_factors(history)
    adjusted = history / repeat_factors(factors, 0, len(history))
    ahead = in_logs(_damped_ets)(adjusted, horizon)
    return ahead * repeat_factors(factors, len(history) % YEAR, horizon)


def in_logs(method: Method) -> Method:
    """The method on the logarithm of a history that suits it, on the history itself otherwise."""

    def run(history: Array, horizon: int) -> Array:
        if not suits_logarithms(history):
            return method(history, horizon)
        return np.exp(method(np.log(history), horizon))

    return run


def _damped_ets(history: Array, horizon: int) -> Array:
    return AutoETS(model="ZZN", damped=True).forecast(history, horizon)["mean"]


#: A forecast this many times greater than anything before is an error of the method.
RUNAWAY = 10

METHODS: dict[str, Method] = {
    "theta_in_logs": in_logs(theta),
    "dynamic_theta": dynamic_theta,
    "dynamic_theta_in_logs": in_logs(dynamic_theta),
    "decomposed_ets_in_logs": in_logs(decomposed_ets),
    "adjusted_ets_in_logs": adjusted_ets,
    "complex_smoothing": complex_smoothing,
}


def run_methods(history: Array, horizon: int) -> Array:
    """One row per method of METHODS, NaN where it can't be fitted or runs away; below zero only for a history that is."""
    rows = np.full((len(METHODS), horizon), np.nan)
    for index, method in enumerate(METHODS.values()):
        try:
            ahead = np.asarray(method(history, horizon), dtype=float)
        # The library says that nothing fits by a bare Exception; another method may.
        except Exception:
            continue
        if np.all(np.abs(ahead) <= RUNAWAY * np.abs(history).max()):
            rows[index] = ahead
    return np.maximum(rows, 0.0) if history.min() >= 0 else rows
