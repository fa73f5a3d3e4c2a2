"""The bottom-up forecast of a metric, and its blend with the top-down one, for every series of a company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from science.accuracy import mase, seasonal_scale, smape
from science.blend import BANDS, NAIVE, Blend, Origin, band_of, learn_blends, stretches
from science.blend import BOTTOM_UP as FROM_BELOW
from science.bottom_up import Book, Expectation, Key, Outlook, expect, outlook_of
from science.forecast import NAIVE as NAIVE_MODEL
from science.forecast import Forecast, Past
from science.hierarchy import UNKNOWN, Series, since_first
from science.intervals import LEVELS
from science.reconcile import reconcile
from science.seasons import season_of

Array = NDArray[np.float64]

#: Results that open deals bring.
METRICS = ("won_amount", "won_count")
TOP_DOWN, BOTTOM_UP, BLENDED = "top-down", "bottom-up", "blended"
OPEN_DEALS, WEIGHTED = "open deals", "weighted"
#: Standard deviations in a mean absolute error, of normal errors.
DEVIATIONS = float(np.sqrt(np.pi / 2))
LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Said:
    """What a method says of one series, with its backtest. `errors` are sMAPE of method and naive, MASE of both; `carried` is
    the part that open deals carry, `share` the weight of bottom-up by month."""

    method: str
    model: str
    point: Array
    bounds: dict[float, tuple[Array, Array]]
    errors: tuple[float, float, float, float]
    coverage: dict[float, float]
    past: tuple[Past, ...]
    carried: Array | None = None
    share: Array | None = None


@dataclass(frozen=True)
class Draft:
    """A forecast before its bounds. `spread` and those of the origins are standard deviations by month; `floor` is won
    already."""

    series: Series
    method: str
    model: str
    point: Array
    spread: Array
    floor: float
    origins: Sequence[Origin]
    said: Sequence[Array]
    spreads: Sequence[Array]
    carried: Array | None
    share: Array | None


def said_by(forecast: Forecast) -> Said:
    """The top-down forecast, as the others are told."""
    errors = (forecast.smape, forecast.naive_smape, forecast.mase, forecast.naive_mase)
    return Said(TOP_DOWN, forecast.method, forecast.point, forecast.bounds, errors, forecast.coverage, forecast.past)


def busy_keys(book: Book) -> set[Key]:
    """Department and person of everybody who has an open deal now, or won one this month."""
    is_open = (book.followed["kind"] == "day") & (book.followed["months_ago"] == 0)
    is_won = book.new["won_ago"] == 0
    return {book.keys[number] for number in {*book.owner[is_open].tolist(), *book.new_owner[is_won].tolist()}}


class Expectations:
    """What the book lets expect at each moment, told once for all metrics."""

    def __init__(self, book: Book, horizon: int) -> None:
        self._book = book
        self.now = expect(book, "day", 0, horizon)
        self._then: dict[int, Expectation] = {}

    def then(self, ago: int) -> Expectation:
        """What was to be expected at the start of a month that many ago, of the months since."""
        if ago not in self._then:
            self._then[ago] = expect(self._book, "start", ago, ago)
        return self._then[ago]


def look_out(
    metric: str, series: Sequence[Series], forecasts: Sequence[Forecast], expectations: Expectations, elapsed: float
) -> Iterator[tuple[Series, Said]]:
    """Bottom-up and blended forecast of each series. A share of `elapsed` of the first month is over. Points of both add up
    from persons to departments and the company."""
    now = expectations.now
    ahead = _outlooks(now, metric, series)
    lengths = sorted({len(past.actual) for each in forecasts for past in each.past})
    then = {ago: _outlooks(expectations.then(ago), metric, series) for ago in lengths}
    history = [
        [Origin(np.array([past.said, then[len(past.actual)][number].point, past.naive]), past.actual) for past in each.past]
        for number, each in enumerate(forecasts)
    ]
    so_far = np.array([now.so_far[metric][members].sum() for members in members_of(now.keys, series)])
    from_below = [
        _draft_below(each, number, ahead[number], history[number], then, so_far[number])
        for number, each in enumerate(series)
    ]
    blended = _draft_blends(series, forecasts, ahead, history, so_far, elapsed)
    for drafts in (from_below, blended):
        widths = _widths(drafts)
        yield from ((each.series, _finish(each, widths[each.series.scope])) for each in drafts)


def _outlooks(expectation: Expectation, metric: str, series: Sequence[Series]) -> list[Outlook]:
    return [outlook_of(expectation, metric, members) for members in members_of(expectation.keys, series)]


def members_of(keys: Sequence[Key], series: Sequence[Series]) -> list[list[int]]:
    """The numbers of the keys that each series sums. Who has no series is in that of the others of the department."""
    bottom = {(each.department, each.person): each.parts[0] for each in series if each.scope == "person"}
    parts = [bottom.get(key, bottom.get((key[0], UNKNOWN))) for key in keys]
    return [[number for number, part in enumerate(parts) if part in each.parts] for each in series]


def _draft_below(
    series: Series,
    number: int,
    outlook: Outlook,
    origins: Sequence[Origin],
    then: dict[int, list[Outlook]],
    floor: float,
) -> Draft:
    said = [origin.said[FROM_BELOW] for origin in origins]
    spreads = [then[len(origin.actual)][number].spread for origin in origins]
    return Draft(
        series, BOTTOM_UP, OPEN_DEALS, outlook.point, outlook.spread, floor, origins, said, spreads, outlook.carried, None
    )


def _draft_blends(
    series: Sequence[Series],
    forecasts: Sequence[Forecast],
    ahead: Sequence[Outlook],
    history: Sequence[Sequence[Origin]],
    so_far: Array,
    elapsed: float,
) -> list[Draft]:
    blends = learn_blends(history)
    bands = band_of(len(forecasts[0].point))
    weights = [each.weights[bands] for each in blends]
    points = np.array([
        _mix(weight, forecast, outlook, series_, floor, elapsed)
        for weight, forecast, outlook, series_, floor in zip(weights, forecasts, ahead, series, so_far, strict=True)
    ])
    usual = np.array([each.error.mean() for each in blends])
    points = reconcile(points, [each.parts for each in series], usual)
    return [
        _draft_blend(each, point, blend, weight, origins, floor, elapsed)
        for each, point, blend, weight, origins, floor in zip(
            series, points, blends, weights, history, so_far, strict=True
        )
    ]


def _mix(weights: Array, forecast: Forecast, outlook: Outlook, series: Series, floor: float, elapsed: float) -> Array:
    """The weighted sum; of the first month the top-down forecasts keep what is won and add their share of what is left."""
    history = since_first(series.history)
    season = season_of(len(history))
    naive = history[len(history) - season + np.arange(len(forecast.point)) % season]
    candidates = np.array([forecast.point, outlook.point, naive])
    candidates[[0, NAIVE], 0] = floor + candidates[[0, NAIVE], 0] * (1 - elapsed)
    return (weights.T * candidates).sum(axis=0)


def _draft_blend(
    series: Series, point: Array, blend: Blend, weights: Array, origins: Sequence[Origin], floor: float, elapsed: float
) -> Draft:
    spread = blend.error[band_of(len(point))] * DEVIATIONS
    spread[0] *= np.sqrt(1 - elapsed)
    spreads = [blend.error[band_of(len(origin.actual))] * DEVIATIONS for origin in origins]
    model = NAIVE_MODEL if weights[0, NAIVE] == 1 else WEIGHTED
    return Draft(
        series, BLENDED, model, point, spread, floor, origins, blend.past, spreads, None, weights[:, FROM_BELOW]
    )


def _widths(drafts: Sequence[Draft]) -> dict[str, list[dict[float, float]]]:
    """By scope and band, standard deviations between point and bounds: a company's errors do not cancel out as chance would
    have it, a person's nearly do."""
    return {
        scope: [
            stretches([
                ratio[band_of(len(ratio)) == band]
                for each in drafts
                if each.series.scope == scope
                for ratio in _ratios(each)
            ])
            for band in range(BANDS)
        ]
        for scope in {each.series.scope for each in drafts}
    }


