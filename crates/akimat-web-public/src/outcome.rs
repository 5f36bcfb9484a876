//! What is to be expected of projects: the section on a project's page, the list of early warnings, the card of the
//! model, and the workplace where predictions are published and decided about.

pub mod card;
pub mod decide;
pub mod effect;
pub mod past;
pub mod warning;

use akimat_app::outcome::{OutcomeDocument, OutcomeModels, is_open, may_decide};
use akimat_app::{Permission, permission};
use akimat_i18n::Locale;
use akimat_outcome::{Refusal, Target};
use akimat_project::{Project, Status};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::chart::{self, Bar, Words};
use akimat_web_kit::kit::svg::Markup;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use jiff::ToSpan;

/// The section on the page of a project.
#[derive(Debug)]
pub struct Section {
    /// Sentences about delay, cost and completion.
    pub said: Vec<Said>,
    /// Why nothing is said about a target.
    pub refused: Vec<String>,
    /// Contributions of the features to the chance of a delay.
    pub bars: Option<Markup>,
    /// The same as a table.
    pub shares: Vec<(String, String)>,
    /// Similar finished projects.
    pub similar: Vec<Similar>,
    /// What was published about it and decided.
    pub record: Vec<(String, String)>,
    /// What came of the first predictions, once the project has ended.
    pub came: Vec<String>,
    /// Address of the workplace for whoever may publish or decide.
    pub work: String,
}

/// What is said about one target.
#[derive(Debug)]
pub struct Said {
    /// Its name.
    pub name: String,
    /// The chance in words.
    pub chance: String,
    /// The range in words; empty for none.
    pub range: String,
    /// The class and its size.
    pub class: String,
    /// The class that was too small; empty when it was not.
    pub asked: String,
}

/// A similar finished project.
#[derive(Debug)]
pub struct Similar {
    /// Address after the language.
    pub path: String,
    /// Number and title.
    pub title: String,
    /// What became of it.
    pub outcome: String,
    /// How alike, in per cent.
    pub alike: String,
}

/// Per cent without decimals; a chance is never shown as certain.
pub fn chance_text(locale: &Locale, chance: f64) -> String {
    locale.percent(&format!("{:.0}", (chance * 100.0).clamp(1.0, 99.0)))
}

/// A signed share in per cent without decimals.
pub fn share_text(locale: &Locale, share: f64) -> String {
    let rounded = format!("{:.0}", share * 100.0);
    locale.percent(if rounded == "-0" { "0" } else { &rounded })
}

/// The class as its path of names.
pub fn class_name(locale: &Locale, class: &[String]) -> String {
    let part = |(depth, code): (usize, &String)| {
        locale.name(if depth == 0 { "sector" } else { "outcome-size" }, code).into_owned()
    };
    if class.is_empty() {
        return locale.t("outcome-class-all").into_owned();
    }
    class.iter().enumerate().map(part).collect::<Vec<_>>().join(" · ")
}

/// Why nothing is said.
pub fn refusal_text(locale: &Locale, target: Target, refusal: &Refusal) -> String {
    let name = locale.name("outcome-target", target.code());
    match refusal {
        Refusal::TooFewFinished { have, need } => locale.f(
            "outcome-refused-few",
            &[("target", name.as_ref().into()), ("have", (*have).into()), ("need", (*need).into())],
        ),
        Refusal::Constant => locale.f("outcome-refused-constant", &[("target", name.as_ref().into())]),
    }
}

/// How many days, rounded, early or late.
fn whole_days(days: f64) -> u64 {
    format!("{:.0}", days.abs()).parse().unwrap_or(0)
}

/// Days as a plain sentence part: how many, with the plural of the language.
fn days_text(locale: &Locale, days: f64) -> String {
    let n = whole_days(days);
    let key = if days < 0.0 && n > 0 { "outcome-days-early" } else { "outcome-days-late" };
    locale.f(key, &[("n", n.into())])
}

fn range_text(locale: &Locale, project: &Project, document: &OutcomeDocument) -> String {
    let Some((_, low, high)) = document.ranges.iter().find(|(level, ..)| *level == 80) else {
        return String::new();
    };
    match document.target {
        Target::Delay => {
            let last = || project.milestones.iter().map(|step| step.planned_on).max();
            let end = project.ends_on.or_else(last);
            let on = |days: f64| {
                let days: i64 = format!("{days:.0}").parse().ok()?;
                end?.checked_add(days.days()).ok().map(|date| locale.date(date))
            };
            let (Some(from), Some(to)) = (on(*low), on(*high)) else { return String::new() };
            let (early, late) = (days_text(locale, *low), days_text(locale, *high));
            let args = [
                ("from", from.as_str().into()),
                ("to", to.as_str().into()),
                ("early", early.as_str().into()),
                ("late", late.as_str().into()),
            ];
            locale.f("outcome-range-delay", &args)
        }
        Target::CostGrowth => {
            let (low, high) = (share_text(locale, *low), share_text(locale, *high));
            locale.f("outcome-range-cost", &[("low", low.as_str().into()), ("high", high.as_str().into())])
        }
        Target::Completed => String::new(),
    }
}

