"""Records golden.json: the same questions put to SciPy, statsmodels and pingouin, whose versions are written into
the file. Run it after adding a case: python3 record.py. The test golden.rs compares to 1e-9 relative.

Where no library has the figure, the formula is written out here independently of the Rust code."""

import json
import math
import sys
import warnings
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pingouin as pg
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.diagnostic import het_breuschpagan
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.stattools import durbin_watson

warnings.simplefilter("ignore")
CASES = []


def case(name, table, request, expect=(), refused=None, order=None, nominal=()):
    cells = {c: ["" if v is None else (v if isinstance(v, str) else repr(v)) for v in col] for c, col in table.items()}
    found = []
    for sheet, labels, figure, value in expect:
        value = None if value is None or not math.isfinite(value) else float(value)
        found.append({"sheet": sheet, "labels": labels, "figure": figure, "value": value})
    CASES.append({"name": name, "table": cells, "order": order or {}, "nominal": list(nominal),
                  "request": request, "expect": found, "refused": refused})


def num(values):
    return np.array([np.nan if v is None else float(v) for v in values])


# --- data ----------------------------------------------------------------------------------------------------------
rng = np.random.default_rng(20260722)
N = 60
AGE = [int(v) for v in rng.integers(18, 80, N)]
INCOME = [round(float(v), 2) for v in np.exp(rng.normal(11.5, 0.6, N))]
DIST = [round(float(v), 3) for v in rng.gamma(2.0, 5.0, N)]
SCORE = [round(float(0.02 * a + 0.8 * math.log(i) - 0.05 * d + e), 4) for a, i, d, e in zip(AGE, INCOME, DIST, rng.normal(0, 1, N))]
SEX = ["f" if v else "m" for v in rng.integers(0, 2, N)]
AREA = [["town", "village", "okrug"][v] for v in rng.integers(0, 3, N)]
VOTED = [int(v) for v in (rng.random(N) < 1 / (1 + np.exp(-(np.array(AGE) - 45) / 12)))]
LIKERT = [int(v) for v in np.clip(np.round(3 + rng.normal(0, 1.3, N)), 1, 5)]
TRAIT = rng.normal(0, 1, N)
ITEMS = {f"q{i + 1}": [int(v) for v in np.clip(np.round(3 + w * TRAIT + rng.normal(0, 0.8, N)), 1, 5)]
         for i, w in enumerate([1.0, 0.8, 1.2, 0.6])}
GAPS = [None if i % 7 == 3 else v for i, v in enumerate(SCORE)]
SURVEY = {"age": AGE, "income": INCOME, "distance": DIST, "score": SCORE, "sex": SEX, "area": AREA, "voted": VOTED}


# --- description ---------------------------------------------------------------------------------------------------
def describe(name, values, level=0.95):
    x = num(values)
    x = x[~np.isnan(x)]
    n = len(x)
    q = np.quantile(x, [0, 0.25, 0.5, 0.75, 1])
    sd = x.std(ddof=1) if n > 1 else math.nan
    se = sd / math.sqrt(n)
    half = stats.t.isf((1 - level) / 2, n - 1) * se if n > 1 else math.nan
    constant = np.ptp(x) == 0
    expect = [("description", ["x"], f, v) for f, v in [
        ("n", n), ("missing", len(values) - n), ("mean", x.mean()), ("sd", sd), ("se", se),
        ("low", x.mean() - half), ("high", x.mean() + half),
        ("min", q[0]), ("q1", q[1]), ("median", q[2]), ("q3", q[3]), ("max", q[4]),
        ("skewness", None if constant or n < 3 else stats.skew(x, bias=False)),
        ("kurtosis", None if constant or n < 4 else stats.kurtosis(x, bias=False))]]
    case(name, {"x": values}, {"method": "describe", "columns": ["x"], "level": level}, expect)


describe("describe: incomes", INCOME)
describe("describe: missing values", GAPS)
describe("describe: ties", LIKERT)
describe("describe: n = 3", [1.5, 2.5, 7.0])
describe("describe: n = 1", [4.0, None])
describe("describe: constant", [5.0] * 12)
describe("describe: large offset", [1e9 + v for v in [1.0, 2.0, 4.0, 8.0, 16.0]])
describe("describe: 99 per cent", SCORE, 0.99)


# --- frequency -----------------------------------------------------------------------------------------------------
def frequency(name, counts, level=0.95):
    n = sum(counts.values())
    expect = []
    for answer, k in counts.items():
        low, high = proportion_confint(k, n, alpha=1 - level, method="wilson")
        expect += [("frequency", ["answer", answer], f, v) for f, v in
                   [("count", k), ("share", k / n), ("low", low), ("high", high)]]
    table = {"answer": list(counts), "persons": list(counts.values())}
    case(name, table, {"method": "frequency", "columns": ["answer"], "count": "persons", "level": level}, expect)


