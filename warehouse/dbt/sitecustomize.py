"""
Python reads this when it starts dbt (see warehouse/publish/dbt.ts).

dbt keeps its whole project in memory, and Python's collector would walk through it again and again for nothing:
that took a sixth of a small build's time. So it comes by only after many new objects.
"""

import gc

gc.set_threshold(200_000, 50, 100)
