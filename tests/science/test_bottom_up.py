"""Chances of open deals, what they and new business promise, and the blend with the forecast from the months before."""

import unittest

import numpy as np
import pandas as pd

from science.blend import Origin, learn_blends, stretches
from science.bottom_up import chances_at, expect, open_book, outlook_of
from science.calibration import calibrate, summed, tenths_of
from science.forecast import forecast_many
from science.hazards import CELL_TRUST, OWNER_TRUST
from science.hierarchy import UNKNOWN, build_hierarchy, forecast_hierarchy
from science.outlook import BLENDED, BOTTOM_UP, Expectations, busy_keys, look_out

SEED = 20260301
OWNERS = [("north", "ada"), ("north", "bob"), ("south", "cyd")]
NUMBERS = ("deals_count", "priced_count", "amount", "squared_amount")


def followed_of(deals: pd.DataFrame) -> dict[str, np.ndarray]:
    """Columns of groups of alike deals, one group a deal, from deals with what is not named taken as usual."""
    usual = {
        **{"kind": "start", "pipeline_id": "p", "stage_id": "s", "age_band": 0, "amount_band": 4, "department_id": "north"},
        **{"owner_id": "ada", "exit_after": -1, "is_won": False, "amount": 100.0, "deals_count": 1.0},
    }
    full = deals.assign(**{name: value for name, value in usual.items() if name not in deals})
    full = full.astype({"exit_after": int, "is_won": bool})
    full["priced_count"] = full["deals_count"]
    full["squared_amount"] = full["amount"] ** 2 / full["deals_count"]
    return {name: full[name].to_numpy() for name in full}


def new_of(rows: list[tuple]) -> dict[str, np.ndarray]:
    names = ["department_id", "owner_id", "won_ago", "created_ago", "is_after_day", "deals_count", "amount"]
    frame = pd.DataFrame(rows, columns=names)
    kinds = {"won_ago": int, "created_ago": int, "is_after_day": bool, "deals_count": float, "amount": float}
    return {name: frame[name].astype(kinds.get(name, object)).to_numpy() for name in names}


def company(draw: np.random.Generator, months: int = 30, alike: int = 12) -> pd.DataFrame:
    """Deals of stages with true hazards of their own, looked at in every month that they are open."""
    rows = []
    true = {"early": (0.05, 0.10), "late": (0.45, 0.15), "stuck": (0.0, 0.02)}
    for begun in range(months, 0, -1):
        for (department, owner), (stage, (won, lost)) in (
            (whose, what) for whose in OWNERS for what in true.items() for _ in range(alike)
        ):
            lived = 0
            while lived < begun and draw.random() >= won + lost:
                lived += 1
            is_won = draw.random() < won / (won + lost)
            for seen in range(lived + 1):
                if begun - seen >= 0:
                    has_ended = lived < begun
                    rows.append((begun - seen, stage, department, owner, lived - seen if has_ended else -1, is_won and has_ended))
    names = ["months_ago", "stage_id", "department_id", "owner_id", "exit_after", "is_won"]
    return pd.DataFrame(rows, columns=names).assign(amount=draw.integers(1, 9, len(rows)) * 100.0)


def twice(deals: pd.DataFrame) -> pd.DataFrame:
    """The same moments as starts of months and as the day of the month that it is now."""
    return pd.concat([deals.assign(kind=kind) for kind in ("start", "day")], ignore_index=True)


