"""Records what a reference package forecasts for made-up series: data/golden/forecast/models.json.

Run from the root of the repository, with numpy, statsmodels and statsforecast installed:

    python3 crates/akimat-forecast/tests/reference/record.py

The series are invented: a congruential generator, no chance, no real data.
"""
import datetime, json, math, warnings
import numpy as np
import statsforecast
from statsforecast.models import (AutoARIMA, AutoCES, AutoETS, CrostonClassic, CrostonSBA, DynamicOptimizedTheta, TSB)
from statsmodels.tsa.seasonal import seasonal_decompose
from statsmodels.tsa.stattools import acf

warnings.filterwarnings("ignore")
STATE = 20_261_122


def noise():
    """Roughly normal: the sum of twelve uniform numbers less six."""
    global STATE
    total = -6.0
    for _ in range(12):
        STATE = (STATE * 1_664_525 + 1_013_904_223) % 2**32
        total += (STATE >> 8) / 2**24
    return total


def made_up():
    for k, n in enumerate([8, 10, 12, 14, 18, 22, 28, 34]):
        slope, level, walk = [0.0, 4.0, -2.5, 9.0][k % 4], 120.0 + 40 * k, 0.0
        values = []
        for t in range(n):
            walk += [0.0, 5.0][k % 2] * noise()
            values.append(round(level + slope * t + walk + 6.0 * noise(), 1))
        yield f"year{k + 1}", 1, 6, values
    for k, n in enumerate([24, 28, 33, 40, 47, 60]):
        factors = [[0.8, 1.0, 1.3, 0.9], [1.0, 1.0, 1.0, 1.0], [0.95, 1.05, 1.1, 0.9]][k % 3]
        values, level = [], 200.0
        for t in range(n):
            level += [2.0, 0.5][k % 2] + 4.0 * noise()
            values.append(round(level * factors[t % 4] + 5.0 * noise(), 1))
        yield f"quarter{k + 1}", 4, 8, values
    for k, n in enumerate([40, 54, 66, 80]):
        values, level = [], 500.0
        for t in range(n):
            level += 1.5 + 6.0 * noise()
            season = [1.0 + 0.2 * math.sin(2 * math.pi * t / 12), 1.0][k % 2]
            values.append(round(level * season + 15.0 * noise(), 1))
        yield f"month{k + 1}", 12, 12, values
    for k, n in enumerate([24, 36, 48, 60]):
        values = [float(max(0, round(1.2 * noise() + [0.2, -0.5, 0.8, 0.0][k]))) for _ in range(n)]
        yield f"demand{k + 1}", 12, 6, values


def naive2(y, m, h):
    """The M4 organisers' Naive2."""
    seasonal = np.ones(m)
    if m > 1 and len(y) >= 3 * m:
        r = acf(y, nlags=m, fft=False)[1:]
        if abs(r[-1]) > 1.645 * math.sqrt((1 + 2 * np.sum(r[:-1] ** 2)) / len(y)):
            seasonal = seasonal_decompose(y, model="multiplicative", period=m).seasonal[:m]
    last = y[-1] / seasonal[(len(y) - 1) % m]
    return [last * seasonal[(len(y) + k) % m] for k in range(h)]


def forecasts(name, m, h, y):
    mean = lambda model: [float(f"{x:.10g}") for x in model.forecast(np.array(y), h)["mean"]]
    out = {}
    if name.startswith("demand"):
        out["croston"] = mean(CrostonClassic())
        out["sba"] = mean(CrostonSBA())
        out["tsb"] = mean(TSB(alpha_d=0.2, alpha_p=0.2))
        return out
    if m == 1:
        out["ses"] = mean(AutoETS(season_length=1, model="ANN"))
    out["naive2"] = [float(f"{x:.10g}") for x in naive2(np.array(y), m, h)]
    out["ets_auto"] = mean(AutoETS(season_length=m))
    out["dot"] = mean(DynamicOptimizedTheta(season_length=m))
    out["ces"] = mean(AutoCES(season_length=m))
    out["arima"] = mean(AutoARIMA(season_length=m))
    return out


records = [{"name": name, "season": m, "horizon": h, "values": y, "forecasts": forecasts(name, m, h, y)}
           for name, m, h, y in made_up()]
head = {"what": "Forecasts of a reference package for made-up series",
        "made_by": "crates/akimat-forecast/tests/reference/record.py",
        "package": "statsforecast (PyPI)", "version": statsforecast.__version__,
        "date": datetime.date.today().isoformat()}
body = ",\n".join(json.dumps(record) for record in records)
with open("data/golden/forecast/models.json", "w") as file:
    file.write(json.dumps(head)[:-1] + ', "series": [\n' + body + "\n]}\n")
