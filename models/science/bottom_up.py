"""What open deals and new business will bring: each open deal by its chance, and wins of deals that are not there yet by
those that came in the last year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from science.hazards import WINDOW, Cases, fit_hazards, seen_until, win_chances
from science.seasons import YEAR, monthly_factors, repeat_factors

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
Columns = Mapping[str, NDArray]
#: Department and person.
Key = tuple[str, str]
#: `start` looks at months from their start, `day` from the day of the month that it is now.
Kind = Literal["start", "day"]


@dataclass(frozen=True)
class Expectation:
    """What a moment promises, one row per key and one column per month from its own: `amount` and `count` of open deals with
    their variances, and of new business one more axis of the past months that it is taken from. `so_far` is won already."""

    keys: list[Key]
    open: dict[str, Array]
    variance: dict[str, Array]
    new: dict[str, Array]
    so_far: dict[str, Array]


#: Deals that stood alike at one moment and came to the same end are counted together.
ALIKE = "kind, months_ago, pipeline_id, stage_id, age_band, amount_band, department_id, owner_id, exit_after, is_won"
COUNTED = """count(*)::double as deals_count, count(amount_company)::double as priced_count,
    coalesce(sum(amount_company), 0)::double as amount, coalesce(sum(amount_company::double ** 2), 0)::double as squared_amount"""


def count_alike(followed: Any) -> Columns:
    """Columns of groups of alike deals from the relation of all of them."""
    columns = followed.aggregate(f"{ALIKE}, {COUNTED}", ALIKE).fetchnumpy()
    # The order of groups is not DuckDB's to keep, and that of sums moves their last digit.
    order = np.lexsort([columns[name] for name in reversed(ALIKE.split(", "))])
    return {name: np.ma.getdata(values)[order] for name, values in columns.items()}


def coded(*columns: NDArray) -> tuple[Codes, list[tuple]]:
    """Rows by number of their tuple of values, and the tuples."""
    numbers: dict[tuple, int] = {}
    codes = [numbers.setdefault(row, len(numbers)) for row in zip(*(each.tolist() for each in columns), strict=True)]
    return np.array(codes, dtype=np.int64), list(numbers)


LEVELS = ("pipeline_id", "stage_id", "age_band", "amount_band")


@dataclass(frozen=True)
class Book:
    """Columns of open deals followed and of new business, with their groups by number: `cells` from the widest level to the
    narrowest with the wider cell of each, `owner` for both, of which `keys` are the names."""

    followed: Columns
    new: Columns
    cells: tuple[Codes, ...]
    parents: tuple[Codes, ...]
    owner: Codes
    new_owner: Codes
    keys: list[Key]
    team_of: Codes


def open_book(followed: Columns, new: Columns) -> Book:
    coding = [coded(*(followed[name] for name in LEVELS[: depth + 1])) for depth in range(len(LEVELS))]
    wider = [parents_of(narrow[1], wide[1]) for wide, narrow in zip(coding[:-1], coding[1:], strict=True)]
    owner, keys = coded(
        *(np.concatenate([followed[name], new[name]]).astype(object) for name in ("department_id", "owner_id"))
    )
    team_of, _ = coded(np.array([key[0] for key in keys], dtype=object))
    count = len(followed["owner_id"])
    return Book(
        followed,
        new,
        tuple(codes for codes, _ in coding),
        (np.zeros(len(coding[0][1]), dtype=np.int64), *wider),
        owner[:count],
        owner[count:],
        keys,
        team_of,
    )


@dataclass(frozen=True)
class Chances:
    """Chances to be won in each month for groups of open deals that stand at one moment. `rows` says which they are."""

    rows: NDArray[np.bool_]
    by_month: Array


def chances_at(book: Book, kind: Kind, origin: int, months: int) -> Chances:
    """Chances of the deals that were open `origin` months ago, from what was known then of earlier ones."""
    followed = book.followed
    ago = followed["months_ago"]
    is_kind = followed["kind"] == kind
    now = is_kind & (ago == origin)
    known = is_kind & (ago > origin) & (ago <= origin + WINDOW)
    last, is_won, is_lost = seen_until(ago[known], followed["exit_after"][known], followed["is_won"][known], origin)
    count = followed["deals_count"][known]
    cases = Cases(tuple(codes[known] for codes in book.cells), book.owner[known], count, last, is_won, is_lost)
    hazards = fit_hazards(cases, book.parents, book.team_of, months)
    return Chances(now, win_chances(hazards, book.cells[-1][now], book.owner[now]))


def parents_of(narrow: Sequence[tuple], wide: Sequence[tuple]) -> Codes:
    numbers = {each: number for number, each in enumerate(wide)}
    return np.array([numbers[each[:-1]] for each in narrow], dtype=np.int64)


def expect(book: Book, kind: Kind, origin: int, months: int) -> Expectation:
    """What could be expected `origin` months ago, of the months from then on."""
    followed, new, keys = book.followed, book.new, book.keys
    chances = chances_at(book, kind, origin, months)
    rows = {name: values[chances.rows] for name, values in followed.items()}
    held, made = book.owner[chances.rows], book.new_owner
    price = usual_amounts(followed, kind, origin)
    missing = rows["deals_count"] - rows["priced_count"]
    usual = np.array([price.get(each, price[""]) for each in rows["pipeline_id"]] or np.empty(0))
    weights = {
        "won_amount": (rows["amount"] + missing * usual, rows["squared_amount"] + missing * usual**2),
        "won_count": (rows["deals_count"], rows["deals_count"]),
    }
    doubt = chances.by_month * (1 - chances.by_month)
    measures = {"won_amount": new["amount"], "won_count": new["deals_count"]}
    is_so_far = (new["won_ago"] == 0) & (origin == 0)
    return Expectation(
        keys,
        {metric: _summed(held, each[0][:, None] * chances.by_month, len(keys)) for metric, each in weights.items()},
        {metric: _summed(held, each[1][:, None] * doubt, len(keys)) for metric, each in weights.items()},
        {metric: _new_business(new, values, made, len(keys), kind, origin, months) for metric, values in measures.items()},
        {metric: np.bincount(made, weights=values * is_so_far, minlength=len(keys)) for metric, values in measures.items()},
    )


def _summed(codes: Codes, values: Array, size: int) -> Array:
    sums = np.zeros((size, values.shape[1]))
    np.add.at(sums, codes, values)
    return sums


def usual_amounts(followed: Columns, kind: Kind, origin: int) -> dict[str, float]:
    """Mean amount of deals won before the origin by pipeline, for deals without one; of all pipelines under the empty name."""
    ends = followed["months_ago"] - followed["exit_after"]
    won = (followed["kind"] == kind) & followed["is_won"] & (followed["exit_after"] >= 0) & (ends > origin)
    pipelines = followed["pipeline_id"][won]
    amount, priced = followed["amount"][won], followed["priced_count"][won]
    names = {"": np.ones(len(amount), dtype=bool)} | {name: pipelines == name for name in set(pipelines)}
    return {name: float(amount[chosen].sum() / max(priced[chosen].sum(), 1.0)) for name, chosen in names.items()}


def _new_business(
    new: Columns, values: Array, codes: Codes, size: int, kind: Kind, origin: int, months: int
) -> Array:
    """By key, past month and month ahead: what the past month brought from deals that came as late before it, without its
    season and with that of the month ahead. No past month has an axis of none."""
    won_ago = new["won_ago"]
    oldest = int(won_ago.max(initial=0))
    past = max(min(YEAR, oldest - origin), 0)
    waited = new["created_ago"] - won_ago
    is_late = (kind == "start") | new["is_after_day"]
    from_month = np.maximum(np.where(is_late, waited, waited + 1), 0)
    chosen = (won_ago > origin) & (won_ago <= origin + past) & (from_month < months)
    found = np.zeros((size, past, months))
    np.add.at(found, (codes[chosen], won_ago[chosen] - origin - 1, from_month[chosen]), values[chosen])
    history = np.bincount(won_ago, weights=values, minlength=oldest + 1)[origin + 1 :][::-1]
    factors = monthly_factors(history) if len(history) else np.ones(YEAR)
    then = repeat_factors(factors, (len(history) - past) % YEAR, past)[::-1]
    ahead = repeat_factors(factors, len(history) % YEAR, months)
    return np.cumsum(found, axis=2) / then[None, :, None] * ahead[None, None, :]


@dataclass(frozen=True)
class Outlook:
    """What some keys together may expect of a metric: point and spread (a standard deviation) by month."""

    point: Array
    spread: Array
    #: The part of the point that deals carry which are open now.
    carried: Array


def outlook_of(expectation: Expectation, metric: str, members: Sequence[int]) -> Outlook:
    """The sum over members, which are numbers of keys. Deals are won or lost each for itself; new business varies as it did
    from month to month."""
    members = list(members)
    carried = expectation.open[metric][members].sum(axis=0)
    new = expectation.new[metric][members].sum(axis=0)
    past = len(new)
    mean = new.mean(axis=0) if past else np.zeros_like(carried)
    varied = new.var(axis=0, ddof=1) if past > 1 else mean**2
    point = carried + mean
    point[0] += expectation.so_far[metric][members].sum()
    return Outlook(point, np.sqrt(expectation.variance[metric][members].sum(axis=0) + varied), carried)
