"""Public data sets beside the project, read in place."""

import csv
import gzip
import unittest
from collections.abc import Callable
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def needs(name: str) -> Callable:
    """Skips a test, with the folder's name, where the data set is not there."""
    return unittest.skipUnless((DATA / name).exists(), f"../shared/data/{name} is absent")


def table(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file of a data set, e.g. `cdnow/cdnow_customers_summary.csv`; `.gz` is unpacked."""
    file = DATA / name
    opened = gzip.open(file, "rt") if name.endswith(".gz") else file.open(encoding="utf-8")
    with opened as lines:
        return list(csv.DictReader(lines))


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows])


def m3_monthly() -> list[tuple[np.ndarray, np.ndarray]]:
    """Training and test part of the 1,428 monthly series of the M3 competition."""
    parts: dict[str, dict[str, list[float]]] = {}
    for row in table("forecast_m3/m3_monthly_long.csv.gz"):
        parts.setdefault(row["series"], {"train": [], "test": []})[row["set"]].append(float(row["value"]))
    return [(np.array(each["train"]), np.array(each["test"])) for each in parts.values()]
