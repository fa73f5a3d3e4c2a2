"""Gamma-Gamma: what a client spends per purchase, from how few of them we have seen.

Fader, Hardie (2013), "The Gamma-Gamma Model of Monetary Value", brucehardie.com/notes/025.
Holds for clients with repeat purchases, and only where spend does not depend on frequency (see `correlation`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import gammaln

Array = NDArray[np.float64]


@dataclass(frozen=True)
class GammaGamma:
    """A client's purchases are gamma(p, nu), nu is gamma(q, gamma) over clients; gamma is in the unit of money."""

    p: float
    q: float
    gamma: float
    log_likelihood: float

    @property
    def population_mean(self) -> float:
        """Mean spend over all clients; infinite for q at most 1."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else float("inf")


def log_likelihood(params: ArrayLike, x: Array, mean_spend: Array) -> Array:
    """Log-likelihood of each client's mean spend over its x repeat purchases under (p, q, gamma)."""
    p, q, gamma = np.asarray(params, dtype=float)
    return (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
        + (p * x - 1) * np.log(mean_spend) + p * x * np.log(x) - (p * x + q) * np.log(gamma + mean_spend * x)
    )


#: Logarithms of p, q and gamma (as a share of the median spend) between which the search stays.
BOUNDS = (-7.0, 7.0)


def fit(x: ArrayLike, mean_spend: ArrayLike) -> GammaGamma:
    """Maximum likelihood over clients with x > 0 and spend > 0. Raises ValueError when the search does not settle."""
    x, mean_spend = np.asarray(x, dtype=float), np.asarray(mean_spend, dtype=float)
    unit = float(np.median(mean_spend))

    def loss(logs: Array) -> float:
        value = -float(np.mean(log_likelihood(np.exp(logs), x, mean_spend / unit)))
        return value if np.isfinite(value) else 1e10

    options = {"maxiter": 4000, "xatol": 1e-7, "fatol": 1e-12}
    found = minimize(loss, np.log([2.0, 2.0, 1.0]), method="Nelder-Mead", bounds=[BOUNDS] * 3, options=options)
    if not found.success:
        raise ValueError("Gamma-Gamma does not settle on these purchases")
    p, q, gamma = np.exp(found.x)
    params = (float(p), float(q), float(gamma * unit))
    return GammaGamma(*params, log_likelihood=float(log_likelihood(params, x, mean_spend).sum()))


def expected_spend(model: GammaGamma, x: ArrayLike, mean_spend: ArrayLike) -> Array:
    """E[M | x, mean spend]: between the client's own mean and the population's; the latter where x is 0 (meaningless for q at most 1)."""
    x, mean_spend = np.asarray(x, dtype=float), np.asarray(mean_spend, dtype=float)
    own = np.where(x > 0, x * mean_spend, 0.0)
    return (model.gamma + own) * model.p / (model.p * x + model.q - 1)


def correlation(x: ArrayLike, mean_spend: ArrayLike) -> float:
    """Pearson's correlation of frequency and spend: the model asks for about none."""
    return float(np.corrcoef(np.asarray(x, dtype=float), np.asarray(mean_spend, dtype=float))[0, 1])
