"""Compares `padankerja assign` with OR-Tools and LEMON; see assign.sh. Needs numpy and ortools.

Solving only is timed on all sides: reading files and building graphs are not. Each peer may choose the faster of two
formulations, LEMON also the faster of two algorithms. Medians of REPEATS runs taken in turn, so that a busy machine
bears on all alike; the large shape is run LARGE_REPEATS times. One optimum that differs ends the run with an error.
The last column is the time of padankerja's independent certificate as a share of its solving time.
"""
import json
import os
import statistics
import subprocess
import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

PEOPLE, VACANCIES, SEATS, CANDIDATES = 100_000, 2_000, 20_000, 200


def spread(dice, points, people=PEOPLE, vacancies=VACANCIES, seats=SEATS, candidates=CANDIDATES):
    """Every vacancy draws its candidates evenly."""
    free = 1 + np.bincount(dice.integers(0, vacancies, seats - vacancies), minlength=vacancies)
    person = np.concatenate([dice.choice(people, candidates, replace=False) for _ in range(vacancies)])
    vacancy = np.repeat(np.arange(vacancies), candidates)
    return people, free, np.stack([person, vacancy, points(len(person))], axis=1)


def clustered(dice, taste):
    """Vacancies of one occupation keep the same best people; `taste` is what they disagree by."""
    occupations = VACANCIES // 50
    occupation = (dice.random(PEOPLE) ** 2 * occupations).astype(np.int64)
    members = [np.flatnonzero(occupation == one) for one in range(occupations)]
    skill = dice.integers(0, 500, PEOPLE)
    free = 1 + np.bincount(dice.integers(0, VACANCIES, SEATS - VACANCIES), minlength=VACANCIES)
    rows = []
    for vacancy in range(VACANCIES):
        known = members[dice.integers(0, occupations)]
        points = 200 + dice.integers(0, 300) + skill[known] + dice.integers(0, taste, len(known))
        best = np.argsort(-points, kind="stable")[:CANDIDATES]
        rows.append(np.stack([known[best], np.full(len(best), vacancy), points[best]], axis=1))
    return PEOPLE, free, np.concatenate(rows)


def long_chains(dice):
    """Ten people too many at one end, ten free seats at the other: everybody between has to move."""
    group, surplus = SEATS // VACANCIES, 10
    free = np.full(VACANCIES, group)
    free[-1] += surplus
    home = np.concatenate([np.zeros(surplus, dtype=np.int64), np.repeat(np.arange(VACANCIES), group)])
    person, points = np.arange(len(home)), 1_000 + dice.integers(0, 100, len(home))
    on = home + 1 < VACANCIES
    stay = np.stack([person, home, points], axis=1)
    move = np.stack([person[on], home[on] + 1, points[on] - dice.integers(0, 3, on.sum())], axis=1)
    return len(home), free, np.concatenate([stay, move])