frequency("frequency: the shares of the resident survey", {"aware": 73, "not aware": 47})
frequency("frequency: participation in meetings", {"no": 103, "yes": 17})
frequency("frequency: nobody and everybody", {"never": 0, "always": 20})
frequency("frequency: n = 3", {"a": 1, "b": 2})
frequency("frequency: 90 per cent", {"a": 18, "b": 12, "c": 30}, 0.90)


# --- cross-tables --------------------------------------------------------------------------------------------------
def exact_rxc(t):
    """Fisher-Freeman-Halton by enumeration in exact fractions."""
    t = [[int(v) for v in row] for row in t]
    rows, cols = [sum(r) for r in t], [sum(c) for c in zip(*t)]
    f = [math.factorial(i) for i in range(sum(rows) + 1)]
    weight = lambda cells: Fraction(1, math.prod(f[v] for v in cells))
    observed = weight([v for r in t for v in r])
    total = extreme = Fraction(0)

    def fill(i, left, cells):
        nonlocal total, extreme
        if i == len(rows) - 1:
            w = weight(cells + left)
            total += w
            if w <= observed * (1 + Fraction(1, 10**7)):
                extreme += w
            return

        def row(j, rest, now):
            if j == len(cols) - 1:
                if rest <= left[j]:
                    now = now + [rest]
                    fill(i + 1, [l - v for l, v in zip(left, now)], cells + now)
                return
            for v in range(min(rest, left[j]) + 1):
                row(j + 1, rest - v, now + [v])

        row(0, rows[i], [])

    fill(0, cols, [])
    return float(extreme / total)


def crosstab(name, t, exact=True):
    t = np.array(t)
    a = [f"r{i}" for i in range(t.shape[0]) for _ in range(t.shape[1])]
    b = [f"c{j}" for _ in range(t.shape[0]) for j in range(t.shape[1])]
    table = {"a": a, "b": b, "n": [int(v) for v in t.flatten()]}
    chi, p, df, expected = stats.chi2_contingency(t, correction=False)
    v = stats.contingency.association(t, method="cramer")
    facts = [("chi_squared", chi), ("p", p), ("df", df), ("cramers_v", v), ("expected_below_five", (expected < 5).sum())]
    if t.shape == (2, 2):
        yates = stats.chi2_contingency(t, correction=True)
        facts += [("chi_squared_yates", yates[0]), ("p_yates", yates[1]), ("p_exact", stats.fisher_exact(t)[1]),
                  ("odds_ratio", t[0, 0] * t[1, 1] / (t[0, 1] * t[1, 0]) if t[0, 1] * t[1, 0] else None)]
    elif exact:
        facts.append(("p_exact", exact_rxc(t)))
    expect = [("test", [k], "value", float(x) if x is not None else None) for k, x in facts]
    res = sm.stats.Table(t, shift_zeros=False).standardized_resids
    for i in range(t.shape[0]):
        for j in range(t.shape[1]):
            expect.append(("cells", [f"r{i}", f"c{j}"], "expected", expected[i, j]))
            expect.append(("cells", [f"r{i}", f"c{j}"], "residual", res[i, j]))
    case(name, table, {"method": "crosstab", "columns": ["a", "b"], "count": "n"}, expect)


crosstab("crosstab: 2 x 2", [[30, 14], [18, 28]])
crosstab("crosstab: 2 x 2, expected below 5", [[8, 2], [1, 5]])
crosstab("crosstab: 2 x 2 with an empty cell", [[7, 0], [3, 6]])
crosstab("crosstab: n = 3", [[2, 0], [0, 1]])
crosstab("crosstab: 3 x 3", [[12, 7, 3], [5, 9, 8], [2, 4, 11]])
crosstab("crosstab: 2 x 4, expected below 5", [[3, 0, 2, 6], [1, 5, 4, 1]])
crosstab("crosstab: large", [[1203, 1100, 980], [1011, 1250, 1001], [900, 1000, 1400]], exact=False)
case("crosstab: one answer only", {"a": ["x"] * 12, "b": ["y", "z"] * 6}, {"method": "crosstab", "columns": ["a", "b"]}, refused="groups")


