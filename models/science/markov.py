"""Markov attribution: Anderl, Becker, von Wangenheim, Schumann (2016), "Mapping the customer journey", IJRM 33(3).

Paths are walks of an absorbing chain that ends in a sale or in nothing. A channel's removal effect is the share of sales
that are lost when every walk that comes to it ends there; credit is the effects normalised to all sales.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from science.touches import Credit, Path

State = tuple[str, ...]
START: State = ()
SALE: State = ("\0sale",)
NOTHING: State = ("\0nothing",)


def markov_credit(paths: Sequence[Path], order: int = 1) -> dict[str, Credit]:
    """Credit of each channel, in conversions and value by the same shares; adds up to all of both.

    A state is the last `order` channels. Channels of a company without any conversion get nothing.
    """
    effects = removal_effects(paths, order)
    whole = sum(effects.values())
    conversions = sum(path.conversions for path in paths)
    value = sum(path.value for path in paths)
    shares = {channel: effect / whole if whole > 0 else 0.0 for channel, effect in effects.items()}
    return {channel: Credit(share * conversions, share * value) for channel, share in shares.items()}


def removal_effects(paths: Sequence[Path], order: int = 1) -> dict[str, float]:
    """1 - P(sale without the channel) / P(sale) for each channel."""
    channels = sorted({channel for path in paths for channel in path.channels})
    states, moves, sale = _chain(paths, order)
    reached = _probability(moves, sale)
    if reached == 0:
        return dict.fromkeys(channels, 0.0)
    effects = {}
    for channel in channels:
        is_left = np.array([state == START or state[-1] != channel for state in states])
        without = _probability(moves[np.ix_(is_left, is_left)], sale[is_left])
        effects[channel] = max(0.0, 1 - without / reached)
    return effects


def _chain(paths: Sequence[Path], order: int) -> tuple[list[State], NDArray[np.float64], NDArray[np.float64]]:
    """The states with the start first, the moves between them, and from each the move to a sale."""
    weights: defaultdict[tuple[State, State], float] = defaultdict(float)
    for path in paths:
        for move, weight in _moves(path, order):
            weights[move] += weight
    states = [START, *sorted({source for source, _ in weights} - {START})]
    place = {state: index for index, state in enumerate(states)}
    moves = np.zeros((len(states), len(states)))
    sale, out = np.zeros(len(states)), np.zeros(len(states))
    for (source, target), weight in weights.items():
        out[place[source]] += weight
        if target == SALE:
            sale[place[source]] += weight
        elif target != NOTHING:
            moves[place[source], place[target]] += weight
    out[out == 0] = 1.0
    return states, moves / out[:, None], sale / out


def _moves(path: Path, order: int) -> Iterator[tuple[tuple[State, State], float]]:
    steps = [path.channels[max(0, end - order) : end] for end in range(len(path.channels) + 1)]
    walks = path.conversions + path.nulls
    if walks > 0:
        yield from ((move, walks) for move in zip(steps, steps[1:]))
    if path.conversions > 0:
        yield (steps[-1], SALE), path.conversions
    if path.nulls > 0:
        yield (steps[-1], NOTHING), path.nulls


def _probability(moves: NDArray[np.float64], sale: NDArray[np.float64]) -> float:
    """Probability that a walk from the first state ends in a sale."""
    return float(np.linalg.solve(np.eye(len(sale)) - moves, sale)[0])
