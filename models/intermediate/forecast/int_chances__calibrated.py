"""One row per term, month, tenth of chances, department and person: what was expected of open deals, and what came."""

import numpy as np

from science.bottom_up import count_alike, open_book
from science.calibration import calibrate, summed


def model(dbt, session):
    dbt.config(materialized="table")
    followed = count_alike(dbt.ref("int_open_deals__followed"))
    new = dbt.ref("int_new_business__counted").fetchnumpy()
    as_of = dbt.ref("int_as_of__found").fetchnumpy()
    this_month = as_of["as_of"].astype("datetime64[M]")[0]
    columns = summed(calibrate(open_book(followed, new)))
    months = (this_month - columns.pop("months_ago")).astype("datetime64[us]")
    return columns | {"month_start": months}
