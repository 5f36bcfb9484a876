//! Python.

use super::{list, quoted};
use crate::request::{Coefficient, Errors, Method, Request, Test};

const HEAD: &str = r#"import numpy as np
import pandas as pd
from scipy import stats

d = pd.read_csv("data.csv", na_values=["-", "–", "—", ".", "..."])
"#;

pub(super) fn write(request: &Request) -> String {
    let body = match request.method {
        Method::Describe => describe(request),
        Method::Frequency => frequency(request),
        Method::Crosstab => crosstab(request),
        Method::Correlate => correlate(request),
        Method::Matrix => MATRIX.to_owned(),
        Method::Alpha => alpha(request),
        Method::Regress => regress(request),
        Method::Logistic => logistic(request),
        Method::Panel => panel(request),
        Method::Compare => compare(request),
        Method::Kappa => KAPPA.to_owned(),
        Method::Weights => weights(request),
        Method::Quota => quota(request),
        Method::DesignEffect => design_effect(request),
    };
    format!("{HEAD}columns = [{}]\nlevel = {}\n{body}", list(&request.columns), request.level)
}

fn name(option: Option<&str>) -> String {
    option.map_or_else(|| "None".to_owned(), quoted)
}

fn describe(_: &Request) -> String {
    "for c in columns:
    x = d[c].dropna().astype(float)
    n, m, s = len(x), x.mean(), x.std()
    half = stats.t.isf((1 - level) / 2, n - 1) * s / np.sqrt(n)
    print(c, n, d[c].isna().sum(), m, s, s / np.sqrt(n), m - half, m + half,
          *np.quantile(x, [0, .25, .5, .75, 1]), stats.skew(x, bias=False), stats.kurtosis(x, bias=False))
"
    .to_owned()
}

fn persons(request: &Request) -> String {
    request.count.as_deref().map_or_else(String::new, |count| {
        format!("d = d.loc[d.index.repeat(d[{}].fillna(0).astype(int))]\n", quoted(count))
    })
}

