"""One row per series and month: what is forecast, and what would have been forecast from earlier months."""

import numpy as np

from science.apart import run_apart
from science.bottom_up import count_alike

MONTHS_AHEAD = 12
TEXTS = ("metric", "scope", "department_id", "owner_id", "kind", "method", "model")
MONTHS = ("origin", "month_start")
NUMBERS = (
    "origins_count", "smape", "naive_smape", "mase", "naive_mase", "coverage_80", "coverage_95",
    "lower_80", "upper_80", "lower_95", "upper_95", "carried", "bottom_up_share", "forecast", "naive", "actual",
)


def model(dbt, session):
    dbt.config(materialized="table")
    rows = dbt.ref("int_result_months__collected").fetchnumpy()
    followed = count_alike(dbt.ref("int_open_deals__followed"))
    new = dbt.ref("int_new_business__counted").fetchnumpy()
    found = dbt.ref("int_as_of__found").fetchnumpy()
    as_of = found["as_of"].astype("datetime64[D]")[0]
    month = as_of.astype("datetime64[M]")
    elapsed = share_over(as_of, month)
    return columns_of(run_apart("results", "forecast_results", rows, followed, new, month, elapsed, MONTHS_AHEAD))


def share_over(as_of, month):
    """How much of the month is over at the end of the day."""
    first, next_first = month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]")
    return float((as_of + 1 - first) / (next_first - first))


def columns_of(records):
    """Columns as DuckDB takes them; a company without results has them too, empty."""
    columns = {name: np.array([record.get(name) for record in records], dtype=object) for name in TEXTS}
    for name in MONTHS:
        columns[name] = np.array([record[name] for record in records], dtype="datetime64[M]").astype("datetime64[us]")
    for name in NUMBERS:
        columns[name] = np.array([record.get(name, np.nan) for record in records], dtype=float)
    return columns
