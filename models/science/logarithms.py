"""Whether a history is better forecast as shares than as amounts."""

import numpy as np
from numpy.typing import NDArray

#: Fewer months do not tell how widely they differ.
LEAST_MONTHS = 12
#: A history that spans more than this factor has months of next to nothing, whose logarithms outweigh all others.
WIDEST = 1_000


def suits_logarithms(history: NDArray[np.float64]) -> bool:
    """True for a year or more above zero whose greatest month is at most WIDEST times its smallest."""
    return bool(len(history) >= LEAST_MONTHS and history.min() > 0 and history.max() <= WIDEST * history.min())
