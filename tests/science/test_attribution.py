"""Attribution: every credit adds up, worked cases, and second implementations of Markov and Shapley."""

import random
import unittest
from itertools import combinations
from math import factorial

import numpy as np

from data import needs, table
from science.markov import markov_credit, removal_effects
from science.shapley import shapley_credit
from science.touches import RULES, Credit, Path, divide_credit, share_credit, time_decay, touches_of

TIMELESS = [name for name in RULES if name != "time_decay"]


def path(channels: str, conversions: float = 1, nulls: float = 0) -> Path:
    return Path(tuple(channels), conversions, conversions * 10.0, nulls)


def conversions(credit) -> dict[str, float]:
    return {channel: share.conversions for channel, share in credit.items()}


def shapley_over_coalitions(paths: list[Path]) -> dict[str, float]:
    """The definition: the mean marginal worth over all orders in which the channels may come together."""
    channels = sorted({channel for each in paths for channel in each.channels})
    bit = {channel: 1 << index for index, channel in enumerate(channels)}
    worth = np.zeros(1 << len(channels))
    for each in paths:
        worth[sum(bit[channel] for channel in set(each.channels))] += each.conversions
    for flag in bit.values():
        for coalition in range(len(worth)):
            if coalition & flag:
                worth[coalition] += worth[coalition ^ flag]
    count = len(channels)
    found = {}
    for channel, flag in bit.items():
        others = [other for name, other in bit.items() if name != channel]
        found[channel] = sum(
            factorial(size) * factorial(count - size - 1) / factorial(count)
            * sum(worth[sum(group) | flag] - worth[sum(group)] for group in combinations(others, size))
            for size in range(count)
        )
    return found


def markov_by_iteration(paths: list[Path]) -> dict[str, float]:
    """Walks followed step by step until nothing is left to absorb, with and without each channel."""
    moves: dict[str, dict[str, float]] = {}
    for each in paths:
        steps = ["start", *each.channels]
        for ending, weight in (("sale", each.conversions), ("nothing", each.nulls)):
            for source, target in zip(steps, [*each.channels, ending]):
                if weight > 0:
                    moves.setdefault(source, {}).setdefault(target, 0.0)
                    moves[source][target] += weight

    def chance(removed: str | None) -> float:
        mass, sold = {"start": 1.0}, 0.0
        while sum(mass.values()) > 1e-13:
            ahead: dict[str, float] = {}
            for source, share in mass.items():
                whole = sum(moves[source].values())
                for target, weight in moves[source].items():
                    if target == "sale":
                        sold += share * weight / whole
                    elif target not in ("nothing", removed):
                        ahead[target] = ahead.get(target, 0.0) + share * weight / whole
            mass = ahead
        return sold

    effects = {channel: 1 - chance(channel) / chance(None) for channel in {c for each in paths for c in each.channels}}
    whole, total = sum(effects.values()), sum(each.conversions for each in paths)
    return {channel: effect / whole * total for channel, effect in effects.items()}