/// What a document says.
pub fn said(locale: &Locale, project: &Project, document: &OutcomeDocument) -> Said {
    let chance = chance_text(locale, document.probability);
    let class = class_name(locale, &document.class);
    Said {
        name: locale.name("outcome-target", document.target.code()).into_owned(),
        chance: match document.target {
            Target::Delay => locale.f("outcome-chance-delay", &[("chance", chance.as_str().into())]),
            Target::CostGrowth => locale.f("outcome-chance-cost", &[("chance", chance.as_str().into())]),
            Target::Completed => locale.f("outcome-chance-completed", &[("chance", chance.as_str().into())]),
        },
        range: range_text(locale, project, document),
        class: locale.f("outcome-class", &[("class", class.as_str().into()), ("n", document.n_class.into())]),
        asked: document.asked.as_ref().map_or_else(String::new, |(asked, n)| {
            let asked = class_name(locale, asked);
            locale.f("outcome-class-parent", &[("class", asked.as_str().into()), ("n", (*n).into())])
        }),
    }
}

fn similar(locale: &Locale, models: &OutcomeModels, document: &OutcomeDocument) -> Vec<Similar> {
    let one = |near: &akimat_app::outcome::NeighbourNote| {
        let title = models.titles.get(&near.project).map_or("", |(_, title)| locale.text(title).0);
        let late = near.amount.map_or_else(
            || locale.t("no-data-short").into_owned(),
            |amount| {
                let share = share_text(locale, amount.abs());
                let key = if amount < -0.005 { "outcome-similar-early" } else { "outcome-similar-late" };
                locale.f(key, &[("share", share.as_str().into())])
            },
        );
        Similar {
            path: format!("/projects/{}", near.project),
            title: format!("{} {title}", near.number),
            outcome: late,
            alike: share_text(locale, 1.0 - near.distance),
        }
    };
    document.neighbours.iter().map(one).collect()
}

fn shares(locale: &Locale, document: &OutcomeDocument) -> (Markup, Vec<(String, String)>) {
    let points = |share: f64| {
        let plain = format!("{:+.1}", share * 100.0);
        locale
            .f("outcome-points", &[("points", locale.decimal(plain.trim_start_matches('+')).as_str().into())])
    };
    let name = |feature: &str| locale.name("outcome-feature", feature).into_owned();
    let mut rows = vec![(locale.t("outcome-base").into_owned(), chance_text(locale, document.base))];
    // What contributes nothing would only lengthen the table; the rest still sums.
    let telling: Vec<&(String, f64)> =
        document.contributions.iter().filter(|(_, share)| share.abs() > 5e-5).collect();
    rows.extend(telling.iter().map(|(feature, share)| (name(feature), points(*share))));
    rows.push((locale.t("outcome-total").into_owned(), chance_text(locale, document.probability)));
    let bars: Vec<Bar> = telling
        .iter()
        .map(|(feature, share)| Bar::new(name(feature), Some(*share * 100.0), points(*share)))
        .collect();
    (chart::bar::bars(&Words::new("outcome-shares", locale.t("outcome-shares"), ""), &bars), rows)
}

/// The section for a project; `None` for an idea, and for an ended project of which nothing was published.
///
/// # Errors
/// When the database fails.
pub async fn section(state: &WebState, visitor: &Visitor, project: &Project) -> Answer<Option<Section>> {
    let locale = visitor.locale();
    let predictions = state.app.read().list_outcome_predictions(project.id).await?;
    let record = decide::record(state, locale, (project, &predictions)).await?;
    if project.status == Status::Idea || (!is_open(project.status) && record.is_empty()) {
        return Ok(None);
    }
    let place = project.place;
    let may_publish = permission::check(visitor.actor(), Permission::PublishForecasts, Some(place)).is_ok();
    let work = if may_publish || may_decide(visitor.actor(), place) {
        format!("/admin/projects/{}/outcome", project.id)
    } else {
        String::new()
    };
    let mut section = Section {
        said: Vec::new(),
        refused: Vec::new(),
        bars: None,
        shares: Vec::new(),
        similar: Vec::new(),
        record,
        came: past::came(locale, project, &predictions),
        work,
    };
    if !is_open(project.status) {
        return Ok(Some(section));
    }
    let models = state.app.outcome_models().await?;
    for target in Target::ALL {
        match models.predict(project, target) {
            Ok(document) => {
                section.said.push(said(locale, project, &document));
                if target == Target::Delay {
                    let (bars, rows) = shares(locale, &document);
                    (section.bars, section.shares) = (Some(bars), rows);
                    section.similar = similar(locale, &models, &document);
                }
            }
            Err(refusal) => section.refused.push(refusal_text(locale, target, &refusal)),
        }
    }
    Ok(Some(section))
}
