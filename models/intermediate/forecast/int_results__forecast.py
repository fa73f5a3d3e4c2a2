"""One row per series and month: what is forecast, and what would have been forecast from earlier months."""

import numpy as np

from science.apart import run_apart

MONTHS_AHEAD = 12
TEXTS = ("metric", "scope", "department_id", "owner_id", "kind", "method")
MONTHS = ("origin", "month_start")
NUMBERS = (
    "origins_count", "smape", "naive_smape", "mase", "naive_mase", "coverage_80", "coverage_95",
    "lower_80", "upper_80", "lower_95", "upper_95", "forecast", "naive", "actual",
)


def model(dbt, session):
    dbt.config(materialized="table")
    rows = dbt.ref("int_result_months__collected").fetchnumpy()
    as_of = dbt.ref("int_as_of__found").fetchnumpy()
    this_month = as_of["as_of"].astype("datetime64[M]")[0]
    return columns_of(run_apart("results", "forecast_results", rows, this_month, MONTHS_AHEAD))


def columns_of(records):
    """Columns as DuckDB takes them; a company without results has them too, empty."""
    columns = {name: np.array([record.get(name) for record in records], dtype=object) for name in TEXTS}
    for name in MONTHS:
        columns[name] = np.array([record[name] for record in records], dtype="datetime64[M]").astype("datetime64[us]")
    for name in NUMBERS:
        columns[name] = np.array([record.get(name, np.nan) for record in records], dtype=float)
    return columns