class ByHand(unittest.TestCase):
    def test_a_hundred_deals_of_one_kind(self):
        # Four months ago 100 were open: 40 won and 20 lost in the first month, of the other 40 in the second month 10 won
        # and 10 lost, and 20 are open still. One deal is open now.
        deals = pd.DataFrame(
            [(4, 0, True, 40), (4, 0, False, 20), (4, 1, True, 10), (4, 1, False, 10), (4, -1, False, 20), (0, -1, False, 1)],
            columns=["months_ago", "exit_after", "is_won", "deals_count"],
        ).assign(deals_count=lambda frame: frame["deals_count"].astype(float))
        found = chances_at(open_book(followed_of(deals), new_of([])), "start", 0, 4).by_month[0]
        # At risk: 100, 40, 20, 20. The first month leans on all months (50 of 180), later ones on the later (10 of 80).
        won = [(40 + 20 * 50 / 180) / 120, (10 + 20 * 10 / 80) / 60, (0 + 20 * 10 / 80) / 40]
        lost = [(20 + 20 * 30 / 180) / 120, (10 + 20 * 10 / 80) / 60, (0 + 20 * 10 / 80) / 40]
        # Pipeline, stage, age and amount are the same deals four times over, each leaning on the one before.
        for month, risk in ((0, 100), (1, 40), (2, 20)):
            for _ in range(4):
                won[month] = ([40, 10, 0][month] + CELL_TRUST * won[month]) / (risk + CELL_TRUST)
                lost[month] = ([20, 10, 0][month] + CELL_TRUST * lost[month]) / (risk + CELL_TRUST)
        # The only owner brought 50 wins; what the cells expect of the same deals is nearly that.
        fourth = won[2]
        expected = 100 * won[0] + 40 * won[1] + 20 * (won[2] + fourth)
        team = (50 + OWNER_TRUST) / (expected + OWNER_TRUST)
        pace = (50 + OWNER_TRUST * team) / (expected + OWNER_TRUST)
        first = won[0] * pace
        second = (1 - first - lost[0]) * won[1] * pace
        third = (1 - first - lost[0]) * (1 - won[1] * pace - lost[1]) * won[2] * pace
        np.testing.assert_allclose(found[:3], [first, second, third], rtol=1e-12)
        self.assertAlmostEqual(first, 0.40, delta=0.01)

    def test_an_end_that_was_not_known_yet_tells_nothing(self):
        deals = company(np.random.default_rng(SEED))
        # As of five months ago, whatever came in the last five months is another story.
        told = deals.assign(ends=deals["months_ago"] - deals["exit_after"])
        later = (told["exit_after"] >= 0) & (told["ends"] <= 5)
        changed = told.assign(is_won=np.where(later, ~told["is_won"], told["is_won"]))
        before, after = (
            chances_at(open_book(followed_of(each), new_of([])), "start", 5, 6).by_month for each in (told, changed)
        )
        np.testing.assert_array_equal(before, after)

    def test_new_business_is_what_came_from_deals_that_were_not_there(self):
        # In each of twelve months one deal of that month brings 100, and one of the month before 50.
        rows = [("north", "ada", ago, ago, False, 1, 100) for ago in range(1, 13)]
        rows += [("north", "ada", ago, ago + 1, False, 1, 50) for ago in range(1, 13)]
        book = open_book(followed_of(pd.DataFrame({"months_ago": np.empty(0, dtype=int)})), new_of(rows))
        found = outlook_of(expect(book, "start", 0, 3), "won_amount", [0])
        # The first month can't have deals of the month before: those would be open now.
        np.testing.assert_allclose(found.point, [100, 150, 150])
        np.testing.assert_allclose(found.carried, 0)
        # Deals of the month, but of its first days, were there on the day of the month that it is.
        np.testing.assert_allclose(outlook_of(expect(book, "day", 0, 3), "won_amount", [0]).point, [0, 100, 150])


def second_chances(deals: pd.DataFrame, months: int) -> pd.DataFrame:
    """Chances of the deals open now by the same rule, deal by deal and month by month with pandas."""
    known = deals[deals["months_ago"] > 0].copy()
    known["owner"] = known["department_id"] + "/" + known["owner_id"]
    lasted = np.where(known["exit_after"] >= 0, known["exit_after"] + 1, known["months_ago"])
    long = known.loc[known.index.repeat(np.minimum(lasted, months))].copy()
    long["month"] = long.groupby(level=0).cumcount()
    for name, flag in (("won", long["is_won"]), ("lost", ~long["is_won"])):
        long[name] = ((long["month"] == long["exit_after"]) & flag).astype(float)
    level: list[str] = []
    tally = long.groupby("month")[["won", "lost"]].agg(["sum", "count"])
    hazards = {}
    for name in ("won", "lost"):
        later = long.loc[long["month"] > 0, name].mean()
        lean = pd.Series([long[name].mean()] + [later] * (months - 1))
        hazards[name] = (tally[name]["sum"] + 20 * lean) / (tally[name]["count"] + 20)
    frames = long.copy()
    for name in ("won", "lost"):
        frames[f"h_{name}"] = frames["month"].map(hazards[name])
    for column in ("pipeline_id", "stage_id", "age_band", "amount_band"):
        level.append(column)
        by = frames.groupby([*level, "month"])
        for name in ("won", "lost"):
            frames[f"h_{name}"] = (by[name].transform("sum") + 20 * frames[f"h_{name}"]) / (by[name].transform("count") + 20)
    sums = frames.assign(team=frames["department_id"])
    team = sums.groupby("team")[["won", "h_won"]].sum()
    team_pace = (team["won"] + 20) / (team["h_won"] + 20)
    own = sums.groupby(["team", "owner"])[["won", "h_won"]].sum().reset_index()
    own["pace"] = (own["won"] + 20 * own["team"].map(team_pace)) / (own["h_won"] + 20)
    pace = own.set_index("owner")["pace"]
    cells = frames.groupby(["stage_id", "month"])[["h_won", "h_lost"]].first()
    rows = []
    for _, deal in deals[deals["months_ago"] == 0].iterrows():
        still = 1.0
        for month in range(months):
            won, lost = cells.loc[(deal["stage_id"], month)]
            won = min(won * pace[f"{deal['department_id']}/{deal['owner_id']}"], 1 - lost)
            rows.append(still * won)
            still *= 1 - won - lost
    return np.array(rows).reshape(-1, months)


