"""One row per month, model and channel: its share of the sales of the month."""

from collections import defaultdict

import numpy as np

from science.markov import markov_credit
from science.shapley import shapley_credit
from science.touches import RULES, Credit, Path, share_credit

NOTHING = Credit(0.0, 0.0)


def model(dbt, session):
    dbt.config(materialized="table")
    rows = dbt.ref("int_touch_paths__built").fetchnumpy()
    months = defaultdict(list)
    for index, month in enumerate(rows["month_start"].astype("datetime64[us]")):
        months[month].append(path_of(rows, index))
    records = [
        (month, name, channel, credit.get(channel, NOTHING))
        for month, paths in sorted(months.items())
        for name, credit in credits_of(paths).items()
        for channel in sorted({channel for path in paths for channel in path.channels})
    ]
    return {
        "month_start": np.array([month for month, *_ in records], dtype="datetime64[us]"),
        "model": np.array([name for _, name, *_ in records], dtype=object),
        "channel": np.array([channel for *_, channel, _ in records], dtype=object),
        "conversions": np.array([credit.conversions for *_, credit in records], dtype=float),
        "amount": np.array([credit.value for *_, credit in records], dtype=float),
    }


def path_of(rows, index):
    return Path(
        channels=tuple(rows["channels"][index]),
        conversions=float(rows["conversions"][index]),
        value=float(rows["amount"][index]),
        nulls=float(rows["nulls"][index]),
        days_before=tuple(rows["days_before"][index]),
        is_direct=tuple(rows["direct_flags"][index]),
    )


def credits_of(paths):
    by_rule = {name: share_credit(paths, rule) for name, rule in RULES.items()}
    return by_rule | {"markov": markov_credit(paths), "shapley": shapley_credit(paths)}
