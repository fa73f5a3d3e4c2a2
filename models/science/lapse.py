"""The plain twin of P(alive): silent for longer than a client's own habit."""

from collections.abc import Sequence

import numpy as np


def median_gap(purchase_days: Sequence[float]) -> float | None:
    """Median number of days between a client's purchase days; None with fewer than three of them."""
    days = np.unique(np.asarray(purchase_days, dtype=float))
    return float(np.median(np.diff(days))) if len(days) > 2 else None


def is_silent(days_since_last: float, gap: float | None, times: float) -> bool | None:
    """True when nothing came for more than `times` the client's own median gap; None without a gap."""
    return None if gap is None else days_since_last > times * gap
