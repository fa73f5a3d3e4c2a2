"""Reconciled forecasts add up whatever was forecast, and come the same from a process of their own."""

import unittest

import numpy as np

from science.apart import run_apart
from science.forecast import forecast_many
from science.hierarchy import UNKNOWN, build_hierarchy, forecast_hierarchy, months_without_pause
from science.reconcile import reconcile

# A company of two departments: persons 0 and 1, and person 2.
MEMBERS = [[0, 1, 2], [0, 1], [2], [0], [1], [2]]


class Reconciled(unittest.TestCase):
    def test_persons_add_up_to_departments_and_departments_to_the_company(self):
        points = np.random.default_rng(1).uniform(0, 100, (6, 12))
        company, north, south, *persons = reconcile(points, MEMBERS, np.full(6, 5.0))
        np.testing.assert_allclose(company, north + south)
        np.testing.assert_allclose(north, persons[0] + persons[1])
        np.testing.assert_allclose(south, persons[2])

    def test_what_adds_up_already_stays(self):
        persons = np.array([[1.0, 2], [3, 4], [5, 6]])
        points = np.array([persons.sum(0), persons[:2].sum(0), persons[2], *persons])
        np.testing.assert_allclose(reconcile(points, MEMBERS, np.array([1, 2, 3, 4, 5, 6.0])), points)

    def test_a_level_that_was_forecast_well_moves_least(self):
        points = np.array([[100.0], [40], [40], [20], [20], [40]])
        well = reconcile(points, MEMBERS, np.array([0.01, 9, 9, 9, 9, 9]))
        self.assertAlmostEqual(well[0, 0], 100, places=2)
        badly = reconcile(points, MEMBERS, np.array([99.0, 1, 1, 1, 1, 1]))
        self.assertAlmostEqual(badly[0, 0], 80, places=1)

    def test_nobody_is_expected_to_sell_less_than_nothing(self):
        points = np.array([[1.0], [1], [1], [9], [9], [9]])
        found = reconcile(points, MEMBERS, np.array([0.01, 9, 9, 9, 9, 9]))
        self.assertGreaterEqual(found.min(), 0)
        self.assertAlmostEqual(found[0, 0], found[1, 0] + found[2, 0])

    def test_series_without_any_error_do_not_break_it(self):
        self.assertTrue(np.all(np.isfinite(reconcile(np.zeros((6, 3)), MEMBERS, np.zeros(6)))))


class Company(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        draw = np.random.default_rng(11)
        season = np.tile(np.linspace(60, 140, 12), 3)
        cls.results = {
            ("north", "ada"): season + draw.normal(0, 5, 36),
            ("north", "bob"): np.concatenate([np.zeros(28), draw.uniform(20, 40, 8)]),
            ("north", "cyd"): np.concatenate([draw.uniform(20, 40, 20), np.zeros(16)]),
            ("south", "dan"): 3 * season + draw.normal(0, 9, 36),
        }
        cls.series = build_hierarchy(cls.results)
        cls.forecasts = forecast_hierarchy(cls.series, 12)

    def points(self, scope: str, department: str) -> np.ndarray:
        pairs = zip(self.series, self.forecasts, strict=True)
        return sum(each.point for series, each in pairs if (series.scope, series.department) == (scope, department))

    def test_who_left_is_no_series_but_stays_in_the_sums(self):
        persons = [each.person for each in self.series if each.scope == "person"]
        self.assertEqual(persons, ["ada", "bob", UNKNOWN, "dan"])
        np.testing.assert_allclose(self.series[0].history, sum(self.results.values()))

    def test_forecasts_of_persons_add_up_in_every_month(self):
        for department in ("north", "south"):
            np.testing.assert_allclose(self.points("department", department), self.points("person", department))
        whole = self.points("department", "north") + self.points("department", "south")
        np.testing.assert_allclose(self.forecasts[0].point, whole)

    def test_bounds_still_hold_their_point(self):
        for forecast in self.forecasts:
            for low, high in forecast.bounds.values():
                self.assertTrue(np.all(low <= forecast.point + 1e-9) and np.all(forecast.point <= high + 1e-9))

    def test_who_joined_lately_did_not_sell_nothing_before(self):
        bob = self.forecasts[[each.person for each in self.series].index("bob")]
        self.assertEqual(bob.origins, 0)
        self.assertGreater(bob.point.min(), 10)

    def test_a_record_of_1970_does_not_make_fifty_years_of_history(self):
        self.assertEqual(months_without_pause(np.array([5.0] + [0.0] * 13 + [1.0, 0, 2])), 3)
        self.assertEqual(months_without_pause(np.array([0.0, 5, 0, 2])), 3)
        self.assertEqual(months_without_pause(np.zeros(30)), 0)


class Apart(unittest.TestCase):
    def test_a_process_of_its_own_gives_the_same_values(self):
        history = np.random.default_rng(2).uniform(0, 9, 40)
        found = run_apart("accuracy", "seasonal_scale", history, 12)
        self.assertEqual(found, np.mean(np.abs(history[12:] - history[:-12])))

    def test_what_is_raised_there_is_raised_here(self):
        with self.assertRaisesRegex(ValueError, "broadcast"):
            run_apart("accuracy", "smape", np.zeros(2), np.zeros(3))

    def test_workers_give_what_one_process_gives(self):
        series = [history for history in np.random.default_rng(4).uniform(1, 9, (3, 26))]
        alone, shared = forecast_many(series, 12), forecast_many(series, 12, workers=2)
        np.testing.assert_array_equal([each.point for each in alone], [each.point for each in shared])
