"""How often deals were won that were given a chance: predictions of earlier moments beside what came of them.

Each moment's chances are counted from what was known then (Dawid 1982, "The Well-Calibrated Bayesian", JASA 77(379)).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from science.bottom_up import Book, Key, chances_at

Array = NDArray[np.float64]
Codes = NDArray[np.int64]

#: Months ago whose starts are looked at, and within how many months a deal had to be won.
MOMENTS = range(1, 13)
TERMS = (1, 3)
TENTHS = 10


@dataclass(frozen=True)
class Calibrated:
    """Groups of alike open deals, one row per moment and term: the chance that they were given to be won within the term, and
    how many there were and were won. `tenth` is the place of the chance among all of the term, 1 for the least likely."""

    term: int
    origin: Codes
    keys: list[Key]
    tenth: Codes
    chance: Array
    count: Array
    won: Array


def calibrate(book: Book) -> list[Calibrated]:
    """Every term that has a moment with deals and a year's past of which all is known; none for a young company."""
    found = [_look_back(book, term) for term in TERMS]
    return [each for each in found if each is not None]


def _look_back(book: Book, term: int) -> Calibrated | None:
    followed = book.followed
    parts = []
    for origin in MOMENTS:
        if origin < term or not _has_past(book, origin):
            continue
        chances = chances_at(book, "start", origin, term)
        ends = followed["exit_after"][chances.rows]
        count = followed["deals_count"][chances.rows]
        is_won = followed["is_won"][chances.rows] & (ends >= 0) & (ends < term)
        chance = np.minimum(chances.by_month.sum(axis=1), 1.0)
        parts.append((np.full(len(count), origin), book.owner[chances.rows], chance, count, count * is_won))
    if sum(len(part[0]) for part in parts) == 0:
        return None
    origin, owner, chance, count, won = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Calibrated(term, origin, [book.keys[code] for code in owner], tenths_of(chance, count), chance, count, won)


def _has_past(book: Book, origin: int) -> bool:
    """Whether deals were looked at a year before the moment: chances of a company that began later say nothing yet."""
    ago = book.followed["months_ago"][book.followed["kind"] == "start"]
    return int(ago.max(initial=0)) >= origin + 12


def tenths_of(chance: Array, count: Array) -> Codes:
    """The tenth of all deals, by chance, that the middle of those with the same chance stands in; equal chances stay together."""
    values, places = np.unique(chance, return_inverse=True)
    deals = np.bincount(places, weights=count, minlength=len(values))
    middle = np.cumsum(deals) - deals / 2
    return (np.minimum(middle / deals.sum() * TENTHS, TENTHS - 1).astype(np.int64) + 1)[places]


def summed(found: Sequence[Calibrated]) -> dict[str, NDArray]:
    """Columns with one row per term, moment, tenth, department and person."""
    sums: dict[tuple, Array] = {}
    for each in found:
        for row, key in enumerate(each.keys):
            name = (each.term, int(each.origin[row]), int(each.tenth[row]), *key)
            said = np.array([each.count[row], each.count[row] * each.chance[row], each.won[row]])
            sums[name] = sums.get(name, 0.0) + said
    names = sorted(sums)
    texts = {name: np.array([key[at] for key in names], dtype=object) for at, name in ((3, "department_id"), (4, "owner_id"))}
    whole = {
        name: np.array([key[at] for key in names], dtype=np.int64) for at, name in ((0, "term"), (1, "months_ago"), (2, "tenth"))
    }
    values = np.array([sums[key] for key in names]).reshape(-1, 3)
    return texts | whole | {name: values[:, at] for at, name in enumerate(("deals_count", "expected_count", "won_count"))}
