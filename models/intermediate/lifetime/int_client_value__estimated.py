"""One row per client that ever bought: its chance to be alive and what it will buy in the next year."""

import numpy as np

from science import bg_nbd, gamma_gamma

WEEKS_AHEAD = 52
# From fewer clients that came again nothing can be said of the others.
LEAST_REPEATERS = 30


def model(dbt, session):
    dbt.config(materialized="table")
    rows = dbt.ref("int_client_purchases__summarised").fetchnumpy()
    repeats, recency, age, paid_days, spend = (
        np.ma.filled(rows[name].astype(float), np.nan)
        for name in ("repeats_count", "recency_weeks", "age_weeks", "paid_days_count", "mean_spend")
    )
    buying = fitted(bg_nbd.fit, repeats > 0, repeats, recency, age)
    # The first purchase tells of the spend as much as later ones; the model itself is of who came again.
    came_again = paid_days > 1
    money = fitted(gamma_gamma.fit, came_again, paid_days[came_again], spend[came_again])
    unknown = np.full(len(repeats), np.nan)
    alive, purchases, average = unknown, unknown, unknown
    if buying is not None:
        alive = bg_nbd.probability_alive(buying, repeats, recency, age)
        purchases = bg_nbd.expected_future_purchases(buying, WEEKS_AHEAD, repeats, recency, age)
    if money is not None:
        average = np.where(paid_days > 0, gamma_gamma.expected_spend(money, paid_days, spend), np.nan)
    return {
        "client_id": rows["client_id"],
        "probability_alive": alive,
        "expected_purchases": purchases,
        "expected_spend": average,
    }


def fitted(fit, is_repeater, *arrays):
    """The fitted model; None where there are too few clients or nothing fits them."""
    if np.count_nonzero(is_repeater) < LEAST_REPEATERS:
        return None
    try:
        return fit(*arrays)
    except ValueError:
        return None
