"""Measures the widths in `science.intervals` anew: how far forecasts made 18 months before the end of the training part of
each M3 series were from what came, in units of the series' scale. Prints start and growth for each level.

    PYTHONPATH=models .venv/bin/python tests/science/measure_widths.py
"""

import warnings

import numpy as np

from data import m3_monthly
from science.forecast import draft_forecast
from science.intervals import LEVELS, measure_errors, units

HORIZON = 18

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    ratios: dict[bool, list[np.ndarray]] = {True: [], False: []}
    for series, _ in m3_monthly():
        known, actual = series[:-HORIZON], series[-HORIZON:]
        draft = draft_forecast(known, HORIZON)
        for is_log, rows in ratios.items():
            scale = measure_errors(known, draft.origins, draft.said, is_log).scale
            rows.append(np.abs(units(actual, is_log) - units(draft.point, is_log)) / scale)
    for is_log, rows in ratios.items():
        for level in LEVELS:
            growth, start = np.polyfit(np.arange(1, HORIZON + 1), np.quantile(rows, level, axis=0), 1)
            print(f"{'logarithms' if is_log else 'plain'} {level:.0%}: ({start:.3f}, {growth:.3f})")
