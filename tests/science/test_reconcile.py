"""Reconciled forecasts add up whatever was forecast."""

import unittest

import numpy as np

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