@needs("attribution_pathdata")
class PathData(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.paths = [
            Path(
                tuple(row["path"].split(" > ")),
                float(row["total_conversions"]),
                float(row["total_conversion_value"]),
                float(row["total_null"]),
            )
            for row in table("attribution_pathdata/PathData.csv")
        ]

    def test_every_model_without_times_shares_19785_conversions_and_their_whole_value(self):
        credits = {name: share_credit(self.paths, RULES[name]) for name in TIMELESS}
        credits |= {"markov": markov_credit(self.paths), "shapley": shapley_credit(self.paths)}
        for name, credit in credits.items():
            with self.subTest(name):
                self.assertEqual(len(credit), 12)
                self.assertAlmostEqual(sum(share.conversions for share in credit.values()), 19_785, places=6)
                self.assertAlmostEqual(sum(share.value for share in credit.values()), 74_802.9716, places=4)

    def test_shapley_is_that_of_all_4096_coalitions(self):
        found, other = conversions(shapley_credit(self.paths)), shapley_over_coalitions(self.paths)
        for channel, share in other.items():
            self.assertAlmostEqual(found[channel], share, places=6)

    def test_markov_is_that_of_walks_followed_step_by_step(self):
        found, other = conversions(markov_credit(self.paths)), markov_by_iteration(self.paths)
        for channel, share in other.items():
            self.assertAlmostEqual(found[channel], share, places=6)

    def test_markov_of_second_order_shares_everything_too(self):
        credit = markov_credit(self.paths, order=2)
        self.assertAlmostEqual(sum(conversions(credit).values()), 19_785, places=6)


class WorkedCases(unittest.TestCase):
    def test_markov_of_four_small_paths(self):
        paths = [path("AB"), path("A", 0, 1), path("B"), path("AC", 0, 1)]
        self.assertEqual(removal_effects(paths), {"A": 0.5, "B": 1.0, "C": 0.0})
        found = conversions(markov_credit(paths))
        np.testing.assert_allclose([found[channel] for channel in "ABC"], [2 / 3, 4 / 3, 0], atol=1e-12)

    def test_time_decay_of_a_deal_of_12000(self):
        deal = Path(tuple("abcde"), 1, 12_000, days_before=(38, 33, 26, 8, 0))
        found = [round(share, 2) for share in time_decay(deal) * 12_000]
        self.assertEqual(found, [175.20, 287.44, 574.88, 3417.04, 7545.45])

    def test_time_decay_of_touches_long_ago_still_adds_up(self):
        self.assertAlmostEqual(time_decay(Path(("a", "b"), 1, 1, days_before=(90_000, 89_993))).sum(), 1)

    def test_position_gives_40_20_40_and_halves_to_two(self):
        shares = [list(RULES["position"](path(each))) for each in ("ABCD", "AB", "A")]
        self.assertEqual(shares, [[0.4, 0.1, 0.1, 0.4], [0.5, 0.5], [1.0]])

    def test_last_non_direct_passes_over_direct_touches_unless_all_are(self):
        def credit(is_direct: tuple[bool, ...]):
            return conversions(share_credit([Path(("ad", "mail", "site"), 1, 1, is_direct=is_direct)], RULES["last_non_direct"]))

        self.assertEqual(credit((False, False, True)), {"ad": 0, "mail": 1, "site": 0})
        self.assertEqual(credit((True, True, True)), {"ad": 0, "mail": 0, "site": 1})

    def test_no_sale_is_no_credit(self):
        paths = [path("AB", 0, 3)]
        self.assertEqual(set(conversions(markov_credit(paths)).values()), {0.0})


class RandomPaths(unittest.TestCase):
    def test_all_models_share_exactly_what_there_is(self):
        seed = random.randrange(1 << 30)
        draw = random.Random(seed)
        for _ in range(40):
            paths = [self._path(draw) for _ in range(draw.randint(1, 12))]
            total = sum(each.conversions for each in paths)
            credits = {name: share_credit(paths, rule) for name, rule in RULES.items()}
            credits |= {"shapley": shapley_credit(paths)}
            credits |= {f"markov {order}": markov_credit(paths, order) for order in (1, 2, 3)}
            for name, credit in credits.items():
                with self.subTest(name, seed=seed):
                    self.assertAlmostEqual(sum(conversions(credit).values()), total, places=8)
            with self.subTest("second implementations", seed=seed):
                self._agree(conversions(credits["shapley"]), shapley_over_coalitions(paths))
                if total > 0:
                    self._agree(conversions(credits["markov 1"]), markov_by_iteration(paths))

    def _agree(self, found: dict[str, float], other: dict[str, float]) -> None:
        for channel, share in other.items():
            self.assertAlmostEqual(found[channel], share, places=6)

    @staticmethod
    def _path(draw: random.Random) -> Path:
        channels = tuple(draw.choices("ABCD", k=draw.randint(1, 6)))
        days = tuple(sorted((draw.uniform(0, 90) for _ in channels), reverse=True))
        return Path(channels, draw.randint(0, 3), draw.uniform(0, 9), draw.randint(0, 3), days, tuple(c == "D" for c in channels))


class Campaigns(unittest.TestCase):
    """Credit of what touches were within their channel."""

    def test_a_channel_is_divided_by_its_touches_on_paths_to_a_sale(self):
        paths = [
            Path(("ad", "mail", "ad"), 2, 20.0, 1, details=("spring", "", "autumn")),
            Path(("ad",), 1, 10.0, 0, details=("spring",)),
            Path(("site",), 0, 0.0, 3, details=("home",)),
            Path(("site",), 0, 0.0, 1, details=("offer",)),
        ]
        divided = divide_credit(paths, {"ad": Credit(5, 50), "mail": Credit(1, 10), "site": Credit(4, 8)})
        self.assertEqual(divided, {
            ("ad", "spring"): Credit(3, 30), ("ad", "autumn"): Credit(2, 20), ("mail", ""): Credit(1, 10),
            ("site", "home"): Credit(3, 6), ("site", "offer"): Credit(1, 2),
        })

    def test_campaigns_add_up_to_their_channel_in_every_model(self):
        seed = random.randrange(2**32)
        print(f"seed {seed}")
        draw = random.Random(seed)
        paths = [random_path(draw) for _ in range(60)]
        channels = {name: share_credit(paths, rule) for name, rule in RULES.items()}
        channels |= {"markov": markov_credit(paths), "shapley": shapley_credit(paths)}
        touches = {name: share_credit(paths, rule, touches_of) for name, rule in RULES.items()}
        touches |= {
            "markov": divide_credit(paths, channels["markov"]), "shapley": shapley_credit(paths, touches_of),
        }
        for name, credit in channels.items():
            for channel, whole in credit.items():
                parts = [part for (each, _), part in touches[name].items() if each == channel]
                with self.subTest(model=name, channel=channel, seed=seed):
                    self.assertAlmostEqual(sum(part.conversions for part in parts), whole.conversions)
                    self.assertAlmostEqual(sum(part.value for part in parts), whole.value)


def random_path(draw: random.Random) -> Path:
    count = draw.randint(1, 6)
    sales = draw.randint(0, 3)
    return Path(
        tuple(draw.choice("abcd") for _ in range(count)),
        sales,
        sales * draw.uniform(1, 100),
        draw.randint(0, 3),
        days_before=tuple(draw.randint(0, 90) for _ in range(count)),
        is_direct=tuple(draw.random() < 0.3 for _ in range(count)),
        details=tuple((draw.choice("xyz"), draw.choice("xyz")) for _ in range(count)),
    )