# --- correlation ---------------------------------------------------------------------------------------------------
def correlate(name, table, kind="pearson", level=0.95, order=None, codes=None):
    names = list(table)
    data = {c: num((codes or {}).get(c, table[c])) for c in names}
    f = stats.pearsonr if kind == "pearson" else stats.spearmanr
    rows = []
    for a, b in combinations(names, 2):
        keep = ~np.isnan(data[a]) & ~np.isnan(data[b])
        x, y = data[a][keep], data[b][keep]
        r, p = (float(v) for v in f(x, y))
        n = len(x)
        low, high = pg.compute_esci(stat=r, nx=n, ny=n, eftype="r", confidence=level, decimals=15) if n > 3 and abs(r) < 1 else (None, None)
        if n > 3 and abs(r) < 1:
            half = stats.norm.isf((1 - level) / 2) / math.sqrt(n - 3)
            ours = math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
            assert abs(ours[0] - low) < 1e-6 and abs(ours[1] - high) < 1e-6, (name, ours, low, high)
            low, high = ours
        rows.append((a, b, n, r, low, high, p))
    p = [row[6] for row in rows]
    holm, bh = multipletests(p, method="holm")[1], multipletests(p, method="fdr_bh")[1]
    expect = []
    for row, h, q in zip(rows, holm, bh):
        a, b, n, r, low, high, pv = row
        expect += [("pairs", [a, b], k, v) for k, v in
                   [("n", n), ("r", r), ("low", low), ("high", high), ("p", pv), ("p_holm", h), ("p_bh", q)]]
    frame = pd.DataFrame(data).corr(kind)
    for i, v in enumerate(np.sort(np.linalg.eigvalsh(frame))[::-1]):
        expect.append(("eigenvalues", [str(i + 1)], "eigenvalue", v))
    case(name, table, {"method": "correlate", "columns": names, "coefficient": kind, "level": level}, expect, order=order)


