"""The proposals of a plan a second time, from their definition, in exact fractions.

Reads one JSON question from standard input and prints its answer:
  {"questions": [...]}            proposals from given people, season and working days
  {"held": [...]}                 totals that are held, with locked and limited numbers; null for an impossible one
  {"file", "month", "present", "department", "total"}
                                  the same from the published marts of a company, for one department's active people
"""

import json
import sys
from fractions import Fraction as F

UNIT = 100


def cents(text):
    return int(F(text) * 100)


def half_up(value):
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def share(part, whole):
    return F(part) / whole if whole else F(0)


def hamilton(total, weights):
    whole = sum(weights)
    if not whole:
        return [0 for _ in weights]
    quotas = [total * weight / whole for weight in weights]
    given = [quota.numerator // quota.denominator for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda at: (given[at] - quotas[at], at))
    for at in order[: total - sum(given)]:
        given[at] += 1
    return given


def propose(month, people, season, days, total):
    index = lambda one: season[int(one[5:]) - 1] * days[one]
    history, pipeline, capacity = [], [], []
    for person in people:
        months = [one["month"] for one in person["history"]]
        reached = max(sum(cents(one["value"]) for one in person["history"]), 0)
        # The mean month, times this month's weight over the mean weight of those months: their number cancels out.
        level = F(reached) * index(month) / sum(index(one) for one in months) if months else F(0)
        here = F(max(days[month] - person["daysAway"], 0), days[month]) if person["ramp"] else F(0)
        history.append(level * here)
        pipeline.append(max(cents(person["expected"]), 0) * here)
        capacity.append(F(person["ramp"]) * here)
    beta = F(1, 5) if sum(pipeline) else F(0)
    alpha = F(4, 5) - beta if sum(history) else F(0)
    gamma = 1 - alpha - beta
    weights = [
        alpha * share(h, sum(history)) + beta * share(p, sum(pipeline)) + gamma * share(c, sum(capacity))
        if sum(capacity)
        else F(0)
        for h, p, c in zip(history, pipeline, capacity)
    ]
    wanted = half_up(F(sum(history)) / UNIT) * UNIT if total is None else cents(total)
    unit = UNIT if wanted % UNIT == 0 else 1
    return [value * unit for value in hamilton(wanted // unit, weights)]


def season_of(team, days):
    """Twelve indices from the ratios of months, per working day, to their centred moving averages."""
    if len(team) < 24:
        return [F(1)] * 12
    daily = [F(max(value, 0), days[month]) for month, value in team]
    ratios = {number: [] for number in range(1, 13)}
    for at in range(6, len(daily) - 6):
        mean = (sum(daily[at - 6 : at + 6]) + sum(daily[at - 5 : at + 7])) / 24
        if mean:
            ratios[int(team[at][0][5:])].append(millionths(daily[at] / mean))
    shrunk = [(sum(found) + 1) / F(len(found) + 1) for found in ratios.values()]
    return [millionths(one / (sum(shrunk) / 12)) for one in shrunk]


def millionths(value):
    return F(half_up(F(value) * 10**6), 10**6)


def moved(month, count):
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{number // 12}-{number % 12 + 1:02d}"


def from_marts(file, month, present, department, total):
    import duckdb

    marts = duckdb.connect(file, read_only=True)
    days = dict(
        marts.execute(
            "select strftime(date_day, '%Y-%m'), greatest(sum(is_working_day::int), 1)::int from dim_date group by 1"
        ).fetchall()
    )
    results = marts.execute(
        """select owner_id, strftime(month_start, '%Y-%m') as month, metric, sum(actual_value)
        from fct_target_attainment where department_id = ? group by all""",
        [department],
    ).fetchall()
    expected = dict(
        marts.execute(
            """select owner_id, round(sum(expected_amount), 2) from fct_forecast_deals
            where strftime(month_start, '%Y-%m') = ? group by 1""",
            [month],
        ).fetchall()
    )
    planned = {
        owner
        for (owner,) in marts.execute(
            """select distinct owner_id from fct_targets where owner_id is not null and product_id is null
            and source_id is null and is_current and value is not null and metric = 'won_amount'
            and strftime(month_start, '%Y-%m') = ?""",
            [month],
        ).fetchall()
    }
    last = moved(min(month, present), -1)
    months = [moved(last, at - 5) for at in range(6)]
    won = {}
    for owner, one, metric, value in results:
        if metric == "won_amount":
            won[owner, one] = won.get((owner, one), 0) + value
    people = []
    for (key,) in marts.execute(
        "select manager_id from dim_manager where department_id = ? and is_active order by manager_name", [department]
    ).fetchall():
        seen = [one for owner, one, _, value in results if owner == key and value and one <= last]
        if not seen and key not in planned:
            continue
        began = min(seen, default=None)
        number = 99 if began and began < months[0] else 1 + months_between(began or month, month)
        known = [one for one in months if began and one >= began]
        people.append(
            {
                "key": key,
                "history": [{"month": one, "value": str(won.get((key, one), 0))} for one in known],
                "expected": str(expected.get(key, 0)),
                "ramp": {1: 25, 2: 50, 3: 75}.get(number, 100),
                "daysAway": 0,
            }
        )
    team = {}
    for (_, one), value in won.items():
        if moved(last, -59) <= one <= last:
            team[one] = team.get(one, 0) + value
    first = min((one for one, value in team.items() if value), default=None)
    line = [moved(last, at - 59) for at in range(60)]
    known = [(one, cents(str(team.get(one, 0)))) for one in line if first and one >= first]
    values = propose(month, people, season_of(known, days), days, total)
    return {person["key"]: value / 100 for person, value in zip(people, values)}


def months_between(first, last):
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


def hold(total, cells):
    """Freezes, round by round, whoever breaks a limit in the direction that weighs more, and shares the rest anew."""
    wanted = cents(total)
    low = [cents(one["fixed"] or one["least"] or "0") for one in cells]
    weight = [0 if one["fixed"] else cents(one["weight"]) for one in cells]
    high = [low[at] if not weight[at] else None if one["most"] is None else cents(one["most"]) for at, one in enumerate(cells)]
    given = [value for one in cells for value in ([one["fixed"]] if one["fixed"] else [one["least"], one["most"]])]
    unit = UNIT if all(cents(value) % UNIT == 0 for value in [total, *given] if value) else 1
    if wanted < sum(low) or (None not in high and wanted > sum(high)):
        return None
    exact = {at: F(low[at]) for at in range(len(cells)) if not weight[at]}
    while len(exact) < len(cells):
        free = [at for at in range(len(cells)) if at not in exact]
        part = F(wanted - sum(exact.values())) / sum(weight[at] for at in free)
        short = {at: low[at] - weight[at] * part for at in free if weight[at] * part < low[at]}
        over = {at: weight[at] * part - high[at] for at in free if high[at] is not None and weight[at] * part > high[at]}
        if not short and not over:
            exact.update({at: weight[at] * part for at in free})
        elif sum(short.values()) >= sum(over.values()):
            exact.update({at: F(low[at]) for at in short})
        else:
            exact.update({at: F(high[at]) for at in over})
    parts = [exact[at] / unit for at in range(len(cells))]
    floors = [part.numerator // part.denominator for part in parts]
    order = sorted(range(len(parts)), key=lambda at: (floors[at] - parts[at], at))
    for at in order[: wanted // unit - sum(floors)]:
        floors[at] += 1
    return [value * unit for value in floors]


def answer(asked):
    if "held" in asked:
        return [hold(one["total"], one["cells"]) for one in asked["held"]]
    if "file" in asked:
        return from_marts(**asked)
    return [
        propose(
            question["month"],
            question["people"],
            [F(n) / F(d) for n, d in question["season"]],
            question["days"],
            question["total"],
        )
        for question in asked["questions"]
    ]


print(json.dumps(answer(json.load(sys.stdin))))
