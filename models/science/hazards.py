"""Chances of open deals to be won month by month, counted from what became of earlier ones.

Landmarking: every deal that was open at some moment is followed from there (van Houwelingen 2007, Scand. J. Stat. 34(1)), by
discrete hazards of two ends that compete, being won and being lost (Tutz, Schmid 2016, "Modeling Discrete Time-to-Event Data",
ch. 8). A deal still open when it was last seen counts for the months that it was seen in. Rare cells lean on the wider ones
that hold them; an owner leans on the team.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Codes = NDArray[np.int64]

#: How many deals a month the wider cell weighs in a narrower one.
CELL_TRUST = 20.0
#: How many wins the team weighs against an owner's own, and the company against the team's.
OWNER_TRUST = 20.0
#: Months back that deals are followed from; older habits of a company tell little.
WINDOW = 36


@dataclass(frozen=True)
class Cases:
    """Open deals at earlier moments, alike ones counted together. `cells` are codes from the widest level to the narrowest;
    `last` is the last month after its moment in which a deal was seen open or ending, -1 for none; `is_won`, `is_lost` say
    how that month ended."""

    cells: tuple[Codes, ...]
    owner: Codes
    count: Array
    last: Codes
    is_won: NDArray[np.bool_]
    is_lost: NDArray[np.bool_]


def seen_until(months_ago: Codes, exit_after: Codes, is_won: NDArray[np.bool_], origin: int) -> tuple[Codes, NDArray, NDArray]:
    """`last`, `is_won` and `is_lost` of deals as known at the beginning of the month `origin` months ago: an end that came
    later is not known. `exit_after` counts months from the deal's moment, below zero for a deal that has not ended."""
    complete = months_ago - origin - 1
    has_ended = (exit_after >= 0) & (exit_after <= complete)
    return np.where(has_ended, exit_after, complete), has_ended & is_won, has_ended & ~is_won


@dataclass(frozen=True)
class Hazards:
    """Chance of an open deal to be won, and to be lost, in each month: one row per narrowest cell; `pace` multiplies an
    owner's wins."""

    won: Array
    lost: Array
    pace: Array


def fit_hazards(cases: Cases, parents: Sequence[Codes], team_of: Codes, months: int) -> Hazards:
    """Hazards from cases; `parents` has for each level the code of the wider cell of each code (all zero for the widest),
    `team_of` the team of each owner."""
    won, lost = _base(cases, months)
    for codes, above in zip(cases.cells, parents, strict=True):
        at_risk, wins, losses = _tallies(cases, codes, len(above), months)
        won = (wins + CELL_TRUST * won[above]) / (at_risk + CELL_TRUST)
        lost = (losses + CELL_TRUST * lost[above]) / (at_risk + CELL_TRUST)
    return Hazards(won, lost, _pace(cases, won, team_of))


def win_chances(hazards: Hazards, cell: Codes, owner: Codes) -> Array:
    """Chance to be won in each month from now on, one row per pair of cell and owner; each row sums to at most one."""
    lost = hazards.lost[cell]
    won = np.minimum(hazards.won[cell] * hazards.pace[owner][:, None], 1 - lost)
    # Both together may pass one by a rounding.
    still_open = np.cumprod(np.maximum(1 - won - lost, 0.0), axis=1)
    return won * np.column_stack([np.ones(len(cell)), still_open[:, :-1]])


def _base(cases: Cases, months: int) -> tuple[Array, Array]:
    """Hazards of the whole company, one row. The first month, which may be a part of one, stands alone; later ones lean on
    all later ones together, for few deals last long enough."""
    everything = np.zeros(len(cases.count), dtype=np.int64)
    at_risk, wins, losses = (each[0] for each in _tallies(cases, everything, 1, months))

    def hazard(ends: Array) -> Array:
        later = ends[1:].sum() / max(at_risk[1:].sum(), 1.0)
        lean = np.concatenate([[ends.sum() / max(at_risk.sum(), 1.0)], np.full(months - 1, later)])
        return (ends + CELL_TRUST * lean) / (at_risk + CELL_TRUST)

    return hazard(wins)[None], hazard(losses)[None]


def _tallies(cases: Cases, codes: Codes, size: int, months: int) -> tuple[Array, Array, Array]:
    """Deals at risk, won and lost by cell and month."""
    is_seen = cases.last >= 0
    ending = np.zeros((3, size, months))
    within = np.minimum(cases.last, months - 1)
    np.add.at(ending[0], (codes[is_seen], within[is_seen]), cases.count[is_seen])
    for row, flags in ((1, cases.is_won), (2, cases.is_lost)):
        chosen = is_seen & flags & (cases.last < months)
        np.add.at(ending[row], (codes[chosen], cases.last[chosen]), cases.count[chosen])
    # Who ends in a month was at risk in all months up to it.
    at_risk = np.cumsum(ending[0][:, ::-1], axis=1)[:, ::-1]
    return at_risk, ending[1], ending[2]


def _pace(cases: Cases, won: Array, team_of: Codes) -> Array:
    """By owner, wins beside those that the cells alone would have brought: the owner's own, leaning on the team's."""
    months = won.shape[1]
    upto = np.column_stack([np.zeros(len(won)), np.cumsum(won, axis=1)])
    cell = cases.cells[-1]
    expected = cases.count * upto[cell, np.clip(cases.last + 1, 0, months)]
    wins = cases.count * (cases.is_won & (cases.last >= 0) & (cases.last < months))
    team_wins, team_expected = (np.bincount(team_of[cases.owner], weights=each) for each in (wins, expected))
    team_pace = np.ones(int(team_of.max(initial=-1)) + 1)
    team_pace[: len(team_wins)] = (team_wins + OWNER_TRUST) / (team_expected + OWNER_TRUST)
    own_wins, own_expected = (np.bincount(cases.owner, weights=each, minlength=len(team_of)) for each in (wins, expected))
    return (own_wins + OWNER_TRUST * team_pace[team_of]) / (own_expected + OWNER_TRUST)
