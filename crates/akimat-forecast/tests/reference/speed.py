"""CPU time and accuracy of AutoETS and DynamicOptimizedTheta of statsforecast beside `akimat forecast`, in one run.

    python3 speed.py AKIMAT FILE.csv.gz yearly 6 1000

takes the first 1,000 series of a wide file, holds the last values back and prints both. The package's own compilation
and import are not counted (a first call on ten series warms it up); the start of our program is."""

import csv, gzip, os, resource, subprocess, sys, tempfile, time

os.environ.setdefault("NIXTLA_NUMBA_RELEASE_GIL", "1")
akimat, path, frequency, horizon, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
season = {"yearly": 1, "quarterly": 4, "monthly": 12}[frequency]

import numpy as np
from statsforecast.models import AutoETS, DynamicOptimizedTheta, SeasonalNaive

with gzip.open(path, "rt", newline="") as file:
    rows = csv.DictReader(file)
    series = []
    for row in rows:
        values = np.array([float(x) for x in row["train"].split()])
        if len(values) >= horizon + max(6, 2 * season + 2):
            series.append((row["id"], values))
    step = max(1, len(series) // count)
    series = series[::step][:count]


def fit(values):
    known = values[:-horizon]
    ets = AutoETS(season_length=season).forecast(y=known, h=horizon, level=[80, 95])
    dot = DynamicOptimizedTheta(season_length=season).forecast(y=known, h=horizon, level=[80, 95])
    low = (ets["lo-95"] + dot["lo-95"]) / 2
    high = (ets["hi-95"] + dot["hi-95"]) / 2
    return (ets["mean"] + dot["mean"]) / 2, low, high


for _, values in series[:10]:
    fit(values)

start = time.process_time()
theirs = [fit(values) for _, values in series]
their_cpu = time.process_time() - start

with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "series.csv")
    out = os.path.join(folder, "out.csv")
    with open(name, "w") as file:
        file.write("id,train\n")
        for number, (_, values) in enumerate(series):
            file.write(f"s{number},{' '.join(repr(float(x)) for x in values)}\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.time()
    subprocess.run(
        ["taskset", "-c", "0", akimat, "forecast", name, "--horizon", str(horizon), "--frequency", frequency,
         "--holdout", "--output", out],
        check=True,
    )
    wall = time.time() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    our_cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    ours = {}
    with open(out) as file:
        for row in csv.DictReader(file):
            ours.setdefault(row["series_id"], []).append(row)


def smape(y, f):
    d = np.abs(y) + np.abs(f)
    return np.mean(np.where(d > 0, 200 * np.abs(y - f) / np.where(d > 0, d, 1), 0))


sums = {"theirs": np.zeros(4), "ours": np.zeros(4), "seasonal naive": np.zeros(4)}
n = 0
for number, (_, values) in enumerate(series):
    known, facts = values[:-horizon], values[-horizon:]
    scale = np.mean(np.abs(known[season:] - known[:-season]))
    if scale == 0 or f"s{number}" not in ours:
        continue
    n += 1
    rows = ours[f"s{number}"]
    own = np.array([float(row["point"]) for row in rows])
    ends = [np.array([float(row[key]) for row in rows]) for key in ("lo95", "hi95")]
    naive = np.resize(known[-season:], horizon)
    for who, (points, low, high) in {
        "theirs": theirs[number], "ours": (own, *ends), "seasonal naive": (naive, naive, naive)
    }.items():
        outside = np.maximum(low - facts, 0) + np.maximum(facts - high, 0)
        sums[who] += [
            smape(facts, points),
            np.mean(np.abs(facts - points)) / scale,
            np.mean((low <= facts) & (facts <= high)),
            np.mean(high - low + 40 * outside) / scale,
        ]

print(f"{os.path.basename(path)}: {n} series, {horizon} steps held back")
for who, (a, b, c, d) in ((who, sums[who] / n) for who in sums):
    print(f"  {who:15} sMAPE {a:7.3f}  MASE {b:6.3f}  95 % holds {100 * c:5.1f} %  MSIS {d:7.2f}")
print(f"  CPU seconds: statsforecast {their_cpu:.2f}, akimat {our_cpu:.2f} (wall {wall:.2f}), ratio {their_cpu / our_cpu:.2f}")
