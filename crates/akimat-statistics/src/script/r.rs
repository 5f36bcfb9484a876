//! R.

use super::{list, quoted};
use crate::request::{Coefficient, Errors, Method, Request, Test};

const HEAD: &str = "d <- read.csv(\"data.csv\", check.names = FALSE, na.strings = c(\"\", \"NA\", \"N/A\", \"-\", \"–\", \"—\", \".\", \"...\"))
";

pub(super) fn write(request: &Request) -> String {
    let body = match request.method {
        Method::Describe => DESCRIBE.to_owned(),
        Method::Frequency => persons(request) + FREQUENCY,
        Method::Crosstab => persons(request) + CROSSTAB,
        Method::Correlate => correlate(request),
        Method::Matrix => "print(eigen(as.matrix(d[columns]), symmetric = TRUE)$values)\n".to_owned(),
        Method::Alpha => ALPHA.to_owned(),
        Method::Regress => regress(request),
        Method::Logistic => logistic(request),
        Method::Panel => panel(request),
        Method::Compare => compare(request),
        Method::Kappa => KAPPA.to_owned(),
        Method::Weights => weights(request),
        Method::Quota => quota(request),
        Method::DesignEffect => design_effect(request),
    };
    format!("{HEAD}columns <- c({})\nlevel <- {}\n{body}", list(&request.columns), request.level)
}

fn name(option: Option<&str>) -> String {
    option.map_or_else(|| "NULL".to_owned(), quoted)
}

const DESCRIBE: &str = "for (name in columns) {
  x <- na.omit(d[[name]]); n <- length(x); s <- sd(x)
  z <- (x - mean(x)) / sqrt(mean((x - mean(x))^2))
  skewness <- mean(z^3) * sqrt(n * (n - 1)) / (n - 2)
  kurtosis <- (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (mean(z^4) - 3) + 6)
  half <- qt(1 - (1 - level) / 2, n - 1) * s / sqrt(n)
  print(c(n = n, mean = mean(x), sd = s, se = s / sqrt(n), low = mean(x) - half, high = mean(x) + half,
          quantile(x), skewness = skewness, kurtosis = kurtosis))
}
";

fn persons(request: &Request) -> String {
    request.count.as_deref().map_or_else(String::new, |count| {
        format!(
            "times <- d[[{0}]]; times[is.na(times)] <- 0\nd <- d[rep(seq_len(nrow(d)), times), ]\n",
            quoted(count)
        )
    })
}

const FREQUENCY: &str = "for (name in columns) {
  counts <- table(d[[name]]); n <- sum(counts)
  for (answer in names(counts)) {
    interval <- prop.test(counts[[answer]], n, conf.level = level, correct = FALSE)$conf.int
    print(c(answer, counts[[answer]], counts[[answer]] / n, interval))
  }
}
";

const CROSSTAB: &str = "t <- table(d[[columns[1]]], d[[columns[2]]])
test <- chisq.test(t, correct = FALSE)
print(t); print(test$expected); print(test); print(test$stdres)
print(c(V = unname(sqrt(test$statistic / (sum(t) * (min(dim(t)) - 1))))))
print(fisher.test(t, workspace = 2e7)$p.value)
";

