"""
Reads rows (group, stratum, cases, passed, share) as JSON; prints for each group its directly standardised rate over the
strata that it has, the effective cases, the Wilson interval over them by statsmodels, and the share of the standard covered.
"""

import json
import sys
from collections import defaultdict

import numpy as np
from statsmodels.stats.proportion import proportion_confint

groups: dict[str, list[tuple[int, float, float, float]]] = defaultdict(list)
for group, stratum, cases, passed, share in json.load(sys.stdin):
    groups[group].append((stratum, cases, passed, share))


def standardised(rows: list[tuple[int, float, float, float]]) -> list[float]:
    stratum, cases, passed, share = np.array(rows, dtype=float).T
    held, place, first = *np.unique(stratum, return_inverse=True), np.unique(stratum, return_index=True)[1]
    totals = np.bincount(place, cases, minlength=len(held))
    weights = share[first] / share[first].sum()
    # Every call weighs as much as its stratum in the standard, shared among the calls of the stratum.
    each = weights / totals
    rate = float(each @ np.bincount(place, passed, minlength=len(held)))
    effective = float((each * totals).sum() ** 2 / (each**2 * totals).sum())
    low, high = proportion_confint(rate * effective, effective, alpha=0.05, method="wilson")
    return [rate, effective, float(low), float(high), float(share[first].sum())]


print(json.dumps({group: standardised(rows) for group, rows in groups.items()}))