four = {k: SURVEY[k] for k in ("age", "income", "distance", "score")}
correlate("correlate: Pearson, four columns", four)
correlate("correlate: Spearman, four columns", four, "spearman")
correlate("correlate: Spearman with ties", {k: ITEMS[k] for k in ("q1", "q2", "q3")}, "spearman")
correlate("correlate: pairwise missing", {"age": AGE, "score": GAPS, "distance": [None if i % 11 == 0 else v for i, v in enumerate(DIST)]})
correlate("correlate: n = 3", {"x": [1.0, 2.0, 4.0], "y": [2.0, 1.0, 5.0]})
correlate("correlate: n = 5 with a tiny p", {"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [1.1, 2.0, 2.9, 4.2, 5.0]})
LEVELS = ["low", "medium", "high"]
ORDERED = [LEVELS[v] for v in rng.integers(0, 3, 30)]
OTHER = [LEVELS[min(2, max(0, LEVELS.index(v) + d))] for v, d in zip(ORDERED, rng.integers(-1, 2, 30))]
correlate("correlate: Spearman of ordered answers", {"a": ORDERED, "b": OTHER}, "spearman", order={"a": LEVELS, "b": LEVELS},
          codes={"a": [LEVELS.index(v) for v in ORDERED], "b": [LEVELS.index(v) for v in OTHER]})
case("correlate: Spearman on nominal answers", {"a": AREA, "b": SEX}, {"method": "correlate", "columns": ["a", "b"], "coefficient": "spearman"}, refused="nominal")
case("correlate: Spearman on codes declared nominal", {"a": [1, 2, 3, 4] * 5, "b": [4, 3, 2, 1] * 5},
     {"method": "correlate", "columns": ["a", "b"], "coefficient": "spearman"}, refused="nominal", nominal=["a"])
case("correlate: constant", {"a": [1, 2, 3, 4], "b": [7, 7, 7, 7]}, {"method": "correlate", "columns": ["a", "b"]}, refused="constant")
case("correlate: n = 2", {"a": [1, 2], "b": [2, 1]}, {"method": "correlate", "columns": ["a", "b"]}, refused="too_few")
case("correlate: text in numbers", {"a": [1, "two", 3, 4], "b": [2, 1, 3, 5]}, {"method": "correlate", "columns": ["a", "b"]}, refused="cells")
case("correlate: NaN and infinity", {"a": [1, "NaN", 3, "inf"], "b": [2, 1, 3, 5]}, {"method": "correlate", "columns": ["a", "b"]}, refused="cells")

# --- printed matrix: Table 6 of Abdullayev et al. 2025 -------------------------------------------------------------
T6 = [[1.000, 0.768, 0.605, 0.786, 0.824, 0.247, -0.399], [0.768, 1.000, 0.701, 0.677, 0.930, 0.489, -0.408],
      [0.605, 0.701, 1.000, 0.679, 0.729, 0.164, -0.594], [0.786, 0.677, 0.679, 1.000, 0.895, 0.656, 0.021],
      [0.824, 0.930, 0.729, 0.895, 1.000, 0.657, -0.189], [0.247, 0.489, 0.164, 0.656, 0.657, 1.000, 0.575],
      [-0.399, -0.408, -0.594, 0.021, -0.189, 0.575, 1.000]]
names = ["projects", "transfers", "own revenue", "development", "social", "local projects", "completed"]
eig = np.sort(np.linalg.eigvalsh(np.array(T6)))[::-1]
t = stats.t.isf(0.025, 3)
expect = [("eigenvalues", [str(i + 1)], "eigenvalue", v) for i, v in enumerate(eig)]
expect.append(("critical", ["critical_r"], "value", t / math.sqrt(3 + t * t)))
for i, j in combinations(range(7), 2):
    r = T6[i][j]
    expect.append(("printed_pairs", [names[i], names[j]], "p", 2 * stats.t.sf(abs(r) * math.sqrt(3 / (1 - r * r)), 3)))
case("matrix: Table 6 with n = 5", dict(zip(names, map(list, zip(*T6)))), {"method": "matrix", "columns": names, "size": 5}, expect)
case("matrix: not symmetric", {"a": [1.0, 0.5], "b": [0.4, 1.0]}, {"method": "matrix", "columns": ["a", "b"]}, refused="not_a_matrix")


# --- reliability ---------------------------------------------------------------------------------------------------
def omega(s):
    """One factor by maximum likelihood; the first-order conditions solved to the last digits."""
    s = np.asarray(s)
    k = len(s)
    scale = np.sqrt(np.diag(s))
    r = s / np.outer(scale, scale)
    start = sm.multivariate.Factor(corr=r, n_factor=1, method="ml", nobs=100).fit()
    psi = np.clip(start.uniqueness, 0.01, 1)

    def gap(logpsi):
        p = np.exp(logpsi)
        w, v = np.linalg.eigh(r / np.sqrt(np.outer(p, p)))
        lam = np.sqrt(p) * v[:, -1] * math.sqrt(max(w[-1] - 1, 0))
        return p + lam**2 - np.diag(r)

    sol = optimize.root(gap, np.log(psi), tol=1e-15)
    p = np.exp(sol.x)
    w, v = np.linalg.eigh(r / np.sqrt(np.outer(p, p)))
    lam = np.sqrt(p) * v[:, -1] * math.sqrt(w[-1] - 1) * scale
    assert np.abs(gap(sol.x)).max() < 1e-12
    assert np.abs(np.sort(p) - np.sort(start.uniqueness)).max() < 1e-3, (p, start.uniqueness)
    common = lam.sum() ** 2
    return common / (common + (p * scale**2).sum())


def alpha(name, items, level=0.95, with_omega=True):
    frame = pd.DataFrame({k: num(v) for k, v in items.items()}).dropna()
    a, ci = pg.cronbach_alpha(frame, ci=level)
    n, k = frame.shape
    # pingouin rounds the interval to three decimals: Feldt's formula written out.
    f = lambda q: stats.f.isf(q, n - 1, (n - 1) * (k - 1))
    low, high = 1 - (1 - a) * f((1 - level) / 2), 1 - (1 - a) * f((1 + level) / 2)
    assert abs(low - ci[0]) < 6e-4 and abs(high - ci[1]) < 6e-4, (ci, low, high)
    z = pg.cronbach_alpha((frame - frame.mean()) / frame.std())[0]
    expect = [("reliability", [w], "value", v) for w, v in [("alpha", a), ("low", low), ("high", high), ("alpha_standardised", z)]]
    if k > 2 and with_omega:
        expect.append(("reliability", ["omega"], "value", omega(frame.cov())))
    for c in frame:
        rest = frame.drop(columns=c)
        expect.append(("items", [c], "item_rest", frame[c].corr(rest.sum(axis=1))))
        expect.append(("items", [c], "alpha_without", pg.cronbach_alpha(rest)[0] if k > 2 else None))
    case(name, items, {"method": "alpha", "columns": list(items), "level": level}, expect)


alpha("alpha: four items", ITEMS)
alpha("alpha: two items", {k: ITEMS[k] for k in ("q1", "q2")})
alpha("alpha: missing answers", {k: [None if (i + s) % 13 == 0 else v for i, v in enumerate(ITEMS[k])] for s, k in enumerate(ITEMS)}, 0.9)
alpha("alpha: negative", {"a": [1, 2, 3, 4, 5, 2], "b": [5, 3, 4, 1, 2, 2], "c": [2, 2, 1, 3, 1, 3]}, with_omega=False)
case("alpha: identical items", {"a": [1, 2, 4], "b": [1, 2, 4]}, {"method": "alpha", "columns": ["a", "b"]},
     [("reliability", ["alpha"], "value", 1.0)])
case("alpha: a constant item", {"a": [1, 2, 4], "b": [3, 3, 3]}, {"method": "alpha", "columns": ["a", "b"]}, refused="constant")


# --- regression ----------------------------------------------------------------------------------------------------
def design(table, columns):
    parts = {}
    for c in columns:
        if isinstance([v for v in table[c] if v is not None][0], str):
            for level in sorted({v for v in table[c] if v is not None})[1:]:
                parts[f"{c}[{level}]"] = [None if v is None else float(v == level) for v in table[c]]
        else:
            parts[c] = table[c]
    return pd.DataFrame({k: num(v) for k, v in parts.items()})


def regress(name, table, y, columns, errors="classical", level=0.95):
    x = design(table, columns)
    frame = pd.concat([pd.Series(num(table[y]), name="__y"), x], axis=1).dropna()
    exog = sm.add_constant(frame[x.columns])
    fit = OLS(frame["__y"], exog).fit()
    robust = fit if errors == "classical" else fit.get_robustcov_results(errors.upper(), use_t=True)
    ci = np.asarray(robust.conf_int(1 - level))
    expect = []
    for i, c in enumerate(["constant", *x.columns]):
        values = [("b", robust.params), ("se", robust.bse), ("t", robust.tvalues), ("p", robust.pvalues), ("low", ci[:, 0]), ("high", ci[:, 1])]
        expect += [("coefficients", [c], f, float(np.asarray(v)[i])) for f, v in values]
        if i:
            expect.append(("coefficients", [c], "vif", variance_inflation_factor(exog.to_numpy(), i)))
    bp = het_breuschpagan(fit.resid, exog)
    facts = [("quality", "r2", fit.rsquared), ("quality", "r2_adjusted", fit.rsquared_adj), ("quality", "f", robust.fvalue),
             ("quality", "p", robust.f_pvalue), ("quality", "residual_sd", math.sqrt(fit.mse_resid)),
             ("diagnostics", "durbin_watson", durbin_watson(fit.resid)), ("diagnostics", "breusch_pagan", bp[0]), ("diagnostics", "breusch_pagan_p", bp[1])]
    expect += [(s, [k], "value", float(np.squeeze(v))) for s, k, v in facts]
    influence = fit.get_influence()
    for row in list(frame.index)[:5]:
        at = list(frame.index).index(row)
        for f, v in [("fitted", fit.fittedvalues.iloc[at]), ("leverage", influence.hat_matrix_diag[at]),
                     ("studentised", influence.resid_studentized_internal[at]), ("cook", influence.cooks_distance[0][at])]:
            expect.append(("residuals", [str(row + 2)], f, float(v)))
    case(name, table, {"method": "regress", "outcome": y, "columns": columns, "errors": errors, "level": level}, expect)


DIST_KM = {"age": AGE, "distance": DIST, "score": SCORE, "area": AREA, "sex": SEX}
regress("regress: classical errors", DIST_KM, "score", ["age", "distance"])
regress("regress: HC1", DIST_KM, "score", ["age", "distance"], "hc1")
regress("regress: HC3", DIST_KM, "score", ["age", "distance"], "hc3")
regress("regress: categories", DIST_KM, "score", ["age", "area", "sex"], "hc3", 0.9)
regress("regress: missing values", {"age": AGE, "distance": DIST, "score": GAPS}, "score", ["age", "distance"], "hc1")
regress("regress: n = k + 10", {"x": DIST[:11], "y": SCORE[:11]}, "y", ["x"], "hc3")
case("regress: n = k + 9", {"x": DIST[:10], "y": SCORE[:10]}, {"method": "regress", "outcome": "y", "columns": ["x"]}, refused="too_few")
case("regress: collinear", {"x": DIST, "z": [round(2 * v + 1, 6) for v in DIST], "y": SCORE}, {"method": "regress", "outcome": "y", "columns": ["x", "z"]}, refused="collinear")
case("regress: constant predictor", {"x": [3] * 20, "y": SCORE[:20]}, {"method": "regress", "outcome": "y", "columns": ["x"]}, refused="constant")
case("regress: constant outcome", {"x": DIST[:20], "y": [1] * 20}, {"method": "regress", "outcome": "y", "columns": ["x"]}, refused="constant")


def logistic(name, table, y, columns):
    x = design(table, columns)
    frame = pd.concat([pd.Series(num(table[y]), name="__y"), x], axis=1).dropna()
    exog = sm.add_constant(frame[x.columns])
    fit = sm.Logit(frame["__y"], exog).fit(method="newton", tol=1e-14, maxiter=100, disp=0)
    fit = sm.Logit(frame["__y"], exog).fit(start_params=fit.params, method="newton", tol=1e-16, maxiter=5, disp=0)
    ci = np.asarray(fit.conf_int())
    expect = []
    for i, c in enumerate(["constant", *x.columns]):
        values = [("b", fit.params), ("se", fit.bse), ("z", fit.tvalues), ("p", fit.pvalues), ("low", ci[:, 0]), ("high", ci[:, 1]), ("odds_ratio", np.exp(fit.params))]
        expect += [("coefficients", [c], f, float(np.asarray(v)[i])) for f, v in values]
    facts = [("log_likelihood", fit.llf), ("log_likelihood_null", fit.llnull), ("likelihood_ratio", fit.llr), ("p", fit.llr_pvalue), ("r2_mcfadden", fit.prsquared)]
    expect += [("quality", [k], "value", v) for k, v in facts]
    case(name, table, {"method": "logistic", "outcome": y, "columns": columns}, expect)


logistic("logistic: one predictor", {"age": AGE, "voted": VOTED}, "voted", ["age"])
logistic("logistic: categories", {"age": AGE, "area": AREA, "voted": VOTED}, "voted", ["age", "area"])
case("logistic: separated", {"x": list(range(20)), "y": [0] * 10 + [1] * 10}, {"method": "logistic", "outcome": "y", "columns": ["x"]}, refused="separated")
case("logistic: three outcomes", {"x": list(range(21)), "y": [0, 1, 2] * 7}, {"method": "logistic", "outcome": "y", "columns": ["x"]}, refused="groups")


def panel(name, table, columns, time=None):
    frame = pd.DataFrame({k: (v if isinstance(v[0], str) else num(v)) for k, v in table.items()}).dropna()
    frame = frame[frame.groupby("unit")["unit"].transform("size") > 1]
    x = frame[columns]
    if time:
        x = pd.concat([x, pd.get_dummies(frame[time], prefix="t", drop_first=True, dtype=float)], axis=1)
    within = lambda v: v - v.groupby(frame["unit"]).transform("mean") + v.mean()
    fit = OLS(within(frame["y"]), sm.add_constant(x.apply(within))).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(frame["unit"])[0]}, use_t=True)
    dummies = pd.get_dummies(frame["unit"], dtype=float)
    plain = OLS(frame["y"], pd.concat([x, dummies], axis=1)).fit()
    expect = [("quality", ["r2_within"], "value", fit.rsquared)]
    ci = fit.conf_int()
    for c in columns:
        assert abs(fit.params[c] - plain.params[c]) < 1e-9 * abs(plain.params[c])
        for f, v in [("b", fit.params[c]), ("se", fit.bse[c]), ("t", fit.tvalues[c]), ("p", fit.pvalues[c]), ("low", ci.loc[c, 0]), ("high", ci.loc[c, 1])]:
            expect.append(("coefficients", [c], f, float(v)))
    request = {"method": "panel", "outcome": "y", "columns": columns, "group": "unit"}
    if time:
        request["time"] = time
    case(name, table, request, expect)


