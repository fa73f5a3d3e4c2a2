"""The series of a company: all of it, its departments, its persons; forecast each for itself, then made to add up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from science.forecast import Forecast, forecast_many
from science.reconcile import reconcile

Array = NDArray[np.float64]

#: The member that stands for persons and departments without a result of late; together they are one series.
UNKNOWN = "unknown"
#: Months without any result after which somebody is not forecast alone.
SILENT_MONTHS = 6
SILENT_YEAR = 12


@dataclass(frozen=True)
class Series:
    """A history and whose it is. `parts` are the numbers of the persons' series that it sums."""

    scope: str
    department: str
    person: str
    history: Array
    parts: tuple[int, ...]


def months_without_pause(total: Array) -> int:
    """How many months at the end of the company's history hold no silent year: what lies before such a year, as a record
    with an impossible date does, tells nothing."""
    silent = 0
    for count, value in enumerate(total[::-1]):
        silent = 0 if value else silent + 1
        if silent == SILENT_YEAR:
            return count + 1 - silent
    return len(total) - silent


def build_hierarchy(
    results: Mapping[tuple[str, str], Array], busy: Collection[tuple[str, str]] = frozenset()
) -> list[Series]:
    """Series of the company, its departments and its persons from results by (department, person), all of one length.
    Who is `busy` has a series without any result of late."""
    persons: dict[tuple[str, str], Array] = {}
    for (department, person), history in results.items():
        key = (department, person if history[-SILENT_MONTHS:].any() or (department, person) in busy else UNKNOWN)
        persons[key] = persons.get(key, 0) + history
    keys = sorted(persons)
    histories = np.array([persons[key] for key in keys])

    def summed(scope: str, department: str, parts: list[int]) -> Series:
        return Series(scope, department, UNKNOWN, histories[parts].sum(axis=0), tuple(parts))

    departments = [
        summed("department", name, [index for index, key in enumerate(keys) if key[0] == name])
        for name in sorted({department for department, _ in keys})
    ]
    alone = [Series("person", *key, histories[index], (index,)) for index, key in enumerate(keys)]
    return [summed("company", UNKNOWN, list(range(len(keys)))), *departments, *alone]


def forecast_hierarchy(series: Sequence[Series], horizon: int, workers: int = 1) -> list[Forecast]:
    """A forecast for each series; points of persons sum to those of their department and of the company, none below
    zero. Bounds move with their point; errors and backtests are those of each series' own forecast."""
    forecasts = forecast_many([since_first(each.history) for each in series], horizon, workers)
    points = np.array([each.point for each in forecasts])
    errors = np.array([each.error for each in forecasts])
    sums = reconcile(points, [each.parts for each in series], errors)
    return [_moved(each, point) for each, point in zip(forecasts, sums, strict=True)]


def since_first(history: Array) -> Array:
    """The history from its first result on, for who joined later did not sell nothing before; its last month without any."""
    trimmed = np.trim_zeros(history, "f")
    return trimmed if len(trimmed) else history[-1:]


def _moved(forecast: Forecast, point: Array) -> Forecast:
    """The forecast with another point; its bounds keep their distances, as far as zero allows."""
    shift = point - forecast.point
    bounds = {
        level: (np.maximum(low + shift, 0.0), high + shift) for level, (low, high) in forecast.bounds.items()
    }
    return replace(forecast, point=point, bounds=bounds)
