"""Two forecasts of the same series made one: each weighs by how near it was before, and seasonal naive stands in where it was
nearer than both. Weights by the inverse of squared errors: Bates, Granger (1969), OR Quarterly 20(4)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from science.forecast import LEAST_ERROR
from science.intervals import LEVELS

Array = NDArray[np.float64]

#: Months ahead that open deals still tell much of; weights and errors are measured before and after them apart.
NEAR = 3
BANDS = 2
#: How many months of backtest all series together weigh against one's own.
TRUST = 12.0
#: How many past months the normal width weighs against those that were measured.
WIDTH_TRUST = 4.0
#: Widths of a normal error in standard deviations, and in mean absolute errors, that hold where no backtest tells.
NORMAL = {0.80: 1.2816, 0.95: 1.9600}
#: Rows of an origin.
TOP_DOWN, BOTTOM_UP, NAIVE = 0, 1, 2


@dataclass(frozen=True)
class Origin:
    """What was said at one past month of the months after it: rows are top-down, bottom-up and seasonal naive."""

    said: Array
    actual: Array


@dataclass(frozen=True)
class Blend:
    """`weights` has one row per band and columns as the candidates. `past` is the blend at each origin, by weights that the
    other origins told; `error` the usual absolute error by band, in the unit of the series."""

    weights: Array
    past: list[Array]
    error: Array


def band_of(months: int) -> NDArray[np.int64]:
    return (np.arange(months) >= NEAR).astype(np.int64)


def learn_blends(histories: Sequence[Sequence[Origin]]) -> list[Blend]:
    """A blend for each series from its origins; series without any go by the others, and all by halves where none has any."""
    scales = [_scale(origins) for origins in histories]
    sums, counts = _error_sums(histories, scales)
    pooled = _mean(sums.sum(axis=(0, 1)), counts.sum(axis=(0, 1)))
    weights = [weights_of(_shrunk(own.sum(axis=0), of.sum(axis=0), pooled)) for own, of in zip(sums, counts, strict=True)]
    others = [_mean(*_without(sums.sum(axis=0), counts.sum(axis=0), at)) for at in range(sums.shape[1])]
    past = [
        [_mixed(weights_of(_shrunk(*_without(own, of, at), others[at])), origin) for at, origin in enumerate(origins)]
        for own, of, origins in zip(sums, counts, histories, strict=True)
    ]
    errors = _blend_errors(histories, past, scales)
    return [Blend(*each) for each in zip(weights, past, errors, strict=True)]


def weights_of(errors: Array) -> Array:
    """Weights of each band (rows) by the errors of top-down, bottom-up and seasonal naive (columns)."""
    weights = 1 / (errors + LEAST_ERROR) ** 2
    weights[:, NAIVE] = 0.0
    is_naive = errors[:, NAIVE] < errors[:, :NAIVE].min(axis=1)
    weights[is_naive] = [0.0, 0.0, 1.0]
    return weights / weights.sum(axis=1, keepdims=True)


def _mixed(weights: Array, origin: Origin) -> Array:
    return (weights[band_of(origin.said.shape[1])].T * origin.said).sum(axis=0)


def _scale(origins: Sequence[Origin]) -> float:
    """Mean size of what came and was said, so that errors of small and large series can be pooled; zero for a series of
    which nothing is told."""
    sizes = [np.abs(np.vstack([origin.said, origin.actual])).ravel() for origin in origins]
    return float(np.concatenate(sizes).mean()) if sizes else 0.0


def _error_sums(histories: Sequence[Sequence[Origin]], scales: Sequence[float]) -> tuple[Array, Array]:
    """Sums of scaled absolute errors, and how many, by series, origin, band and candidate."""
    most = max((len(origins) for origins in histories), default=0)
    sums = np.zeros((len(histories), most, BANDS, 3))
    counts = np.zeros_like(sums)
    for series, (origins, scale) in enumerate(zip(histories, scales, strict=True)):
        for at, origin in enumerate(origins if scale > 0 else []):
            bands = band_of(len(origin.actual))
            np.add.at(sums[series, at], bands, (np.abs(origin.said - origin.actual) / scale).T)
            np.add.at(counts[series, at], bands, 1.0)
    return sums, counts


def _mean(sums: Array, counts: Array) -> Array:
    return np.where(counts > 0, sums / np.maximum(counts, 1.0), 1.0)


def _shrunk(sums: Array, counts: Array, pooled: Array) -> Array:
    return (sums + TRUST * pooled) / (counts + TRUST)


def _without(sums: Array, counts: Array, at: int) -> tuple[Array, Array]:
    return np.delete(sums, at, axis=0).sum(axis=0), np.delete(counts, at, axis=0).sum(axis=0)


def _blend_errors(
    histories: Sequence[Sequence[Origin]], past: Sequence[Sequence[Array]], scales: Sequence[float]
) -> list[Array]:
    alone = [
        [Origin(np.tile(said, (3, 1)), origin.actual) for said, origin in zip(saids, origins, strict=True)]
        for saids, origins in zip(past, histories, strict=True)
    ]
    sums, counts = _error_sums(alone, scales)
    pooled = _mean(sums.sum(axis=(0, 1)), counts.sum(axis=(0, 1)))
    shrunk = [_shrunk(own.sum(axis=0), of.sum(axis=0), pooled) for own, of in zip(sums, counts, strict=True)]
    return [each[:, 0] * scale for each, scale in zip(shrunk, scales, strict=True)]


def stretches(ratios: Sequence[Array]) -> dict[float, float]:
    """By level, how many of their usual errors (standard deviations) lie between point and bound, from past errors in that
    unit; the normal width where there are few of them."""
    known = np.concatenate(list(ratios) or [np.empty(0)])
    trust = len(known) / (len(known) + WIDTH_TRUST)
    return {
        level: NORMAL[level] * (max(float(np.quantile(known, level)), 0.2 * NORMAL[level]) / NORMAL[level]) ** trust
        if len(known)
        else NORMAL[level]
        for level in LEVELS
    }