def _ratios(draft: Draft) -> list[Array]:
    return [
        np.abs(origin.actual - said) / np.maximum(spread, LEAST_SPREAD)
        for origin, said, spread in zip(draft.origins, draft.said, draft.spreads, strict=True)
        # Of a series that never had anything nothing is told.
        if spread.max(initial=0.0) > LEAST_SPREAD
    ]


def _finish(draft: Draft, widths: Sequence[dict[float, float]]) -> Said:
    actual, said, naive = (
        np.concatenate([*each, np.empty(0)])
        for each in (
            [origin.actual for origin in draft.origins],
            draft.said,
            [origin.said[NAIVE] for origin in draft.origins],
        )
    )
    history = since_first(draft.series.history)
    scale = seasonal_scale(history, season_of(len(history)))
    bands = band_of(len(draft.point))
    bounds, coverage = {}, {}
    for level in LEVELS:
        by_band = np.array([each[level] for each in widths])
        width = by_band[bands] * draft.spread
        low = np.maximum(draft.point - width, 0.0)
        low[0] = min(max(low[0], draft.floor), draft.point[0])
        bounds[level] = (low, draft.point + width)
        inside = [ratio <= by_band[band_of(len(ratio))] for ratio in _ratios(draft)]
        coverage[level] = float(np.mean(np.concatenate(inside))) if inside else float("nan")
    past = tuple(
        Past(then, origin.said[NAIVE], origin.actual) for then, origin in zip(draft.said, draft.origins, strict=True)
    )
    errors = (smape(actual, said), smape(actual, naive), mase(actual, said, scale), mase(actual, naive, scale))
    return Said(draft.method, draft.model, draft.point, bounds, errors, coverage, past, draft.carried, draft.share)
