"""Forecasts on the M3 competition: all 1,428 monthly series by EMBUT_LONG=1, every 24th otherwise."""

import os
import unittest

import numpy as np

from data import m3_monthly, needs
from science.accuracy import mase, seasonal_scale, smape
from science.forecast import COMBINATION, NAIVE, forecast_many
from science.intervals import LEVELS

IS_LONG = os.environ.get("EMBUT_LONG") == "1"
HORIZON = 18
#: What every 24th series alone gives, with little room.
SAMPLE_SMAPE, SAMPLE_MASE = 15.2, 0.81


@needs("forecast_m3")
class M3(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        series = m3_monthly()
        cls.count = len(series)
        chosen = series if IS_LONG else series[::24]
        cls.known = [known for known, _ in chosen]
        cls.actual = [actual for _, actual in chosen]
        cls.forecasts = forecast_many(cls.known, HORIZON, workers=2 if IS_LONG else 1)

    def test_the_errors_are_those_of_the_best_combinations(self):
        pairs = list(zip(self.actual, self.forecasts, self.known, strict=True))
        error = np.mean([smape(actual, forecast.point) for actual, forecast, _ in pairs])
        scaled = np.mean([mase(actual, forecast.point, seasonal_scale(known, 12)) for actual, forecast, known in pairs])
        print(f"M3, {len(pairs)} series: sMAPE {error:.3f}, MASE {scaled:.4f}")
        self.assertEqual(self.count, 1_428)
        self.assertLess(error, 13.3 if IS_LONG else SAMPLE_SMAPE)
        self.assertLess(scaled, 0.843 if IS_LONG else SAMPLE_MASE)

    def test_80_and_95_per_cent_of_the_months_lie_in_their_intervals(self):
        # A sample of sixty series strays further than all of them.
        slack = 0.03 if IS_LONG else 0.05
        for level in LEVELS:
            inside = [
                (forecast.bounds[level][0] <= actual) & (actual <= forecast.bounds[level][1])
                for actual, forecast in zip(self.actual, self.forecasts, strict=True)
            ]
            print(f"M3, {level:.0%} intervals hold {np.mean(inside):.1%}")
            self.assertAlmostEqual(np.mean(inside), level, delta=slack)

    def test_the_backtest_tells_beforehand_what_the_intervals_hold(self):
        for level in LEVELS:
            told = np.mean([forecast.coverage[level] for forecast in self.forecasts])
            self.assertAlmostEqual(told, level, delta=0.05)


class Histories(unittest.TestCase):
    def forecast(self, history, horizon: int = 12):
        return forecast_many([np.asarray(history, dtype=float)], horizon)[0]

    def test_a_clear_season_comes_again(self):
        season = np.tile([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 8.0], 4)
        found = self.forecast(season)
        np.testing.assert_allclose(found.point, season[:12], rtol=0.05)

    def test_seasonal_naive_is_used_where_it_was_always_nearer(self):
        draw = np.random.default_rng(7)
        # The same irregular year again and again: nothing but the calendar repeats.
        found = self.forecast(np.tile(draw.lognormal(0, 1.5, 12), 5))
        self.assertEqual(found.method, NAIVE)
        self.assertLessEqual(found.naive_smape, 1e-9)

    def test_a_backtest_stands_beside_every_combination(self):
        draw = np.random.default_rng(3)
        found = self.forecast(np.arange(100, 148) + draw.normal(0, 3, 48))
        self.assertEqual((found.method, found.origins), (COMBINATION, 3))
        self.assertTrue(all(np.isfinite([found.smape, found.naive_smape, found.mase, found.naive_mase])))

    def test_intervals_hold_the_point_and_each_other(self):
        draw = np.random.default_rng(5)
        for history in (draw.lognormal(3, 1, 40), draw.poisson(1.0, 40), np.zeros(40), draw.poisson(3, 20), [5.0, 7.0], [9.0]):
            found = self.forecast(history)
            (low, high), (lowest, highest) = found.bounds[0.80], found.bounds[0.95]
            ordered = np.array([lowest, low, found.point, high, highest])
            self.assertTrue(np.all(np.isfinite(ordered)))
            self.assertTrue(np.all(np.diff(ordered, axis=0) >= 0))
            self.assertGreaterEqual(ordered.min(), 0)

    def test_a_history_of_some_months_is_repeated_and_has_no_backtest(self):
        found = self.forecast([3, 4, 5])
        self.assertEqual((found.method, found.origins), (NAIVE, 0))
        self.assertEqual(list(found.point), [5] * 12)
        self.assertTrue(np.isnan(found.smape))
