"""Forecasts of a company's monthly results, as plain records for a table."""

import os
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science.bottom_up import Key, open_book
from science.hierarchy import Series, build_hierarchy, forecast_hierarchy, months_without_pause
from science.outlook import METRICS, Expectations, Said, busy_keys, look_out, said_by

Record = dict[str, Any]
Columns = Mapping[str, NDArray]


def forecast_results(
    rows: Columns, followed: Columns, new: Columns, this_month: np.datetime64, elapsed: float, horizon: int
) -> list[Record]:
    """Records of each metric, method, series and month. `rows` are columns metric, department_id, owner_id, month_start and
    value, of the months before `this_month`, of which a share of `elapsed` is over; `followed` and `new` are what bottom_up
    reads."""
    book = open_book(followed, new)
    expectations = Expectations(book, horizon)
    busy = busy_keys(book)
    records: list[Record] = []
    for metric in sorted(set(rows["metric"])):
        records += _metric_records(rows, metric, this_month, horizon, expectations, busy, elapsed)
    return records


def _metric_records(
    rows: Columns,
    metric: str,
    this_month: np.datetime64,
    horizon: int,
    expectations: Expectations,
    busy: Collection[Key],
    elapsed: float,
) -> Iterator[Record]:
    """Records of one metric for every series of the company; none where nothing happened in the last year."""
    chosen = rows["metric"] == metric
    months_ago = (this_month - rows["month_start"][chosen].astype("datetime64[M]")).astype(int)
    total = np.bincount(months_ago - 1, weights=rows["value"][chosen])[::-1]
    length = months_without_pause(total)
    if length == 0:
        return
    known = busy if metric in METRICS else ()
    results: dict[Key, NDArray] = {key: np.zeros(length) for key in known}
    keys = zip(rows["department_id"][chosen], rows["owner_id"][chosen], strict=True)
    for key, ago, value in zip(keys, months_ago, rows["value"][chosen], strict=True):
        if ago <= length:
            results.setdefault(key, np.zeros(length))[length - ago] += value
    series = build_hierarchy(results, known)
    forecasts = forecast_hierarchy(series, horizon, os.cpu_count() or 1)
    for each, forecast in zip(series, forecasts, strict=True):
        yield from _series_records(metric, each, said_by(forecast), this_month)
    if metric in METRICS:
        for each, said in look_out(metric, series, forecasts, expectations, elapsed):
            yield from _series_records(metric, each, said, this_month)


def _series_records(metric: str, series: Series, said: Said, this_month: np.datetime64) -> Iterator[Record]:
    whose = {
        "metric": metric,
        "method": said.method,
        "scope": series.scope,
        "department_id": series.department,
        "owner_id": series.person,
    }
    for ahead, point in enumerate(said.point):
        at = {"kind": "ahead", "origin": this_month, "month_start": this_month + ahead, "forecast": point}
        yield whose | at | _quality_of(said) | _month_of(said, ahead)
    for past in said.past:
        origin = this_month - len(past.actual)
        for ahead, (then, naive, actual) in enumerate(zip(past.said, past.naive, past.actual, strict=True)):
            at = {"kind": "past", "origin": origin, "month_start": origin + ahead}
            yield whose | at | {"forecast": then, "naive": naive, "actual": actual}


def _quality_of(said: Said) -> Record:
    names = ("smape", "naive_smape", "mase", "naive_mase")
    return {
        "model": said.model,
        "origins_count": len(said.past),
        **dict(zip(names, said.errors, strict=True)),
        "coverage_80": said.coverage[0.80],
        "coverage_95": said.coverage[0.95],
    }


def _month_of(said: Said, ahead: int) -> Record:
    (lower_80, upper_80), (lower_95, upper_95) = said.bounds[0.80], said.bounds[0.95]
    bounds = {"lower_80": lower_80, "upper_80": upper_80, "lower_95": lower_95, "upper_95": upper_95}
    told = bounds | ({} if said.carried is None else {"carried": said.carried})
    told |= {} if said.share is None else {"bottom_up_share": said.share}
    return {name: values[ahead] for name, values in told.items()}
