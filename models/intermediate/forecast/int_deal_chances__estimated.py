"""One row per group of open deals that stand alike and month: their chance to be won in it."""

import numpy as np

from science.bottom_up import chances_at, count_alike, open_book, usual_amounts

MONTHS_AHEAD = 12
WHOSE = ("stage_id", "age_band", "amount_band", "department_id", "owner_id")


def model(dbt, session):
    dbt.config(materialized="table")
    followed = count_alike(dbt.ref("int_open_deals__followed"))
    new = dbt.ref("int_new_business__counted").fetchnumpy()
    as_of = dbt.ref("int_as_of__found").fetchnumpy()
    this_month = as_of["as_of"].astype("datetime64[M]")[0]
    chances = chances_at(open_book(followed, new), "day", 0, MONTHS_AHEAD)
    usual = usual_amounts(followed, "day", 0)
    columns = {name: np.repeat(followed[name][chances.rows], MONTHS_AHEAD) for name in WHOSE}
    pipelines = np.repeat(followed["pipeline_id"][chances.rows], MONTHS_AHEAD)
    months = this_month + np.tile(np.arange(MONTHS_AHEAD), int(chances.rows.sum()))
    return columns | {
        "usual_amount": np.array([usual.get(each, usual[""]) for each in pipelines], dtype=float),
        "month_start": months.astype("datetime64[us]"),
        "chance": chances.by_month.ravel(),
        "chance_until": np.minimum(np.cumsum(chances.by_month, axis=1), 1.0).ravel(),
    }
