"""Quantitative models, pure: arrays in, arrays out. dbt's Python models and the tests are their only callers."""