class ByASecondWay(unittest.TestCase):
    def test_chances_are_those_that_pandas_counts_deal_by_deal(self):
        deals = pd.DataFrame(followed_of(company(np.random.default_rng(SEED + 1), months=18, alike=4)))
        found = chances_at(open_book({name: deals[name].to_numpy() for name in deals}, new_of([])), "start", 0, 5)
        np.testing.assert_allclose(found.by_month, second_chances(deals, 5), rtol=1e-9)


class AnyCompany(unittest.TestCase):
    def test_chances_lie_between_none_and_all(self):
        for seed in range(SEED, SEED + 25):
            draw = np.random.default_rng(seed)
            size = int(draw.integers(1, 60))
            deals = pd.DataFrame({
                "months_ago": draw.integers(0, 9, size),
                "exit_after": draw.integers(-1, 4, size),
                "is_won": draw.random(size) < 0.5,
                "stage_id": draw.choice(["a", "b", "c"], size),
                "owner_id": draw.choice(["ada", "bob"], size),
            })
            found = chances_at(open_book(followed_of(deals), new_of([])), "start", 0, 6).by_month
            self.assertTrue(np.all(found >= 0) and np.all(found.sum(axis=1) <= 1 + 1e-12), f"seed {seed}")

    def test_what_is_predicted_comes_as_often_in_each_tenth(self):
        deals = company(np.random.default_rng(SEED + 2), months=36)
        book = open_book(followed_of(deals), new_of([]))
        predicted, realised = [], []
        for origin in range(3, 13):
            found = chances_at(book, "start", origin, 3)
            ends = book.followed["exit_after"][found.rows]
            predicted.append(found.by_month.sum(axis=1))
            realised.append(book.followed["is_won"][found.rows] & (ends >= 0) & (ends < 3))
        chance, was_won = np.concatenate(predicted), np.concatenate(realised)
        for tenth in np.array_split(np.argsort(chance, kind="stable"), 10):
            self.assertAlmostEqual(chance[tenth].mean(), was_won[tenth].mean(), delta=0.06)


class Calibration(unittest.TestCase):
    def test_it_counts_what_was_said_and_what_came_moment_by_moment(self):
        deals = company(np.random.default_rng(SEED + 5), months=30, alike=3)
        book = open_book(followed_of(deals), new_of([]))
        found = pd.DataFrame(summed(calibrate(book)))
        # The past begins thirty months ago: a year before each of the last twelve.
        self.assertEqual(sorted(found.loc[found["term"] == 1, "months_ago"].unique()), list(range(1, 13)))
        self.assertEqual(sorted(found.loc[found["term"] == 3, "months_ago"].unique()), list(range(3, 13)))
        for term in (1, 3):
            for origin in (3, 7):
                said = found[(found["term"] == term) & (found["months_ago"] == origin)]
                then = deals[deals["months_ago"] == origin]
                won = then["is_won"] & then["exit_after"].between(0, term - 1)
                chance = chances_at(book, "start", origin, term).by_month.sum(axis=1)
                whose = then.assign(won=won).groupby("owner_id")["won"].sum()
                self.assertEqual(said["deals_count"].sum(), len(then))
                self.assertAlmostEqual(said["expected_count"].sum(), chance.sum())
                for owner, wins in whose.items():
                    self.assertEqual(said.loc[said["owner_id"] == owner, "won_count"].sum(), wins)

    def test_tenths_hold_a_tenth_of_the_deals_and_keep_equal_chances_together(self):
        for seed in range(SEED, SEED + 25):
            draw = np.random.default_rng(seed)
            count = draw.integers(1, 5, 200).astype(float)
            chance = draw.random(200)
            held = np.bincount(tenths_of(chance, count), weights=count, minlength=11)[1:]
            self.assertTrue(np.all(np.abs(held - count.sum() / 10) <= 4), f"seed {seed}: {held}")
            rough = np.round(chance, 1)
            places = pd.DataFrame({"chance": rough, "tenth": tenths_of(rough, count)})
            self.assertTrue((places.groupby("chance")["tenth"].nunique() == 1).all(), f"seed {seed}")
            ordered = places.sort_values("chance")["tenth"]
            self.assertTrue(ordered.is_monotonic_increasing, f"seed {seed}")

    def test_a_company_without_a_year_of_its_past_is_told_nothing(self):
        young = company(np.random.default_rng(SEED), months=9, alike=2)
        self.assertEqual(calibrate(open_book(followed_of(young), new_of([]))), [])
        self.assertEqual(len(summed([])["tenth"]), 0)


class Outlooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        draw = np.random.default_rng(SEED + 3)
        deals = twice(company(draw, months=36, alike=3))
        rows = [
            (*whose, ago, ago + int(draw.integers(0, 3)), bool(draw.random() < 0.5), 3, float(draw.integers(200, 400)))
            for whose in OWNERS
            for ago in range(0, 36)
        ]
        cls.book = open_book(followed_of(deals), new_of(rows))
        season = np.tile(np.linspace(300, 700, 12), 3)
        results = {whose: season + draw.normal(0, 20, 36) for whose in OWNERS}
        cls.series = build_hierarchy(results, busy_keys(cls.book))
        forecasts = forecast_hierarchy(cls.series, 12)
        expectations = Expectations(cls.book, 12)
        cls.said = list(look_out("won_amount", cls.series, forecasts, expectations, 0.5))

    def points(self, method: str, scope: str, department: str = "") -> np.ndarray:
        return sum(
            said.point
            for series, said in self.said
            if (said.method, series.scope) == (method, scope) and department in (series.department, "")
        )

    def test_persons_add_up_to_departments_and_departments_to_the_company(self):
        for method in (BOTTOM_UP, BLENDED):
            for department in ("north", "south"):
                mine = self.points(method, "person", department)
                np.testing.assert_allclose(mine, self.points(method, "department", department))
            np.testing.assert_allclose(self.points(method, "department"), self.points(method, "company"))

    def test_bounds_hold_their_point_and_each_other(self):
        for _, said in self.said:
            (low, high), (lowest, highest) = said.bounds[0.80], said.bounds[0.95]
            ordered = np.array([lowest, low, said.point, high, highest])
            self.assertTrue(np.all(np.isfinite(ordered)) and np.all(np.diff(ordered, axis=0) >= -1e-9))
            self.assertGreaterEqual(ordered.min(), 0)

    def test_open_deals_carry_no_more_than_all(self):
        for _, said in self.said:
            if said.carried is not None:
                self.assertTrue(np.all(said.carried <= said.point + 1e-9) and np.all(said.carried >= 0))

    def test_each_has_its_backtest_beside_seasonal_naive(self):
        for _, said in self.said:
            self.assertEqual([len(past.actual) for past in said.past], [12, 8, 4])
            self.assertTrue(np.isfinite([*said.errors, *said.coverage.values()]).all())

    def test_who_has_open_deals_has_a_series_without_any_win(self):
        results = {("north", "ada"): np.ones(30), ("north", "eve"): np.zeros(30), ("north", "gone"): np.zeros(30)}
        series = build_hierarchy(results, {("north", "eve")})
        self.assertEqual([each.person for each in series if each.scope == "person"], ["ada", "eve", UNKNOWN])
        self.assertEqual(float(forecast_many([np.zeros(1)], 12)[0].point.sum()), 0)


class Blends(unittest.TestCase):
    def origins(self, top_down: float, bottom_up: float, naive: float) -> list[Origin]:
        actual = np.full(8, 100.0)
        return [Origin(np.array([actual + top_down, actual + bottom_up, actual + naive]), actual) for _ in range(3)]

    def test_the_nearer_one_weighs_more(self):
        blend = learn_blends([self.origins(10, 30, 50)])[0]
        self.assertTrue(np.all(blend.weights[:, 0] > 2 * blend.weights[:, 1]))
        np.testing.assert_allclose(blend.weights.sum(axis=1), 1)

    def test_seasonal_naive_stands_in_where_it_was_nearer_than_both(self):
        blend = learn_blends([self.origins(30, 40, 5)])[0]
        np.testing.assert_array_equal(blend.weights, [[0, 0, 1], [0, 0, 1]])
        np.testing.assert_allclose(blend.past[0], 105)

    def test_the_backtest_of_a_blend_has_weights_that_its_own_months_did_not_tell(self):
        others, said = self.origins(10, 30, 50)[:2], np.full((3, 8), [[110.0], [90], [150]])
        # The same was said, and what came proves the one or the other right.
        blends = [learn_blends([[*others, Origin(said, np.full(8, came))]])[0] for came in (90.0, 110.0)]
        first, second = (each.past[2][0] for each in blends)
        self.assertAlmostEqual(first, second, delta=0.5)
        self.assertGreater(blends[1].weights[0, 0], blends[0].weights[0, 0] + 0.05)

    def test_companies_without_any_backtest_blend_by_halves(self):
        np.testing.assert_allclose(learn_blends([[], []])[1].weights, [[0.5, 0.5, 0], [0.5, 0.5, 0]])
        self.assertEqual(stretches([]), {0.80: 1.2816, 0.95: 1.96})
