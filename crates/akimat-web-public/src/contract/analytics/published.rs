//! Figures about partnerships that were published, beside those of this register.

use akimat_app::contract::{PublishedFigure, published};
use akimat_core::Money;
use akimat_i18n::Locale;
use akimat_procurement::tally::{Known, Stage, total};
use akimat_web_kit::view::contract::{Col, Sheet};
use jiff::civil::Date;

/// The comparison.
#[derive(Debug)]
pub(super) struct Check {
    /// Published and ours side by side.
    pub(super) sheet: Sheet,
    /// What the published figures say about themselves.
    pub(super) sums: Vec<String>,
    /// Shares of statuses, another publication.
    pub(super) statuses: Sheet,
    /// Contracts by region, another publication.
    pub(super) regions: Sheet,
    /// Publications: title, address.
    pub(super) sources: Vec<(String, String)>,
}

/// Our figure under a published name, where we can have one: contracts and their sum.
fn ours(all: &[Known<'_>], code: &str, today: Date) -> Option<(usize, Option<Money>)> {
    let ppp: Vec<Known<'_>> = all.iter().filter(|known| known.process.is_ppp()).copied().collect();
    let at = |stage: Stage| -> Vec<Known<'_>> {
        ppp.iter().filter(|known| Stage::of(known.process, today) == stage).copied().collect()
    };
    let chosen = match code {
        "contracts_all" => ppp,
        "contracts_active" => at(Stage::Contract),
        "contracts_completed" => at(Stage::Ended),
        "contracts_terminated" => at(Stage::Terminated),
        "contracts_national" => ppp.iter().filter(|known| known.level == "national").copied().collect(),
        "contracts_local" => ppp.iter().filter(|known| known.level != "national").copied().collect(),
        _ => return None,
    };
    let row = total(&chosen);
    Some((row.n_contracts, row.contracted))
}

fn amount(figure: &PublishedFigure) -> Option<Money> {
    Money::parse(figure.sum_tenge.as_deref()?, akimat_core::MoneyUnit::Tenge).ok()
}

/// The comparison of everything on record.
pub(super) fn check(locale: &Locale, all: &[Known<'_>], today: Date) -> Check {
    let heads = [
        Col::text("published-what"),
        Col::text("published-as-of"),
        Col::number("published-n"),
        Col::number("published-sum"),
        Col::number("published-our-n"),
        Col::number("published-our-sum"),
        Col::text("published-source"),
    ];
    let mut sheet = Sheet::new(locale, "published-table", &heads);
    let none = || locale.t("no-data-short").into_owned();
    let money = |amount: Option<Money>| amount.map_or_else(none, |amount| locale.money_short(amount));
    for figure in &published().figures {
        let own = ours(all, &figure.code, today);
        sheet.push([
            locale.name("published-figure", &figure.code).into_owned(),
            locale.date_short(figure.as_of),
            figure.n.map_or_else(none, |n| locale.count(n)),
            money(amount(figure)),
            own.map_or_else(none, |(n, _)| n.to_string()),
            money(own.and_then(|(_, sum)| sum)),
            figure.sources.join(", "),
        ]);
    }
    let mut statuses = Sheet::new(
        locale,
        "published-statuses",
        &[Col::text("published-status"), Col::number("published-share")],
    );
    for status in &published().statuses {
        let name = locale.name("published-status", &status.code).into_owned();
        statuses.push([name, locale.percent(&status.pct.to_string())]);
    }
    let mut regions =
        Sheet::new(locale, "published-regions", &[Col::text("place-code"), Col::number("published-n")]);
    for region in &published().regions {
        regions.push([region.kato.to_string(), locale.count(region.n)]);
    }
    let title = |source: &akimat_app::contract::PublishedSource| {
        (format!("{}: {}", source.code, source.title), source.url.clone())
    };
    Check {
        sheet,
        sums: sums(locale),
        statuses,
        regions,
        sources: published().sources.iter().map(title).collect(),
    }
}

fn figure(code: &str) -> Option<&'static PublishedFigure> {
    published().figures.iter().find(|figure| figure.code == code)
}

/// Whether parts that were published add up to wholes that were published.
fn sums(locale: &Locale) -> Vec<String> {
    let by_status = ["contracts_active", "contracts_completed", "contracts_terminated"];
    let by_level = ["contracts_national", "contracts_local"];
    let paid = ["obligations_paid", "obligations_left"];
    let n = |codes: &[&str]| codes.iter().map(|code| figure(code)?.n).sum::<Option<u64>>();
    let sum = |codes: &[&str]| {
        let amounts: Option<Vec<Money>> = codes.iter().map(|code| amount(figure(code)?)).collect();
        Money::checked_sum(amounts?)
    };
    let told = |key: &str, parts: String, whole: String| {
        locale.f(key, &[("parts", parts.into()), ("whole", whole.into())])
    };
    let whole_n = figure("contracts_all").and_then(|figure| figure.n);
    let mut said = Vec::new();
    for (key, codes) in [("published-sum-status", &by_status[..]), ("published-sum-level", &by_level[..])] {
        if let (Some(parts), Some(whole)) = (n(codes), whole_n) {
            said.push(told(key, locale.count(parts), locale.count(whole)));
        }
    }
    for (key, codes, whole) in [
        ("published-sum-money", &by_level[..], "contracts_all"),
        ("published-sum-obligations", &paid[..], "obligations_all"),
    ] {
        if let (Some(parts), Some(whole)) = (sum(codes), figure(whole).and_then(amount)) {
            said.push(told(key, locale.money_short(parts), locale.money_short(whole)));
        }
    }
    said
}
