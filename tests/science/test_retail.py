"""Lifetime value of a public shop: purchases by pandas, parameters by a second likelihood and another search."""

import unittest

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

from data import DATA, needs
from science import bg_nbd, gamma_gamma


def lines() -> pd.DataFrame:
    """The lines of known customers with a quantity and a price, as `online_retail/README.md` counts them."""
    file = DATA / "online_retail" / "online_retail.csv.gz"
    rows = pd.read_csv(file, usecols=["CustomerID", "Quantity", "UnitPrice", "InvoiceDate"])
    rows = rows[rows.CustomerID.notna() & (rows.Quantity > 0) & (rows.UnitPrice > 0)]
    days = pd.to_datetime(rows.InvoiceDate).dt.normalize()
    return rows.assign(day=days, money=rows.Quantity * rows.UnitPrice)


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per customer: repeat days, weeks to the last of them, weeks to the end, mean money of a day."""
    per_day = rows.groupby(["CustomerID", "day"], as_index=False).money.sum()
    by = per_day.groupby("CustomerID")
    first, last = by.day.min(), by.day.max()
    week = pd.Timedelta(days=7)
    return pd.DataFrame({
        "x": by.day.count() - 1,
        "t_x": (last - first) / week,
        "T": (rows.day.max() - first) / week,
        "spend": by.money.mean(),
    })


def second_bg_nbd(x, t_x, age):
    """Equation 6 of Fader, Hardie and Lee with beta functions, and not in logarithms of sums."""

    def loss(logs):
        r, alpha, a, b = np.exp(logs)
        start = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        alive = np.exp(betaln(a, b + x) - betaln(a, b) + start - (r + x) * np.log(alpha + age))
        gone = np.exp(betaln(a + 1, b + x - 1) - betaln(a, b) + start - (r + x) * np.log(alpha + t_x))
        return -np.log(alive + np.where(x > 0, gone, 0)).sum()

    options = {"maxiter": 20_000, "maxfev": 20_000, "xatol": 1e-8, "fatol": 1e-9}
    return np.exp(minimize(loss, np.log([0.5, 5, 0.01, 10]), method="Nelder-Mead", options=options).x), loss


def second_gamma_gamma(x, spend):
    """The density of a mean spend: a gamma of shape p x, whose rate over x is gamma distributed."""

    def loss(logs):
        p, q, gamma = np.exp(logs)
        density = -betaln(p * x, q) - np.log(spend) + q * np.log(gamma / (gamma + x * spend))
        return -(density + p * x * np.log(x * spend / (gamma + x * spend))).sum()

    return np.exp(minimize(loss, np.log([2.0, 2.0, 200.0]), method="BFGS").x)


@needs("online_retail")
class Retail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = lines()
        cls.customers = summary(cls.rows)
        cls.buying = [cls.customers[name].to_numpy(float) for name in ("x", "t_x", "T")]
        cls.model = bg_nbd.fit(*cls.buying)
        cls.second, loss = second_bg_nbd(*cls.buying)
        cls.loss = staticmethod(loss)
        repeating = cls.customers[cls.customers.x > 0]
        cls.spending = (repeating.x + 1).to_numpy(float), repeating.spend.to_numpy(float)
        cls.money = gamma_gamma.fit(*cls.spending)

    def test_the_shop_has_the_published_lines_customers_and_money(self):
        self.assertEqual((len(self.rows), len(self.customers)), (397_884, 4_338))
        self.assertAlmostEqual(self.rows.money.sum(), 8_911_407.90, places=2)

    def test_purchases_fit_as_a_second_likelihood_finds_by_another_search(self):
        model = self.model
        own = [model.r, model.alpha, model.a, model.b]
        np.testing.assert_allclose(own, self.second, rtol=0.01)
        self.assertAlmostEqual(-self.loss(np.log(own)), model.log_likelihood, places=6)
        self.assertAlmostEqual(-self.loss(np.log(self.second)), model.log_likelihood, places=3)

    def test_chances_to_be_alive_are_those_of_the_formula(self):
        r, alpha, a, b = self.second
        x, t_x, age = self.buying
        odds = a / (b + np.maximum(x, 1) - 1) * ((alpha + age) / (alpha + t_x)) ** (r + x)
        alive = np.where(x > 0, 1 / (1 + odds), 1)
        np.testing.assert_allclose(bg_nbd.probability_alive(self.model, x, t_x, age), alive, atol=0.002)

    def test_money_fits_as_a_second_likelihood_finds_by_another_search(self):
        found = second_gamma_gamma(*self.spending)
        np.testing.assert_allclose([self.money.p, self.money.q, self.money.gamma], found, rtol=0.01)

    def test_values_of_clients_add_up_as_they_do_from_the_second_parameters(self):
        r, alpha, a, b = self.second
        second = bg_nbd.BgNbd(r, alpha, a, b, 0.0)
        p, q, gamma = second_gamma_gamma(*self.spending)
        days, spend = (self.customers.x + 1).to_numpy(float), self.customers.spend.to_numpy(float)
        average = (gamma + days * spend) * p / (p * days + q - 1)
        expected = (bg_nbd.expected_future_purchases(second, 52, *self.buying) * average).sum()
        own = bg_nbd.expected_future_purchases(self.model, 52, *self.buying)
        value = (own * gamma_gamma.expected_spend(self.money, days, spend)).sum()
        self.assertAlmostEqual(value / expected, 1, places=2)

    def test_a_year_fitted_on_its_first_part_tells_the_rest(self):
        day = pd.Timestamp("2011-09-09")
        seen = summary(self.rows[self.rows.day <= day])
        model = bg_nbd.fit(seen.x, seen.t_x, seen["T"])
        weeks = (self.rows.day.max() - day) / pd.Timedelta(days=7)
        expected = bg_nbd.expected_future_purchases(model, weeks, seen.x, seen.t_x, seen["T"]).sum()
        later = self.rows[(self.rows.day > day) & self.rows.CustomerID.isin(seen.index)]
        came = later.groupby("CustomerID").day.nunique().sum()
        # The shop's autumn is better than its year, which the model can't know.
        self.assertLess(abs(expected / came - 1), 0.3)
