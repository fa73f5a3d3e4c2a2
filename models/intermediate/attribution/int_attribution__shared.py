"""One row per month, model, channel, campaign, landing page and keyword: its share of the sales of the month.

Markov and Shapley credit channels, for chains and sets of hundreds of keywords say nothing; what a channel has is divided
over its campaigns, pages and keywords by their touches on the paths.
"""

from collections import defaultdict

import numpy as np

from science.markov import markov_credit
from science.shapley import shapley_credit
from science.touches import RULES, Credit, Path, divide_credit, share_credit, touches_of

NOTHING = Credit(0.0, 0.0)
DETAILS = ["campaign", "landing_page", "keyword"]


def model(dbt, session):
    dbt.config(materialized="table")
    rows = dbt.ref("int_touch_paths__built").fetchnumpy()
    months = defaultdict(list)
    for index, month in enumerate(rows["month_start"].astype("datetime64[us]")):
        months[month].append(path_of(rows, index))
    records = [
        (month, name, touch, credit.get(touch, NOTHING))
        for month, paths in sorted(months.items())
        for name, credit in credits_of(paths).items()
        for touch in sorted({touch for path in paths for touch in touches_of(path)})
    ]
    return {
        "month_start": np.array([month for month, *_ in records], dtype="datetime64[us]"),
        "model": np.array([name for _, name, *_ in records], dtype=object),
        "channel": np.array([channel for *_, (channel, _), _ in records], dtype=object),
        **{
            name: np.array([details[place] for *_, (_, details), _ in records], dtype=object)
            for place, name in enumerate(DETAILS)
        },
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
        details=tuple(zip(*(rows[f"{name}s"][index] for name in DETAILS), strict=True)),
    )


def credits_of(paths):
    by_rule = {name: share_credit(paths, rule, touches_of) for name, rule in RULES.items()}
    markov = divide_credit(paths, markov_credit(paths))
    return by_rule | {"markov": markov, "shapley": shapley_credit(paths, touches_of)}
