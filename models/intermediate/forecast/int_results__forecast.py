"""One row per series and month: what is forecast, and what would have been forecast from earlier months."""

import numpy as np

from science.hierarchy import build_hierarchy, forecast_hierarchy, months_without_pause

MONTHS_AHEAD = 12


def model(dbt, session):
    dbt.config(materialized="table")
    rows = dbt.ref("int_result_months__collected").fetchnumpy()
    as_of = dbt.ref("int_as_of__found").fetchnumpy()
    this_month = as_of["as_of"].astype("datetime64[M]")[0]
    metrics = sorted(set(rows["metric"]))
    records = [record for metric in metrics for record in metric_records(rows, metric, this_month)]
    return columns_of(records)


def metric_records(rows, metric, this_month):
    """Records of one metric for every series of the company; none where nothing happened in the last year."""
    chosen = rows["metric"] == metric
    months_ago = (this_month - rows["month_start"][chosen].astype("datetime64[M]")).astype(int)
    total = np.bincount(months_ago - 1, weights=rows["value"][chosen])[::-1]
    length = months_without_pause(total)
    results = {}
    keys = zip(rows["department_id"][chosen], rows["owner_id"][chosen], strict=True)
    for key, ago, value in zip(keys, months_ago, rows["value"][chosen], strict=True):
        if ago <= length:
            results.setdefault(key, np.zeros(length))[length - ago] += value
    series = build_hierarchy(results) if results else []
    for each, forecast in zip(series, forecast_hierarchy(series, MONTHS_AHEAD) if series else [], strict=True):
        yield from series_records(metric, each, forecast, this_month)


def series_records(metric, series, forecast, this_month):
    whose = {"metric": metric, "scope": series.scope, "department_id": series.department, "owner_id": series.person}
    for ahead, point in enumerate(forecast.point):
        at = {"kind": "ahead", "origin": this_month, "month_start": this_month + ahead, "forecast": point}
        yield whose | at | quality_of(forecast) | bounds_of(forecast, ahead)
    for past in forecast.past:
        origin = this_month - len(past.actual)
        for ahead, (said, naive, actual) in enumerate(zip(past.said, past.naive, past.actual, strict=True)):
            at = {"kind": "past", "origin": origin, "month_start": origin + ahead}
            yield whose | at | {"forecast": said, "naive": naive, "actual": actual}


def quality_of(forecast):
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


def bounds_of(forecast, ahead):
    (lower_80, upper_80), (lower_95, upper_95) = forecast.bounds[0.80], forecast.bounds[0.95]
    return {
        "lower_80": lower_80[ahead],
        "upper_80": upper_80[ahead],
        "lower_95": lower_95[ahead],
        "upper_95": upper_95[ahead],
    }


TEXTS = ("metric", "scope", "department_id", "owner_id", "kind", "method")
MONTHS = ("origin", "month_start")
NUMBERS = (
    "origins_count", "smape", "naive_smape", "mase", "naive_mase", "coverage_80", "coverage_95",
    "lower_80", "upper_80", "lower_95", "upper_95", "forecast", "naive", "actual",
)


def columns_of(records):
    """Columns as DuckDB takes them; a company without results has them too, empty."""
    columns = {name: np.array([record.get(name) for record in records], dtype=object) for name in TEXTS}
    for name in MONTHS:
        columns[name] = np.array([record[name] for record in records], dtype="datetime64[M]").astype("datetime64[us]")
    for name in NUMBERS:
        columns[name] = np.array([record.get(name, np.nan) for record in records], dtype=float)
    return columns
