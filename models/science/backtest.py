"""What forecasts of the past would have said: the same methods from earlier origins, beside seasonal naive."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from science.methods import run_methods, seasonal_naive

Array = NDArray[np.float64]

#: Months of history that an origin should have, and that it must have where no origin has those.
WANTED, NEEDED = 24, 12


@dataclass(frozen=True)
class Origin:
    """A point in the history, what came after it, and what was forecast there. `methods` has one row per method."""

    known: Array
    actual: Array
    methods: Array
    naive: Array

    @property
    def combined(self) -> Array:
        """The plain mean of the methods: no weight that a later error has told."""
        return mean_of(self.methods, self.naive)


def mean_of(methods: Array, naive: Array) -> Array:
    """Mean of the methods that could be fitted; naive where none could."""
    fitted = methods[~np.isnan(methods).any(axis=1)]
    return fitted.mean(axis=0) if len(fitted) else naive


def run_backtest(history: Array, horizon: int) -> list[Origin]:
    """Forecasts from a horizon, two thirds and one third of it before the end; empty for a history too short for any."""
    cuts = sorted({horizon, horizon * 2 // 3, horizon // 3} - {0}, reverse=True)
    for least in (WANTED, NEEDED):
        chosen = [cut for cut in cuts if len(history) - cut >= least]
        if chosen:
            return [_forecast_at(history, len(history) - cut) for cut in chosen]
    return []


def _forecast_at(history: Array, end: int) -> Origin:
    known, actual = history[:end], history[end:]
    ahead = len(actual)
    return Origin(known, actual, run_methods(known, ahead), seasonal_naive(known, ahead))


def method_errors(origins: list[Origin]) -> Array:
    """Mean absolute error of each method over the origins; NaN for one that could not be fitted at some origin."""
    errors = np.concatenate([np.abs(origin.methods - origin.actual) for origin in origins], axis=1)
    return errors.mean(axis=1)


def loses_everywhere(origins: list[Origin]) -> bool:
    """True when seasonal naive was nearer at every origin, which chance alone does not make with several."""
    return all(_error(each.naive, each) < _error(each.combined, each) for each in origins)


def _error(forecast: Array, origin: Origin) -> float:
    return float(np.mean(np.abs(forecast - origin.actual)))
