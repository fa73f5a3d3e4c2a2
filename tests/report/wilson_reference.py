"""Reads pairs of part and whole as JSON; prints their Wilson intervals at 95 % by SciPy and by statsmodels."""

import json
import sys

from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint


def intervals(part: int, whole: int) -> list[list[float]]:
    by_scipy = binomtest(part, whole).proportion_ci(confidence_level=0.95, method="wilson")
    by_statsmodels = proportion_confint(part, whole, alpha=0.05, method="wilson")
    return [[float(end) for end in ends] for ends in (by_scipy, by_statsmodels)]


print(json.dumps([intervals(part, whole) for part, whole in json.loads(sys.argv[1])]))
