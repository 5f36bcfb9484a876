"""Forecasts and CPU time of a reference package on samples of the shared series, the last training values held back.

    python3 crates/akimat-forecast/tests/reference/score.py ../shared/data OUT_DIR [SET,SET] [CODE,CODE]

writes one file a set and model into OUT_DIR; the example `model_score` reads them. Test values are not read.
"""
import csv, gzip, io, json, sys, time, warnings
import numpy as np
from statsforecast.models import (AutoARIMA, AutoCES, AutoETS, CrostonClassic, CrostonSBA, DynamicOptimizedTheta, TSB)

warnings.filterwarnings("ignore")
# Name: file, seasonal period, horizon, every how many. The same table stands in examples/model_score.
SETS = {
    "m4y": ("m4/m4_yearly.csv.gz", 1, 6, 46),
    "usl": ("public-finance/us_local_gov_annual_2004_2019.csv.gz", 1, 3, 2),
    "m4q": ("m4/m4_quarterly_short.csv.gz", 4, 8, 30),
    "ust": ("public-finance/us_state_tax_quarterly.csv.gz", 4, 8, 2),
    "m4m": ("m4/m4_monthly_short_trainonly.csv.gz", 12, 18, 10),
    "uac": ("public-finance/ua_city_budget_monthly.csv.gz", 12, 12, 2),
    "fms": ("public-finance/uk_fixmystreet_monthly.csv.gz", 12, 12, 4),
}


def read(folder, file, horizon, every):
    rows = list(csv.reader(io.StringIO(gzip.open(f"{folder}/{file}", "rt").read())))
    column = rows[0].index("train")
    for row in rows[1:][::every]:
        values = [float(x) for x in row[column].split(" ")]
        if len(values) - horizon >= 8 and len(set(values[:-horizon])) > 1:
            yield values[:-horizon]


def models(name, m):
    made = {
        "ets_auto": lambda: AutoETS(season_length=m),
        "dot": lambda: DynamicOptimizedTheta(season_length=m),
        "ces": lambda: AutoCES(season_length=m),
        "arima": lambda: AutoARIMA(season_length=m),
    }
    if m == 1:
        made["ses"] = lambda: AutoETS(season_length=1, model="ANN")
        made["holt"] = lambda: AutoETS(season_length=1, model="AAN", damped=False)
        made["damped"] = lambda: AutoETS(season_length=1, model="AAN", damped=True)
    if name == "fms":
        made["croston"] = lambda: CrostonClassic()
        made["sba"] = lambda: CrostonSBA()
        made["tsb"] = lambda: TSB(alpha_d=0.2, alpha_p=0.2)
    return made


def main(folder, out, names, codes):
    for name in names:
        file, m, horizon, every = SETS[name]
        series = list(read(folder, file, horizon, every))
        for code, make in models(name, m).items():
            if codes and code not in codes:
                continue
            make().forecast(np.array(series[0]), horizon)
            points, failed, started = [], 0, time.process_time()
            for values in series:
                try:
                    points.append(make().forecast(np.array(values), horizon)["mean"].tolist())
                except Exception:
                    failed += 1
                    points.append([values[-1]] * horizon)
            cpu_ms = 1000 * (time.process_time() - started) / len(series)
            with open(f"{out}/{name}.{code}.json", "w") as answer:
                json.dump({"cpu_ms": cpu_ms, "failed": failed, "points": points}, answer)
            print(name, code, len(series), f"{cpu_ms:.3f} ms a series, {failed} failed", flush=True)


if __name__ == "__main__":
    listed = lambda i: sys.argv[i].split(",") if len(sys.argv) > i and sys.argv[i] else None
    main(sys.argv[1], sys.argv[2], listed(3) or list(SETS), listed(4))
