"""Records golden.json: random streams of money put to numpy-financial, whose version is written into the file. Run it
after changing the cases: python3 record.py. The test reference.rs compares to 1e-9.

All real internal rates between -0.99 and 10 are from numpy's roots of the polynomial, refined by mpmath to 40 digits,
where they are well apart; mirr and npv are numpy-financial's own."""

import json
import random

import mpmath
import numpy as np
import numpy_financial as npf

mpmath.mp.dps = 60
random.seed(20261122)
cases = []


def roots(flows):
    coefficients = [mpmath.mpf(str(f)) for f in flows]
    while coefficients and coefficients[-1] == 0:
        coefficients.pop()
    trimmed = list(reversed(coefficients))
    while trimmed and trimmed[-1] == 0:
        trimmed.pop()
    found = mpmath.polyroots(trimmed, maxsteps=500, extraprec=500)
    real = [1 / r.real - 1 for r in found if abs(r.imag) < mpmath.mpf(10) ** -30 and r.real > 0]
    return sorted(float(r) for r in real if mpmath.mpf("-0.99") < r < 10)


for n in [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30]:
    for kind in ("ordinary", "ordinary", "wild"):
        if kind == "ordinary":
            flows = [-random.randint(100, 100000)] + [random.randint(0, 40000) for _ in range(n - 1)]
            flows[-1] += 1
        else:
            flows = [round(random.uniform(-100, 100), 2) for _ in range(n)]
            flows[0] = -abs(flows[0])
            flows[-1] = abs(flows[-1])
        rate = round(random.uniform(0.005, 0.3), 4)
        finance, reinvest = round(random.uniform(0.01, 0.2), 4), round(random.uniform(0.01, 0.2), 4)
        cases.append({
            "flows": flows, "rate": rate, "finance": finance, "reinvest": reinvest,
            "npv": float(npf.npv(rate, flows)),
            "mirr": float(npf.mirr(flows, finance, reinvest)),
            "roots": roots(flows),
            "eav": float(-npf.pmt(rate, n, npf.npv(rate, flows))),
        })

for chosen in [(0.1, 0.3), (0.05, 0.5, 1.5), (-0.5, 0.25), (0.02, 0.04, 0.3, 2.0), (-0.2, 0.07, 0.9), (0.08, 0.081)]:
    flows = np.array([-10000.0])
    for rate in chosen:
        flows = np.convolve(flows, [1, -(1 + rate)])
    flows = [round(float(f), 6) for f in flows]
    cases.append({"flows": flows, "rate": 0.06, "finance": 0.06, "reinvest": 0.08,
                  "npv": float(npf.npv(0.06, flows)), "mirr": float(npf.mirr(flows, 0.06, 0.08)),
                  "roots": roots(flows), "eav": float(-npf.pmt(0.06, len(flows), npf.npv(0.06, flows)))})

out = {"versions": {"numpy": np.__version__, "numpy-financial": npf.__version__, "mpmath": mpmath.__version__},
       "cases": cases}
with open("golden.json", "w", encoding="utf-8") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
