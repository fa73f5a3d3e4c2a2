"""BG/NBD and Gamma-Gamma on the CDNOW customers, beside the published figures of Fader, Hardie and Lee."""

import unittest

import numpy as np

from data import column, needs, table
from science import bg_nbd, gamma_gamma


@needs("cdnow")
class Cdnow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        rows = table("cdnow/cdnow_customers_summary.csv")
        cls.buying = tuple(column(rows, name) for name in ("frequency", "recency", "T"))
        cls.model = bg_nbd.fit(*cls.buying)
        spending = table("cdnow/cdnow_customers_mean_spend.csv")
        x, spend = column(spending, "x"), column(spending, "zbar")
        cls.spending = x[x > 0], spend[x > 0]
        cls.money = gamma_gamma.fit(*cls.spending)

    def test_purchases_have_the_published_parameters(self):
        model = self.model
        found = [round(value, 3) for value in (model.r, model.alpha, model.a, model.b)]
        self.assertEqual(found, [0.243, 4.414, 0.793, 2.426])
        self.assertEqual(round(model.log_likelihood, 2), -9582.43)

    def test_the_likelihood_is_highest_there(self):
        model = self.model
        best = np.array([model.r, model.alpha, model.a, model.b])
        for index in range(4):
            for factor in (0.98, 1.02):
                other = best.copy()
                other[index] *= factor
                total = bg_nbd.log_likelihood(other, *self.buying).sum()
                self.assertLess(total, model.log_likelihood)

    def test_a_client_with_two_repeats_has_the_published_expectation_and_chance_to_be_alive(self):
        expected = bg_nbd.expected_future_purchases(self.model, 39, [2], [30.43], [38.86])
        self.assertAlmostEqual(expected[0], 1.226, places=3)
        self.assertAlmostEqual(bg_nbd.probability_alive(self.model, 2, 30.43, 38.86), 0.7266, places=4)

    def test_a_new_client_has_the_published_table_of_expected_purchases(self):
        found = bg_nbd.expected_purchases(self.model, [0.1429, 1, 3, 31.8571, 32, 78])
        np.testing.assert_allclose(found, [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576], atol=5e-4)

    def test_money_has_the_published_parameters(self):
        money = self.money
        self.assertEqual(len(self.spending[0]), 946)
        np.testing.assert_allclose([money.p, money.q, money.gamma], [6.25, 3.74, 15.44], rtol=2e-3)
        self.assertEqual(round(money.log_likelihood, 2), -4055.92)

    def test_a_client_s_spend_lies_between_its_own_and_everybody_s(self):
        found = gamma_gamma.expected_spend(self.money, [2, 1, 0], [22.35, 11.77, 0])
        np.testing.assert_allclose(found, [24.66, 18.92, 35.22], rtol=2e-3)
        self.assertEqual(found[2], self.money.population_mean)

    def test_frequency_and_spend_are_nearly_independent(self):
        self.assertLess(abs(gamma_gamma.correlation(*self.spending)), 0.12)


class Rules(unittest.TestCase):
    model = bg_nbd.BgNbd(0.243, 4.414, 0.793, 2.426, 0.0)

    def test_who_never_bought_again_counts_as_alive(self):
        self.assertEqual(bg_nbd.probability_alive(self.model, 0, 0, 500), 1.0)

    def test_silence_makes_a_frequent_buyer_less_likely_alive_than_a_rare_one(self):
        often, rarely = bg_nbd.probability_alive(self.model, [20, 2], [40, 40], [80, 80])
        self.assertLess(often, rarely)

    def test_a_client_with_thousands_of_purchases_has_a_finite_expectation(self):
        found = bg_nbd.expected_future_purchases(self.model, 52, [5000, 0], [500, 0], [500, 500])
        self.assertTrue(np.all(np.isfinite(found)) and np.all(found >= 0))

    def test_expectations_grow_with_the_time_ahead(self):
        found = [bg_nbd.expected_future_purchases(self.model, weeks, [3], [20], [30])[0] for weeks in (1, 10, 52)]
        self.assertEqual(found, sorted(found))

    def test_purchases_of_a_single_time_can_not_be_fitted(self):
        with self.assertRaises(ValueError):
            bg_nbd.fit(np.zeros(50), np.zeros(50), np.full(50, 30.0))