UNITS = [f"u{i:02}" for i in range(12) for _ in range(6)]
YEARS = [2018 + t for _ in range(12) for t in range(6)]
EFFECT = np.repeat(rng.normal(0, 3, 12), 6)
X1 = [round(float(v), 4) for v in EFFECT + rng.normal(0, 1, 72)]
X2 = [round(float(v), 4) for v in rng.normal(10, 2, 72)]
PY = [round(float(v), 4) for v in EFFECT * 2 + 0.7 * np.array(X1) - 0.3 * np.array(X2) + 0.2 * (np.array(YEARS) - 2018) + rng.normal(0, 0.5, 72)]
panel("panel: effects of units", {"unit": UNITS, "x1": X1, "x2": X2, "y": PY}, ["x1", "x2"])
panel("panel: effects of units and years", {"unit": UNITS, "year": YEARS, "x1": X1, "x2": X2, "y": PY}, ["x1", "x2"], "year")
panel("panel: unbalanced", {"unit": UNITS[:-5], "year": YEARS[:-5], "x1": X1[:-5], "y": [None if i % 17 == 5 else v for i, v in enumerate(PY[:-5])]}, ["x1"], "year")
case("panel: a predictor that never changes", {"unit": UNITS, "x": [float(i // 6) for i in range(72)], "y": PY}, {"method": "panel", "outcome": "y", "columns": ["x"], "group": "unit"}, refused="constant")

# --- comparison ----------------------------------------------------------------------------------------------------
GROUPS = {"score": SCORE, "sex": SEX, "area": AREA}
f, m = [v for v, s in zip(SCORE, SEX) if s == "f"], [v for v, s in zip(SCORE, SEX) if s == "m"]


def student(name, table, request, result, d, level=0.95):
    # SciPy gives the interval of the mean, we that of its difference from the number it is compared with.
    against = request.get("against", 0.0)
    ci = result.confidence_interval(level)
    case(name, table, request, [("test", [k], "value", float(v)) for k, v in
                                [("t", result.statistic), ("p", result.pvalue), ("df", result.df), ("low", ci.low - against), ("high", ci.high - against), ("cohens_d", d)]])


student("compare: Welch", GROUPS, {"method": "compare", "columns": ["score"], "group": "sex"}, stats.ttest_ind(f, m, equal_var=False), pg.compute_effsize(f, m, eftype="cohen"))
student("compare: Welch with small groups", {"x": [1.0, 2.5, 3.0, 9.0, 8.5], "g": ["a", "a", "a", "b", "b"]}, {"method": "compare", "columns": ["x"], "group": "g"},
        stats.ttest_ind([1.0, 2.5, 3.0], [9.0, 8.5], equal_var=False), pg.compute_effsize([1.0, 2.5, 3.0], [9.0, 8.5], eftype="cohen"))
a, b = num(SCORE[:20]), num(SCORE[20:40])
student("compare: pairs", {"a": SCORE[:20], "b": SCORE[20:40]}, {"method": "compare", "test": "paired", "columns": ["a", "b"]}, stats.ttest_rel(a, b), (a - b).mean() / (a - b).std(ddof=1))
student("compare: one sample", {"x": SCORE}, {"method": "compare", "test": "one-sample", "columns": ["x"], "against": 9.5}, stats.ttest_1samp(SCORE, 9.5), (np.mean(SCORE) - 9.5) / np.std(SCORE, ddof=1))
student("compare: one sample, n = 3", {"x": [1.0, 2.0, 4.0]}, {"method": "compare", "test": "one-sample", "columns": ["x"]}, stats.ttest_1samp([1.0, 2.0, 4.0], 0), np.mean([1, 2, 4]) / np.std([1, 2, 4], ddof=1))
case("compare: one group", {"x": [1, 2, 3], "g": ["a"] * 3}, {"method": "compare", "columns": ["x"], "group": "g"}, refused="groups")
case("compare: constant", {"x": [1, 1, 1, 1], "g": ["a", "a", "b", "b"]}, {"method": "compare", "columns": ["x"], "group": "g"}, refused="constant")


def mann_whitney(name, x, y):
    r = stats.mannwhitneyu(x, y)
    table = {"x": list(x) + list(y), "g": ["a"] * len(x) + ["b"] * len(y)}
    case(name, table, {"method": "compare", "test": "mann-whitney", "columns": ["x"], "group": "g"},
         [("test", ["u"], "value", r.statistic), ("test", ["p"], "value", r.pvalue), ("test", ["rank_biserial"], "value", 2 * r.statistic / (len(x) * len(y)) - 1)])


mann_whitney("compare: Mann-Whitney, asymptotic with ties", ITEMS["q1"][:25], ITEMS["q3"][25:])
mann_whitney("compare: Mann-Whitney, exact", [1.1, 3.2, 4.5, 7.7], [2.2, 5.5, 8.8, 9.1, 10.3])
mann_whitney("compare: Mann-Whitney, large", f, m)
mann_whitney("compare: Mann-Whitney, n = 3", [1.0, 2.0], [3.0])
groups = [[v for v, g in zip(SCORE, AREA) if g == k] for k in sorted(set(AREA))]
h = stats.kruskal(*groups)
case("compare: Kruskal-Wallis", GROUPS, {"method": "compare", "test": "kruskal-wallis", "columns": ["score"], "group": "area"}, [("test", ["h"], "value", h.statistic), ("test", ["p"], "value", h.pvalue)])
groups = [[v for v, g in zip(ITEMS["q2"], AREA) if g == k] for k in sorted(set(AREA))]
h = stats.kruskal(*groups)
case("compare: Kruskal-Wallis with ties", {"x": ITEMS["q2"], "g": AREA}, {"method": "compare", "test": "kruskal-wallis", "columns": ["x"], "group": "g"}, [("test", ["h"], "value", h.statistic), ("test", ["p"], "value", h.pvalue)])


# --- kappa ---------------------------------------------------------------------------------------------------------
def kappa(name, a, b):
    levels = sorted(set(a) | set(b))
    t = pd.crosstab(pd.Series(a), pd.Series(b)).reindex(index=levels, columns=levels, fill_value=0).to_numpy()
    r = cohens_kappa(t)
    expect = [("kappa", [k], "value", v) for k, v in [("kappa", r.kappa), ("se", r.std_kappa), ("low", r.kappa_low), ("z", r.z_value), ("p", r.pvalue_two_sided)]]
    case(name, {"coder1": a, "coder2": b}, {"method": "kappa", "columns": ["coder1", "coder2"]}, expect)


THEMES = ["fiscal", "legal", "participation", "capacity"]
C1 = [THEMES[v] for v in rng.integers(0, 4, 50)]
C2 = [v if rng.random() < 0.75 else THEMES[rng.integers(0, 4)] for v in C1]
kappa("kappa: two coders of interviews", C1, C2)
kappa("kappa: a theme that one coder never uses", ["a", "a", "b", "b", "c", "a", "b", "a"], ["a", "b", "b", "b", "b", "a", "b", "a"])
case("kappa: always the same answer", {"a": ["x"] * 5, "b": ["x"] * 5}, {"method": "kappa", "columns": ["a", "b"]}, refused="constant")


# --- weights and design effects ------------------------------------------------------------------------------------
def raking(name, table, targets):
    frame = pd.DataFrame(table)
    w = np.ones(len(frame))
    for _ in range(4000):
        for c, goal in targets.items():
            now = pd.Series(w).groupby(frame[c]).sum() / len(frame)
            w = w * frame[c].map(lambda v: goal[v] / now[v]).to_numpy()
    expect = [("weights", [str(i + 2)], "weight", v) for i, v in enumerate(w)]
    expect.append(("quality", ["deff_weights"], "value", len(w) * (w**2).sum() / w.sum() ** 2))
    flat = [{"column": c, "level": l, "share": s} for c, g in targets.items() for l, s in g.items()]
    case(name, table, {"method": "weights", "columns": list(targets), "targets": flat}, expect)


raking("weights: two margins", {"sex": SEX, "area": AREA}, {"sex": {"f": 0.52, "m": 0.48}, "area": {"okrug": 0.2, "town": 0.45, "village": 0.35}})
case("weights: nobody in the sample", {"sex": ["f"] * 5}, {"method": "weights", "columns": ["sex"], "targets": [{"column": "sex", "level": "f", "share": 0.5}, {"column": "sex", "level": "m", "share": 0.5}]}, refused="target_empty")
case("weights: targets beyond one", {"sex": ["f", "m"]}, {"method": "weights", "columns": ["sex"], "targets": [{"column": "sex", "level": "f", "share": 0.6}, {"column": "sex", "level": "m", "share": 0.6}]}, refused="target_sum")

frame = pd.DataFrame({"y": PY, "g": UNITS})
long = pg.anova(data=frame, dv="y", between="g", detailed=True)
msb, msw = float(long.loc[0, "MS"]), float(long.loc[1, "MS"])
icc = (msb - msw) / (msb + 5 * msw)
targets = frame.assign(rater=list(range(6)) * 12)
check = pg.intraclass_corr(data=targets, targets="g", raters="rater", ratings="y")
assert abs(float(check["ICC"].iloc[0]) - icc) < 1e-4, (check, icc)
w = rng.uniform(0.5, 2, 72).round(3)
kish = 72 * (w**2).sum() / w.sum() ** 2
deff = (1 + 5 * icc) * kish
case("design effect: clusters and weights", {"y": PY, "g": UNITS, "w": [float(v) for v in w]}, {"method": "design-effect", "columns": ["y"], "group": "g", "count": "w"},
     [("design_effect", [k], "value", v) for k, v in [("icc", icc), ("deff_weights", kish), ("deff", deff), ("n_effective", 72 / deff)]])

versions = {"python": sys.version.split()[0], **{m.__name__: m.__version__ for m in (np, scipy, pd, statsmodels, pg)}}
with open(__file__.replace("record.py", "golden.json"), "w") as out:
    json.dump({"versions": versions, "cases": CASES}, out, indent=0, ensure_ascii=False)
    out.write("\n")
print(len(CASES), "cases,", sum(len(c["expect"]) for c in CASES), "figures")
