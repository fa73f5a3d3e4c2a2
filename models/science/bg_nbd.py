"""BG/NBD: how often a client buys while alive, and whether it still is.

Fader, Hardie, Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2), doi 10.1287/mksc.1040.0098.
A client is (x, t_x, T): repeat purchases, age at the last of them, age now; all times in one unit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1

Array = NDArray[np.float64]


@dataclass(frozen=True)
class BgNbd:
    """Purchasing is gamma(r, alpha) over clients, dropping out after a purchase beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float


def log_likelihood(params: ArrayLike, x: Array, t_x: Array, age: Array) -> Array:
    """Log-likelihood of each client under (r, alpha, a, b): equation 6 of the paper, in logarithms."""
    r, alpha, a, b = np.asarray(params, dtype=float)
    repeats = np.maximum(x, 1.0)
    common = (
        gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        + gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    )
    alive = -(r + x) * np.log(alpha + age)
    gone = np.log(a) - np.log(b + repeats - 1) - (r + x) * np.log(alpha + t_x)
    return common + np.where(x > 0, np.logaddexp(alive, gone), alive)


#: Logarithms of r, alpha (as a share of the greatest age), a and b between which the search stays. Where clients differ too
#: little in dropping out, a and b would grow for ever together; at their bound the likelihood is flat.
BOUNDS = [(-10.0, 10.0), (-10.0, 10.0), (-7.0, 5.0), (-7.0, 5.0)]

RESTARTS = 5


def fit(x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> BgNbd:
    """Maximum likelihood over clients. Raises ValueError when no purchasing rate fits, as without any repeat purchase."""
    rows = np.column_stack([np.asarray(each, dtype=float) for each in (x, t_x, age)])
    distinct, counts = np.unique(rows, axis=0, return_counts=True)
    # Ages near one keep the four parameters in one range for the search.
    unit = max(float(distinct[:, 2].max()), 1e-9)
    repeats, last, ages = distinct[:, 0], distinct[:, 1] / unit, distinct[:, 2] / unit

    def loss(logs: Array) -> float:
        value = -float(counts @ log_likelihood(np.exp(logs), repeats, last, ages)) / counts.sum()
        return value if np.isfinite(value) else 1e10

    options = {"maxiter": 4000, "xatol": 1e-6, "fatol": 1e-12}
    # A simplex can flatten on the ridge of a and b and stop beside the summit; a new one from there goes on.
    found = minimize(loss, np.log([0.5, 0.5, 1.0, 2.0]), method="Nelder-Mead", bounds=BOUNDS, options=options)
    for _ in range(RESTARTS):
        again = minimize(loss, found.x, method="Nelder-Mead", bounds=BOUNDS, options=options)
        gain, found = found.fun - again.fun, again
        if gain < 1e-10:
            break
    if not found.success or np.any(np.abs(found.x[:2]) > 9.9):
        raise ValueError("BG/NBD does not settle on these purchases")
    r, alpha, a, b = np.exp(found.x)
    params = (float(r), float(alpha * unit), float(a), float(b))
    total = float(counts @ log_likelihood(params, repeats, distinct[:, 1], distinct[:, 2]))
    return BgNbd(*params, log_likelihood=total)


def probability_alive(model: BgNbd, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Array:
    """P(alive) now. One by construction for who never bought again: only a repeat purchase can be the last.

    Fader, Hardie, Lee (2008), "Computing P(alive) Using the BG/NBD Model", brucehardie.com/notes/021.
    """
    x, t_x, age = (np.asarray(each, dtype=float) for each in (x, t_x, age))
    odds = np.log(model.a / (model.b + np.maximum(x, 1.0) - 1)) + (model.r + x) * (
        np.log(model.alpha + age) - np.log(model.alpha + t_x)
    )
    return np.where(x > 0, 1 / (1 + np.exp(np.minimum(odds, 700))), 1.0)


def expected_purchases(model: BgNbd, t: ArrayLike) -> Array:
    """E[X(t)]: purchases of a new client in its first `t`, equation 9 of the paper."""
    t = np.asarray(t, dtype=float)
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    return (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + t)) ** r * hyp2f1(r, b, a + b - 1, t / (alpha + t)))


def expected_future_purchases(model: BgNbd, t: float, x: ArrayLike, t_x: ArrayLike, age: ArrayLike) -> Array:
    """E[Y(t) | x, t_x, T]: purchases of this client in the next `t`, equation 10 of the paper.

    Its hypergeometric function is taken after Euler's transformation, which leaves no large argument with many purchases.
    """
    x, t_x, age = (np.asarray(each, dtype=float) for each in (x, t_x, age))
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    z = t / (alpha + age + t)
    shrunk = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
    return (a + b + x - 1) / (a - 1) * (1 - shrunk) * probability_alive(model, x, t_x, age)
