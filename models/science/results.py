"""Forecasts of a company's monthly results, as plain records for a table."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science.forecast import Forecast
from science.hierarchy import Series, build_hierarchy, forecast_hierarchy, months_without_pause

Record = dict[str, Any]


def forecast_results(rows: Mapping[str, NDArray], this_month: np.datetime64, horizon: int) -> list[Record]:
    """Records of each metric, series and month. `rows` are columns metric, department_id, owner_id, month_start and value, of
    the months before `this_month`."""
    return [record for metric in sorted(set(rows["metric"])) for record in _metric_records(rows, metric, this_month, horizon)]


def _metric_records(
    rows: Mapping[str, NDArray], metric: str, this_month: np.datetime64, horizon: int
) -> Iterator[Record]:
    """Records of one metric for every series of the company; none where nothing happened in the last year."""
    chosen = rows["metric"] == metric
    months_ago = (this_month - rows["month_start"][chosen].astype("datetime64[M]")).astype(int)
    total = np.bincount(months_ago - 1, weights=rows["value"][chosen])[::-1]
    length = months_without_pause(total)
    results: dict[tuple[str, str], NDArray] = {}
    keys = zip(rows["department_id"][chosen], rows["owner_id"][chosen], strict=True)
    for key, ago, value in zip(keys, months_ago, rows["value"][chosen], strict=True):
        if ago <= length:
            results.setdefault(key, np.zeros(length))[length - ago] += value
    series = build_hierarchy(results) if results else []
    forecasts = forecast_hierarchy(series, horizon, os.cpu_count() or 1) if series else []
    for each, forecast in zip(series, forecasts, strict=True):
        yield from _series_records(metric, each, forecast, this_month)


def _series_records(metric: str, series: Series, forecast: Forecast, this_month: np.datetime64) -> Iterator[Record]:
    whose = {"metric": metric, "scope": series.scope, "department_id": series.department, "owner_id": series.person}
    for ahead, point in enumerate(forecast.point):
        at = {"kind": "ahead", "origin": this_month, "month_start": this_month + ahead, "forecast": point}
        yield whose | at | _quality_of(forecast) | _bounds_of(forecast, ahead)
    for past in forecast.past:
        origin = this_month - len(past.actual)
        for ahead, (said, naive, actual) in enumerate(zip(past.said, past.naive, past.actual, strict=True)):
            at = {"kind": "past", "origin": origin, "month_start": origin + ahead}
            yield whose | at | {"forecast": said, "naive": naive, "actual": actual}


def _quality_of(forecast: Forecast) -> Record:
    return {
        "method": forecast.method,
        "origins_count": forecast.origins,
        "smape": forecast.smape,
        "naive_smape": forecast.naive_smape,
        "mase": forecast.mase,
        "naive_mase": forecast.naive_mase,
        "coverage_80": forecast.coverage[0.80],
        "coverage_95": forecast.coverage[0.95],
    }


def _bounds_of(forecast: Forecast, ahead: int) -> Record:
    (lower_80, upper_80), (lower_95, upper_95) = forecast.bounds[0.80], forecast.bounds[0.95]
    return {
        "lower_80": lower_80[ahead],
        "upper_80": upper_80[ahead],
        "lower_95": lower_95[ahead],
        "upper_95": upper_95[ahead],
    }
