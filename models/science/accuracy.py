"""How far forecasts were from what came: the measures of the M competitions.

Hyndman, Koehler (2006), "Another look at measures of forecast accuracy", IJF 22(4); Makridakis, Hibon (2000), M3, IJF 16(4).
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def smape(actual: Array, forecast: Array) -> float:
    """Mean of 200 |y - f| / (|y| + |f|), in per cent; a pair of zeros counts as no error. NaN for nothing."""
    if len(actual) == 0:
        return float("nan")
    size = np.abs(actual) + np.abs(forecast)
    return float(np.mean(200 * np.abs(actual - forecast) / np.where(size == 0, 1.0, size)))


def seasonal_scale(history: Array, season: int) -> float:
    """Mean |y_t - y_(t-season)| of the history: what MASE divides by. NaN for a history not longer than a season."""
    return float(np.mean(np.abs(history[season:] - history[:-season]))) if len(history) > season else float("nan")


def usual_step(history: Array) -> float:
    """Mean |y_t - y_(t-1)|; the mean size of the history where it has one value."""
    return float(np.mean(np.abs(np.diff(history)))) if len(history) > 1 else float(np.mean(np.abs(history)))


def mase(actual: Array, forecast: Array, scale: float) -> float:
    """Mean absolute error in units of `scale`; NaN where the scale is zero or unknown."""
    return float(np.mean(np.abs(actual - forecast)) / scale) if scale > 0 and len(actual) > 0 else float("nan")