SHAPES = {
    "random": lambda dice: spread(dice, lambda count: dice.integers(1, 1301, count)),
    "scarce-people": lambda dice: spread(dice, lambda count: dice.integers(1, 1301, count), people=SEATS // 2),
    "scarce-seats": lambda dice: spread(dice, lambda count: dice.integers(900, 1300, count), seats=VACANCIES),
    "clustered": lambda dice: clustered(dice, 200),
    "equal-scores": lambda dice: spread(dice, lambda count: 100 * dice.integers(1, 11, count)),
    "long-chains": long_chains,
}
# Not in the sum: clustered with hardly any taste, and one with 10 million edges.
MORE_SHAPES = {
    "rivals": lambda dice: clustered(dice, 20),
    "province": lambda dice: spread(
        dice, lambda count: dice.integers(1, 1301, count), 500_000, 10_000, 100_000, 1_000
    ),
}


def or_tools(people, free, rows, around):
    """Optimum and seconds of SimpleMinCostFlow; `around`: one arc around all people instead of one from each."""
    flow = min_cost_flow.SimpleMinCostFlow()
    person, vacancy, points = rows[rows[:, 2] > 0].T
    source, sink, everybody = people + len(free), people + len(free) + 1, np.arange(people)
    ones, zeros = np.ones(people, dtype=np.int64), np.zeros(people, dtype=np.int64)
    add = flow.add_arcs_with_capacity_and_unit_cost
    add(person, people + vacancy, np.ones(len(person), dtype=np.int64), -points)
    add(people + np.arange(len(free)), np.full(len(free), sink), free, np.zeros(len(free), dtype=np.int64))
    if around:
        total = int(min(people, free.sum()))
        add(np.full(people, source), everybody, ones, zeros)
        flow.add_arc_with_capacity_and_unit_cost(source, sink, total, 0)
        flow.set_node_supply(source, total)
        flow.set_node_supply(sink, -total)
    else:
        add(everybody, np.full(people, sink), ones, zeros)
        flow.set_nodes_supplies(everybody, ones)
        flow.set_node_supply(sink, -people)
    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    if status != flow.OPTIMAL:
        raise SystemExit(f"OR-Tools: {status}")
    return -flow.optimal_cost(), seconds


def write(work, people, free, rows):
    with open(f"{work}/seats.csv", "w") as file:
        file.write("vacancy,seats\n")
        file.writelines(f"v{number},{seats}\n" for number, seats in enumerate(free.tolist()))
    with open(f"{work}/edges.csv", "w") as file:
        file.write("profile,vacancy,score\n")
        file.writelines(f"p{person},v{vacancy},{points}\n" for person, vacancy, points in rows.tolist())
    head = np.array([people, len(free), len(rows)])
    np.concatenate([head, free, rows.ravel()]).astype(np.int64).tofile(f"{work}/problem.bin")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measure(binary, work, lemon, make, repeats):
    """Seconds of each side, run by run, of padankerja's certificate too; the answer and the number of edges."""
    people, free, rows = make(np.random.default_rng(1))
    write(work, people, free, rows)
    times = {"own": [], "certificate": [], "OR-Tools": [], "LEMON": []}
    optima = set()
    for _ in range(repeats):
        answer = json.loads(
            run(binary, "assign", "--edges", f"{work}/edges.csv", "--seats", f"{work}/seats.csv", "--json")
        )
        times["own"].append(answer["seconds"])
        times["certificate"].append(answer["certificate_seconds"])
        optima |= {answer["optimum"], answer["dual"]}
        both = [or_tools(people, free, rows, around) for around in (False, True)]
        times["OR-Tools"].append(min(seconds for _, seconds in both))
        optima |= {optimum for optimum, _ in both}
        if lemon:
            optimum, seconds = run(lemon[0], f"{work}/problem.bin").split()
            times["LEMON"].append(float(seconds))
            optima.add(int(optimum))
    if len(optima) != 1:
        raise SystemExit(f"the optima differ: {optima}")
    return {name: statistics.median(each) if each else float("inf") for name, each in times.items()}, answer, len(rows)


def row(name, edges, assigned, medians):
    own, certificate = medians["own"], medians["certificate"]
    best = min(medians["OR-Tools"], medians["LEMON"])
    cells = [f"{1000 * each:.1f} ms" if each < 1e9 else "-" for each in (own, medians["OR-Tools"], medians["LEMON"])]
    share = f"{100 * certificate / own:.0f} %"
    line = f"{name:14} {edges:8} {assigned:8} {cells[0]:>11} {cells[1]:>11} {cells[2]:>11}"
    print(f"{line} {best / own:6.1f}x {share:>11}", flush=True)


def main():
    binary, work, *lemon = sys.argv[1:]
    repeats = int(os.environ.get("REPEATS", "5"))
    large_repeats = int(os.environ.get("LARGE_REPEATS", "1"))
    wanted = os.environ.get("SHAPES", " ".join([*SHAPES, *MORE_SHAPES])).split()
    if not lemon:
        print("LEMON is not installed: compared with OR-Tools only")
    titles = f"{'padankerja':>11} {'OR-Tools':>11} {'LEMON':>11} {'ratio':>7} {'certificate':>11}"
    print(f"{'shape':14} {'edges':>8} {'assigned':>8} {titles}")
    totals = {"own": 0.0, "certificate": 0.0, "OR-Tools": 0.0, "LEMON": 0.0}
    best = 0.0
    for name in [name for name in SHAPES if name in wanted]:
        medians, answer, edges = measure(binary, work, lemon, SHAPES[name], repeats)
        row(name, edges, answer["assigned"], medians)
        best += min(medians["OR-Tools"], medians["LEMON"])
        totals = {side: total + medians[side] for side, total in totals.items()}
    if best:
        row("sum", 0, 0, totals)
        own = totals["own"]
        print(f"sum against the faster peer of each shape: {1000 * own:.1f} ms, {1000 * best:.1f} ms, {best / own:.1f}x")
    for name in [name for name in MORE_SHAPES if name in wanted]:
        times = large_repeats if name == "province" else repeats
        medians, answer, edges = measure(binary, work, lemon, MORE_SHAPES[name], times)
        row(name, edges, answer["assigned"], medians)


main()
