"""Forecasts of 1,000 generated monthly series in a process of its own, for `embut bench`.

    forecast.py ours | reference [count]

`ours` is the combination with its backtests and intervals, `reference` statsforecast's AutoETS, which has neither. Prints
JSON: seconds, without the imports, and the peak of the process in bytes.
"""

import json
import resource
import sys
import time
import warnings

import numpy as np

MONTHS, HORIZON = 72, 12


def make_series(count: int) -> list[np.ndarray]:
    """Sales-like histories: a level, a trend, a season of its own strength, noise; the same on every machine."""
    draw = np.random.default_rng(20260301)
    month = np.arange(MONTHS)
    series = []
    for _ in range(count):
        level, growth, swing = draw.lognormal(9, 1), draw.normal(0.004, 0.01), draw.uniform(0, 0.4)
        season = 1 + swing * np.sin(2 * np.pi * (month + draw.integers(12)) / 12)
        series.append(level * np.exp(growth * month) * season * draw.lognormal(0, draw.uniform(0.05, 0.3), MONTHS))
    return series


def ours(series: list[np.ndarray]) -> None:
    from science.forecast import forecast_many

    forecast_many(series, HORIZON)


def reference(series: list[np.ndarray]) -> None:
    from statsforecast.models import AutoETS

    for history in series:
        AutoETS(season_length=12).forecast(history, HORIZON)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    run = {"ours": ours, "reference": reference}[sys.argv[1]]
    series = make_series(int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)
    # The first series loads the libraries.
    run(series[:1])
    started = time.perf_counter()
    run(series)
    seconds = time.perf_counter() - started
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"seconds": seconds, "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}))