fn correlate(request: &Request) -> String {
    let exact = if request.coefficient == Coefficient::Spearman { ", exact = FALSE" } else { "" };
    format!(
        "pairs <- combn(columns, 2)
p <- apply(pairs, 2, function(two) {{
  x <- na.omit(d[two])
  test <- cor.test(x[[1]], x[[2]], method = \"{0}\"{exact})
  r <- unname(test$estimate); n <- nrow(x)
  print(c(two, n, r, tanh(atanh(r) + c(-1, 1) * qnorm(1 - (1 - level) / 2) / sqrt(n - 3)), test$p.value))
  2 * pt(-abs(r * sqrt((n - 2) / (1 - r^2))), n - 2)
}})
print(p.adjust(p, \"holm\")); print(p.adjust(p, \"BH\"))
print(eigen(cor(d[columns], use = \"pairwise\", method = \"{0}\"))$values)
",
        request.coefficient.code()
    )
}

const ALPHA: &str = "x <- na.omit(d[columns]); n <- nrow(x); k <- ncol(x); s <- cov(x)
a <- function(s) ncol(s) / (ncol(s) - 1) * (1 - sum(diag(s)) / sum(s))
f <- qf(c((1 + level) / 2, (1 - level) / 2), n - 1, (n - 1) * (k - 1))
print(c(alpha = a(s), low = 1 - (1 - a(s)) * f[1], high = 1 - (1 - a(s)) * f[2]))
if (k > 2) for (i in seq_len(k)) print(c(columns[i], a(s[-i, -i]), cor(x[[i]], rowSums(x[-i]))))
if (k > 2) {
  one <- factanal(covmat = s, factors = 1, n.obs = n)
  scale <- sqrt(diag(s)); common <- sum(one$loadings * scale)^2
  print(c(omega = common / (common + sum(one$uniquenesses * diag(s)))))
}
";

fn formula(outcome: &str) -> String {
    format!("f <- reformulate(sprintf(\"`%s`\", columns), response = as.name({outcome}))\n")
}

fn regress(request: &Request) -> String {
    let errors = match request.errors {
        Errors::Classical => "V <- vcov(fit)",
        Errors::Hc1 => "V <- I %*% crossprod(X * e) %*% I * nrow(X) / (nrow(X) - ncol(X))",
        Errors::Hc3 => "V <- I %*% crossprod(X * e / (1 - hatvalues(fit))) %*% I",
    };
    format!(
        "{}fit <- lm(f, d); X <- model.matrix(fit); e <- residuals(fit); I <- solve(crossprod(X))
{errors}
b <- coef(fit); se <- sqrt(diag(V)); df <- fit$df.residual
print(cbind(b, se, t = b / se, p = 2 * pt(-abs(b / se), df), low = b - qt((1 + level) / 2, df) * se, high = b + qt((1 + level) / 2, df) * se))
print(summary(fit)[c(\"r.squared\", \"adj.r.squared\", \"sigma\")])
print(c(DW = sum(diff(e)^2) / sum(e^2)))
bp <- nrow(X) * summary(lm(e^2 ~ X[, -1]))$r.squared
print(c(BP = bp, p = pchisq(bp, ncol(X) - 1, lower.tail = FALSE)))
print(cbind(fitted(fit), e, hatvalues(fit), rstandard(fit), cooks.distance(fit)))
",
        formula(&name(request.outcome.as_deref()))
    )
}

fn logistic(request: &Request) -> String {
    let outcome = name(request.outcome.as_deref());
    format!(
        "d[[{outcome}]] <- factor(d[[{outcome}]])
{}fit <- glm(f, binomial, d, epsilon = 1e-12)
print(summary(fit)); print(exp(coef(fit))); print(confint.default(fit, level = level))
",
        formula(&outcome)
    )
}

fn panel(request: &Request) -> String {
    format!(
        "y <- {}; unit <- {}; time <- {}
d <- na.omit(d[c(y, unit, time, columns)])
d <- d[ave(seq_len(nrow(d)), d[[unit]], FUN = length) > 1, ]
X <- as.matrix(d[columns])
if (!is.null(time)) X <- cbind(X, model.matrix(~ factor(d[[time]]))[, -1])
within <- function(v) v - ave(v, d[[unit]]) + mean(v)
X <- cbind(1, apply(X, 2, within)); yw <- within(d[[y]])
I <- solve(crossprod(X)); b <- I %*% crossprod(X, yw); e <- drop(yw - X %*% b)
scores <- rowsum(X * e, d[[unit]]); G <- nrow(scores); n <- nrow(X)
V <- I %*% crossprod(scores) %*% I * G / (G - 1) * (n - 1) / (n - ncol(X))
se <- sqrt(diag(V)); print(cbind(b, se, t = b / se, p = 2 * pt(-abs(b / se), G - 1)))
",
        name(request.outcome.as_deref()),
        name(request.group.as_deref()),
        name(request.time.as_deref())
    )
}

fn compare(request: &Request) -> String {
    let values = "x <- d[[columns[1]]]";
    let groups = format!("{values}; g <- factor(d[[{}]])", name(request.group.as_deref()));
    match request.test {
        Test::Welch => format!("{groups}\nprint(t.test(x ~ g, conf.level = level))\n"),
        Test::Paired => {
            format!("{values}\nprint(t.test(x, d[[columns[2]]], paired = TRUE, conf.level = level))\n")
        }
        Test::OneSample => {
            format!("{values}\nprint(t.test(x, mu = {}, conf.level = level))\n", request.against)
        }
        Test::MannWhitney => format!("{groups}\nprint(wilcox.test(x ~ g))\n"),
        Test::KruskalWallis => format!("{groups}\nprint(kruskal.test(x, g))\n"),
    }
}

const KAPPA: &str =
    "x <- na.omit(d[columns]); levels <- sort(unique(c(as.character(x[[1]]), as.character(x[[2]]))))
p <- prop.table(table(factor(x[[1]], levels), factor(x[[2]], levels))); n <- nrow(x)
r <- rowSums(p); k <- colSums(p); o <- sum(diag(p)); e <- sum(r * k); kappa <- (o - e) / (1 - e)
A <- sum(diag(p) * (1 - (r + k) * (1 - kappa))^2)
B <- (1 - kappa)^2 * (sum(p * t(outer(r, k, \"+\"))^2) - sum(diag(p) * (r + k)^2))
se <- sqrt((A + B - (kappa - e * (1 - kappa))^2) / n) / (1 - e)
print(c(kappa = kappa, se = se, agreement = o))
";

fn weights(request: &Request) -> String {
    let mut targets = Vec::new();
    for column in &request.columns {
        let own = request.targets.iter().filter(|target| target.column == *column);
        let pairs: Vec<String> =
            own.map(|target| format!("{} = {}", quoted(&target.level), target.share)).collect();
        targets.push(format!("  {} = c({})", quoted(column), pairs.join(", ")));
    }
    format!(
        "targets <- list(\n{}\n)
d <- d[complete.cases(d[columns]), ]; w <- rep(1, nrow(d))
for (step in 1:10000) for (name in columns) {{
  x <- as.character(d[[name]]); now <- tapply(w, x, sum) / nrow(d)
  w <- w * targets[[name]][x] / now[x]
}}
print(unname(w)); print(length(w) * sum(w^2) / sum(w)^2)
",
        targets.join(",\n")
    )
}

fn quota(request: &Request) -> String {
    format!(
        "p <- d[[{}]]; size <- {}
exact <- p / sum(p) * size; quota <- floor(exact)
more <- head(order(quota - exact), size - sum(quota)); quota[more] <- quota[more] + 1
print(cbind(d[columns], population = p, quota))
",
        name(request.count.as_deref()),
        request.size.unwrap_or(0)
    )
}

fn design_effect(request: &Request) -> String {
    format!(
        "y <- columns[1]; cluster <- {}; weight <- {}
d <- na.omit(d[c(y, cluster, weight)]); deff <- 1
if (!is.null(weight)) {{ w <- d[[weight]]; deff <- deff * length(w) * sum(w^2) / sum(w)^2 }}
if (!is.null(cluster)) {{
  a <- anova(lm(d[[y]] ~ factor(d[[cluster]])))[[\"Mean Sq\"]]; m <- table(d[[cluster]]); n <- nrow(d)
  size <- (n - sum(m^2) / n) / (length(m) - 1); icc <- (a[1] - a[2]) / (a[1] + (size - 1) * a[2])
  deff <- deff * (1 + (n / length(m) - 1) * max(icc, 0)); print(c(icc = icc))
}}
print(c(deff = deff, n = nrow(d) / deff))
",
        name(request.group.as_deref()),
        name(request.count.as_deref())
    )
}