fn frequency(request: &Request) -> String {
    persons(request)
        + "from statsmodels.stats.proportion import proportion_confint

for c in columns:
    counts = d[c].value_counts().sort_index()
    n = counts.sum()
    for answer, k in counts.items():
        print(c, answer, k, k / n, *proportion_confint(k, n, alpha=1 - level, method=\"wilson\"))
"
}

fn crosstab(request: &Request) -> String {
    persons(request)
        + "t = pd.crosstab(d[columns[0]], d[columns[1]])
chi, p, df, expected = stats.chi2_contingency(t, correction=False)
print(t, expected, chi, df, p)
print(\"V\", np.sqrt(chi / (t.values.sum() * (min(t.shape) - 1))))
if t.shape == (2, 2):
    print(stats.fisher_exact(t))
"
}

fn correlate(request: &Request) -> String {
    let function = match request.coefficient {
        Coefficient::Pearson => "pearsonr",
        Coefficient::Spearman => "spearmanr",
    };
    format!(
        "from itertools import combinations
from statsmodels.stats.multitest import multipletests

rows = []
for a, b in combinations(columns, 2):
    x = d[[a, b]].dropna()
    r, p = stats.{function}(x[a], x[b])
    n = len(x)
    half = stats.norm.isf((1 - level) / 2) / np.sqrt(n - 3) if n > 3 else np.nan
    rows.append((a, b, n, r, np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half), p))
t = pd.DataFrame(rows, columns=[\"first\", \"second\", \"n\", \"r\", \"low\", \"high\", \"p\"])
t[\"p_holm\"] = multipletests(t.p, method=\"holm\")[1]
t[\"p_bh\"] = multipletests(t.p, method=\"fdr_bh\")[1]
print(t)
print(np.linalg.eigvalsh(d[columns].corr(\"{}\")))
",
        request.coefficient.code()
    )
}

const MATRIX: &str = "print(np.sort(np.linalg.eigvalsh(d[columns].to_numpy()))[::-1])
";

fn alpha(_: &Request) -> String {
    "import pingouin as pg

x = d[columns].dropna()
print(len(x), pg.cronbach_alpha(x, ci=level))
for c in columns if len(columns) > 2 else []:
    print(c, x[c].corr(x.drop(columns=c).sum(axis=1)), pg.cronbach_alpha(x.drop(columns=c))[0])
"
    .to_owned()
}

fn formula() -> &'static str {
    "import statsmodels.formula.api as smf

right = \" + \".join(f\"Q({c!r})\" for c in columns)
"
}

fn regress(request: &Request) -> String {
    let errors = match request.errors {
        Errors::Classical => String::new(),
        Errors::Hc1 => ".get_robustcov_results(\"HC1\", use_t=True)".to_owned(),
        Errors::Hc3 => ".get_robustcov_results(\"HC3\", use_t=True)".to_owned(),
    };
    format!(
        "{}from statsmodels.stats.diagnostic import het_breuschpagan
from statsmodels.stats.stattools import durbin_watson

y = {}
fit = smf.ols(f\"Q({{y!r}}) ~ {{right}}\", d).fit()
print(fit{errors}.summary())
print(durbin_watson(fit.resid), het_breuschpagan(fit.resid, fit.model.exog)[:2])
print(fit.get_influence().summary_frame())
",
        formula(),
        name(request.outcome.as_deref())
    )
}

fn logistic(request: &Request) -> String {
    format!(
        "{}y = {}
levels = sorted(d[y].dropna().unique())
d[\"outcome\"] = d[y].map({{levels[0]: 0, levels[1]: 1}})
fit = smf.logit(f\"outcome ~ {{right}}\", d).fit(tol=1e-12)
print(fit.summary(), np.exp(fit.params))
",
        formula(),
        name(request.outcome.as_deref())
    )
}

fn panel(request: &Request) -> String {
    format!(
        "import statsmodels.api as sm

y, unit, time = {}, {}, {}
d = d.dropna(subset=[y, unit, *columns] + ([time] if time else []))
d = d[d.groupby(unit)[unit].transform(\"size\") > 1]
x = pd.concat([d[columns].astype(float)] + ([pd.get_dummies(d[time], prefix=\"t\", drop_first=True, dtype=float)] if time else []), axis=1)
within = lambda v: v - v.groupby(d[unit]).transform(\"mean\") + v.mean()
fit = sm.OLS(within(d[y].astype(float)), sm.add_constant(x.apply(within))).fit(
    cov_type=\"cluster\", cov_kwds={{\"groups\": pd.factorize(d[unit])[0]}}, use_t=True)
print(fit.summary())
",
        name(request.outcome.as_deref()),
        name(request.group.as_deref()),
        name(request.time.as_deref())
    )
}

fn compare(request: &Request) -> String {
    let group = name(request.group.as_deref());
    match request.test {
        Test::Paired => "x = d[columns].dropna()\nr = stats.ttest_rel(x[columns[0]], x[columns[1]])\nprint(r, r.confidence_interval(level))\n".to_owned(),
        Test::OneSample => format!(
            "r = stats.ttest_1samp(d[columns[0]].dropna(), {})\nprint(r, r.confidence_interval(level))\n",
            request.against
        ),
        Test::Welch | Test::MannWhitney | Test::KruskalWallis => {
            let call = match request.test {
                Test::Welch => "stats.ttest_ind(*groups, equal_var=False)",
                Test::MannWhitney => "stats.mannwhitneyu(*groups)",
                _ => "stats.kruskal(*groups)",
            };
            format!("groups = [g.dropna() for _, g in d.groupby({group})[columns[0]]]\nprint({call})\n")
        }
    }
}

const KAPPA: &str = "from statsmodels.stats.inter_rater import cohens_kappa

x = d[columns].dropna().astype(str)
levels = sorted(set(x[columns[0]]) | set(x[columns[1]]))
t = pd.crosstab(x[columns[0]], x[columns[1]]).reindex(index=levels, columns=levels, fill_value=0)
print(cohens_kappa(t.to_numpy()))
";

fn weights(request: &Request) -> String {
    let mut targets = String::new();
    for column in &request.columns {
        let own = request.targets.iter().filter(|target| target.column == *column);
        let pairs: Vec<String> =
            own.map(|target| format!("{}: {}", quoted(&target.level), target.share)).collect();
        targets.push_str(&format!("    {}: {{{}}},\n", quoted(column), pairs.join(", ")));
    }
    format!(
        "targets = {{\n{targets}}}
d = d.dropna(subset=columns)
w = np.ones(len(d))
for _ in range(500):
    for c, goal in targets.items():
        x = d[c].astype(str)
        now = pd.Series(w).groupby(x.to_numpy()).sum() / len(d)
        w = w * x.map(lambda v: goal[v] / now[v]).to_numpy()
print(w, len(w) * (w ** 2).sum() / w.sum() ** 2)
"
    )
}

fn quota(request: &Request) -> String {
    format!(
        "p, size = d[{}], {}
exact = p / p.sum() * size
quota = np.floor(exact).astype(int)
for i in (quota - exact).sort_values(kind=\"stable\").index[: size - quota.sum()]:
    quota[i] += 1
print(d[columns].assign(population=p, quota=quota))
",
        name(request.count.as_deref()),
        request.size.unwrap_or(0)
    )
}

fn design_effect(request: &Request) -> String {
    format!(
        "y, cluster, weight = columns[0], {}, {}
d = d.dropna(subset=[c for c in (y, cluster, weight) if c])
deff = 1.0
if weight:
    w = d[weight]
    deff *= len(w) * (w ** 2).sum() / w.sum() ** 2
if cluster:
    g = d.groupby(cluster)[y]
    n, k, size = len(d), g.ngroups, g.size()
    inside = g.apply(lambda v: ((v - v.mean()) ** 2).sum()).sum() / (n - k)
    between = (size * (g.mean() - d[y].mean()) ** 2).sum() / (k - 1)
    m = (n - (size ** 2).sum() / n) / (k - 1)
    icc = (between - inside) / (between + (m - 1) * inside)
    deff *= 1 + (n / k - 1) * max(icc, 0)
    print(\"icc\", icc)
print(\"deff\", deff, \"effective n\", len(d) / deff)
",
        name(request.group.as_deref()),
        name(request.count.as_deref())
    )
}
