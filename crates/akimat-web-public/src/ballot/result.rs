//! `/budgeting/{code}/results`: what the count says, why each project won or lost, who took part, and everything with
//! which anybody counts again.

use super::setting;
use crate::project::map::draw::{Mark, Sign, Words, outcome_specimen};
use crate::project::map::small::{small_map, with_tiles};
use crate::project::map::view::View as MapView;
use akimat_app::ballot::result::{EnvelopeResult, ResultLine};
use akimat_app::ballot::{Setting, file};
use akimat_core::{Money, MoneyUnit, ProjectId};
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use akimat_participation::proposal::State as Outcome;
use akimat_storage::ballot::BoxState;
use akimat_web_kit::download;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use serde_json::Value;

#[derive(Template)]
#[template(path = "public/ballot/result.html")]
struct ResultPage {
    page: Page,
    code: String,
    process: String,
    published: String,
    method: String,
    stats: Vec<(String, String)>,
    places: Places,
    envelopes: Vec<EnvelopeView>,
    turnout: Vec<(String, Vec<(String, String)>)>,
    others: Vec<(String, String, String)>,
    lot: String,
    log: String,
}

struct EnvelopeView {
    code: String,
    title: String,
    stats: Vec<(String, String)>,
    percent: i64,
    meter: String,
    lines: Vec<LineView>,
    rules: Vec<[String; 4]>,
    downloads: Vec<(String, String, String)>,
    hash: String,
    command: String,
    check: String,
}

/// Winners and losers by place: the map and the table beside it.
struct Places {
    /// The drawing; `None` when no project states a point.
    picture: Option<Markup>,
    credits: Vec<String>,
    legend: Vec<(Markup, String)>,
    rows: Vec<PlaceRow>,
}

struct PlaceRow {
    number: u32,
    title: String,
    lang: &'static str,
    href: String,
    site: String,
    won: bool,
    outcome: String,
}

struct LineView {
    number: u32,
    title: String,
    lang: &'static str,
    path: String,
    cost: String,
    votes: String,
    won: bool,
    outcome: String,
    why: Vec<String>,
    project: String,
}

/// The vote of a process whose result is published, or 404.
async fn published(state: &WebState, code: &str) -> Answer<(Setting, jiff::Timestamp)> {
    let setting = setting(state, code).await?;
    let found = state.app.read().find_ballot_box(setting.process.id).await?;
    let found = found.filter(|found| found.state == BoxState::Published).ok_or_else(Failure::not_found)?;
    Ok((setting, found.published_at.unwrap_or(found.latest_at)))
}

/// The page.
///
/// # Errors
/// 404 before the result is published.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let (setting, at) = published(&state, &code).await?;
    let results = state.app.ballot_results(&setting).await?;
    let process = &setting.process;
    let title = locale.text(&process.title).0.to_owned();
    let built = state.app.read().list_ballot_projects(process.id).await?;
    let view = View { locale, visitor: &visitor, setting: &setting };
    let project =
        |line: &ResultLine| built.iter().find(|one| one.proposal == line.project).map(|one| one.project);
    let turnout = turnout(&state, locale, &setting).await?;
    let lot = results.first().map(|one| &one.document["lot"]).cloned().unwrap_or_default();
    let word = |key: &str| lot[key].as_str().unwrap_or_default().to_owned();
    let places = view.places(&state, &results).await?;
    let response = frame::render(&ResultPage {
        page: frame::page(
            &visitor,
            locale.f("ballot-result-title", &[("process", title.as_str().into())]),
            Some(MenuItem::Budgeting),
        )
        .description(locale.t("ballot-result-lead"))
        .invented(process.invented),
        code: process.code.clone(),
        process: title,
        published: locale
            .f("ballot-result-published", &[("at", locale.date_time(at, state.app.zone()).into())]),
        method: locale.name("ballot-method", process.rule.method.code()).into_owned(),
        stats: totals(locale, &results, &turnout.1),
        places,
        envelopes: results.iter().map(|one| view.envelope(one, &project)).collect(),
        turnout: turnout.0,
        others: vec![
            view.download("", "turnout", "ballot-file-turnout"),
            view.download("", "receipts", "ballot-file-receipts"),
        ],
        lot: locale
            .f("ballot-result-lot", &[("seed", word("seed").into()), ("source", word("source").into())]),
        log: crate::log::about_path(&format!("process/{}", process.id)),
    })?;
    Ok(with_tiles(&state, response))
}

fn totals(locale: &Locale, results: &[EnvelopeResult], voters: &Option<u64>) -> Vec<(String, String)> {
    let spent = Money::checked_sum(results.iter().map(|one| one.spent)).unwrap_or(Money::ZERO);
    let money = Money::checked_sum(results.iter().map(|one| one.money)).unwrap_or(Money::ZERO);
    let n = results.iter().map(|one| one.winners.len()).sum::<usize>();
    let mut stats = vec![
        (locale.t("ballot-result-winners").into_owned(), locale.count(n.try_into().unwrap_or(u64::MAX))),
        (locale.t("ballot-result-spent").into_owned(), locale.money_short(spent)),
        (locale.t("ballot-result-money").into_owned(), locale.money_short(money)),
    ];
    if let Some(voters) = voters {
        stats.insert(0, (locale.t("ballot-result-voters").into_owned(), locale.count(*voters)));
    }
    stats
}

type Turnout = (Vec<(String, Vec<(String, String)>)>, Option<u64>);

/// Who took part, as it is published: small groups are not told.
async fn turnout(state: &WebState, locale: &Locale, setting: &Setting) -> Answer<Turnout> {
    let found = state.app.read().find_ballot_file(setting.process.id, "", "turnout").await?;
    let Some(found) = found else { return Ok((Vec::new(), None)) };
    let told: Value = serde_json::from_slice(&found.body).map_err(Failure::internal)?;
    let codes: Vec<akimat_core::KatoCode> =
        told["area"].as_object().into_iter().flatten().filter_map(|(code, _)| code.parse().ok()).collect();
    let places = state.app.read().list_places_by_code(&codes, state.app.today()).await?;
    let name = |group: &str, code: &str| {
        if code.is_empty() {
            return locale.t("ballot-turnout-unknown").into_owned();
        }
        let place = places.iter().find(|place| place.code.to_string() == code);
        match (group, place) {
            ("area", Some(place)) => locale.text(&place.name).0.to_owned(),
            ("area", None) => code.to_owned(),
            _ => locale.name(&format!("ballot-{group}"), code).into_owned(),
        }
    };
    let hidden = locale.f("ballot-turnout-few", &[("n", told["group_min"].as_u64().unwrap_or(5).into())]);
    let group = |group: &str| {
        let rows: Vec<(String, String)> = told[group]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(code, n)| {
                (name(group, code), n.as_u64().map_or_else(|| hidden.clone(), |n| locale.count(n)))
            })
            .collect();
        (locale.name("ballot-turnout", group).into_owned(), rows)
    };
    let groups = ["area", "age", "sex"].map(group).into_iter().filter(|(_, rows)| rows.len() > 1).collect();
    Ok((groups, told["voters"].as_u64()))
}

/// The rectangle of all marks.
fn around(marks: &[Mark]) -> Option<akimat_storage::Bounds> {
    let lats = || marks.iter().map(|mark| mark.at.lat_e6);
    let lons = || marks.iter().map(|mark| mark.at.lon_e6);
    Some(akimat_storage::Bounds {
        south_e6: lats().min()?,
        west_e6: lons().min()?,
        north_e6: lats().max()?,
        east_e6: lons().max()?,
    })
}

struct View<'a> {
    locale: &'static Locale,
    visitor: &'a Visitor,
    setting: &'a Setting,
}

impl View<'_> {
    /// Every project of the ballot by its place: those that were chosen first.
    async fn places(&self, state: &WebState, results: &[EnvelopeResult]) -> Answer<Places> {
        let locale = self.locale;
        let mut rows = Vec::new();
        let mut marks = Vec::new();
        let lines = results.iter().flat_map(|one| one.lines.iter().map(move |line| (&one.envelope, line)));
        for (envelope, line) in lines {
            let Some(proposal) = self.setting.project(line.project) else { continue };
            let (title, lang) = locale.text(&proposal.title);
            let row = PlaceRow {
                number: line.ballot_number,
                title: title.to_owned(),
                lang: lang.map_or("", akimat_core::Lang::code),
                href: format!("#{envelope}-{}", line.ballot_number),
                site: locale.text(&proposal.site).0.to_owned(),
                won: line.outcome == Outcome::Selected,
                outcome: locale.name("ballot-outcome", line.outcome.code()).into_owned(),
            };
            marks.extend(proposal.point.map(|point| Mark {
                at: akimat_project::Point { lat_e6: point.lat, lon_e6: point.lon },
                sign: if row.won { Sign::Won } else { Sign::Lost },
                title: format!("№ {} {} ({})", row.number, row.title, row.outcome),
                href: row.href.clone(),
                go: false,
            }));
            rows.push(row);
        }
        // What was chosen is drawn last, so that nothing covers it.
        marks.sort_by_key(|mark| matches!(mark.sign, Sign::Won));
        rows.sort_by_key(|row| (!row.won, row.number));
        let legend = [(true, "ballot-map-won"), (false, "ballot-map-lost")];
        let mut places = Places {
            picture: None,
            credits: Vec::new(),
            legend: legend.map(|(won, key)| (outcome_specimen(won), locale.t(key).into_owned())).into(),
            rows,
        };
        if !marks.is_empty() {
            let words = Words {
                title: locale.t("ballot-map-title").into_owned(),
                label: locale.t("ballot-map-alt").into_owned(),
            };
            let map = small_map(state, locale, (&MapView::around(around(&marks)), &words), &marks).await?;
            (places.picture, places.credits) = (Some(map.picture), map.credits);
        }
        Ok(places)
    }

    fn money(&self, text: &Value) -> String {
        let amount = Money::parse(text.as_str().unwrap_or_default(), MoneyUnit::Tenge);
        self.locale.money(amount.unwrap_or(Money::ZERO), MoneyUnit::Tenge, 0)
    }

    /// An amount that is told exactly and approximately: to whole tenge.
    fn about(&self, value: &Value) -> String {
        let text = value["about"].as_str().unwrap_or_default();
        let whole = text.split('.').next().unwrap_or_default();
        self.money(&Value::from(whole))
    }

    fn download(&self, envelope: &str, kind: &str, key: &str) -> (String, String, String) {
        let name = file::name(&self.setting.process.code, envelope, kind);
        let href = self.visitor.to(&format!("/budgeting/{}/results/{name}", self.setting.process.code));
        (href, self.locale.t(key).into_owned(), name)
    }

    fn envelope(
        &self,
        result: &EnvelopeResult,
        project: &impl Fn(&ResultLine) -> Option<ProjectId>,
    ) -> EnvelopeView {
        let locale = self.locale;
        let left = result.money.checked_sub(result.spent).unwrap_or(Money::ZERO);
        let tenge = |money| locale.money(money, MoneyUnit::Tenge, 0);
        let told = |key: &str| locale.t(key).into_owned();
        let mut stats = vec![
            (told("ballot-result-money"), tenge(result.money)),
            (told("ballot-result-spent"), tenge(result.spent)),
            (told("ballot-result-left"), tenge(left)),
            (told("ballot-result-voters"), locale.count(result.n_voters)),
        ];
        if result.document["answer"].get("share").is_some() {
            stats.push((told("ballot-result-share"), self.about(&result.document["answer"]["share"])));
        }
        let without = result.document["explanation"]["without_winner_pct"].as_str().unwrap_or_default();
        if result.n_voters > 0 {
            stats.push((told("ballot-result-without"), locale.percent(without)));
        }
        let share = result.spent.tiyn().saturating_mul(100).checked_div(result.money.tiyn()).unwrap_or(0);
        let word = |key: &str| result.document[key].as_str().unwrap_or_default().to_owned();
        let left_out = result.document["excluded"].as_array().is_some_and(|all| !all.is_empty());
        EnvelopeView {
            code: result.envelope.clone(),
            title: locale.text(&result.title).0.to_owned(),
            stats,
            percent: share.clamp(0, 100),
            meter: locale.f(
                "ballot-result-meter",
                &[("spent", tenge(result.spent).into()), ("money", tenge(result.money).into())],
            ),
            lines: result.lines.iter().map(|line| self.line(result, line, project(line))).collect(),
            rules: self.rules(result),
            downloads: vec![
                self.download(&result.envelope, "pb", "ballot-file-pb"),
                self.download(
                    &result.envelope,
                    if left_out { "counted_rule" } else { "rule" },
                    "ballot-file-rule",
                ),
                self.download(&result.envelope, "trace", "ballot-file-trace"),
                self.download(&result.envelope, "result", "ballot-file-result"),
                self.download(&result.envelope, "csv", "ballot-file-csv"),
            ],
            hash: result.file_sha256.clone(),
            command: word("command"),
            check: word("check_command"),
        }
    }

    fn line(&self, result: &EnvelopeResult, line: &ResultLine, project: Option<ProjectId>) -> LineView {
        let locale = self.locale;
        let proposal = self.setting.project(line.project);
        let (title, lang) = proposal.map_or(("", None), |proposal| locale.text(&proposal.title));
        let number = proposal.and_then(|proposal| proposal.number).unwrap_or_default();
        LineView {
            number: line.ballot_number,
            title: title.to_owned(),
            lang: lang.map_or("", akimat_core::Lang::code),
            path: self.visitor.to(&format!("/budgeting/{}/proposals/{number}", self.setting.process.code)),
            cost: locale.money(line.cost, MoneyUnit::Tenge, 0),
            votes: self.votes(line),
            won: line.outcome == Outcome::Selected,
            outcome: locale.name("ballot-outcome", line.outcome.code()).into_owned(),
            why: self.why(result, line),
            project: project.map_or_else(String::new, |id| self.visitor.to(&format!("/projects/{id}"))),
        }
    }

    fn votes(&self, line: &ResultLine) -> String {
        let votes = i64::try_from(line.votes).unwrap_or(i64::MAX);
        if line.score == votes {
            return self.locale.f("ballot-votes", &[("n", votes.into())]);
        }
        self.locale.f("ballot-votes-points", &[("n", votes.into()), ("points", line.score.into())])
    }

    /// Why a project won or lost, in sentences.
    fn why(&self, result: &EnvelopeResult, line: &ResultLine) -> Vec<String> {
        let locale = self.locale;
        match line.outcome {
            Outcome::Selected => line.round.iter().map(|round| self.won(round)).collect(),
            Outcome::Excluded => {
                let rival = line.rival.clone().unwrap_or_default();
                vec![locale.f("ballot-why-excluded", &[("number", rival.into())])]
            }
            Outcome::BelowMinimum => {
                let least = self.setting.process.rule.min_votes.unwrap_or(1).max(1);
                vec![locale.f("ballot-why-below", &[("min", i64::from(least).into())])]
            }
            _ if line.votes == 0 => vec![locale.t("ballot-why-nobody").into_owned()],
            _ => line.lost.as_ref().map_or_else(Vec::new, |lost| self.lost(result, lost)),
        }
    }

    fn won(&self, round: &Value) -> String {
        let locale = self.locale;
        let n = round["round"].as_u64().unwrap_or_default();
        let whole = |key: &str| round[key].as_u64().unwrap_or_default();
        if round.get("price").is_some() {
            let args = [
                ("round", n.into()),
                ("full", whole("paid_in_full").into()),
                ("rest", whole("paid_the_rest").into()),
                ("price", self.about(&round["price"]).into()),
                ("from_rest", self.about(&round["from_rest"]).into()),
            ];
            return locale.f(
                if whole("paid_the_rest") > 0 { "ballot-why-paid-rest" } else { "ballot-why-paid" },
                &args,
            );
        }
        let left = self.about(&round["left"]);
        locale.f("ballot-why-bought", &[("round", n.into()), ("left", left.into())])
    }

    fn lost(&self, result: &EnvelopeResult, lost: &Value) -> Vec<String> {
        let locale = self.locale;
        let about = |key: &str| self.about(&lost[key]);
        if lost.get("money").is_none() {
            let args = [("left", about("left").into()), ("short", about("short").into())];
            return vec![locale.f("ballot-why-too-dear", &args)];
        }
        let args = [
            ("money", about("money").into()),
            ("left", about("left").into()),
            ("short", about("short").into()),
        ];
        let mut why = vec![locale.f("ballot-why-not-enough", &args)];
        let mut spent: Vec<(String, String)> = Vec::new();
        for part in lost["spent"].as_array().into_iter().flatten() {
            let amount = part["amount"].as_str().unwrap_or_default().split('.').next().unwrap_or_default();
            spent
                .push((part["on"].as_str().unwrap_or_default().to_owned(), self.money(&Value::from(amount))));
        }
        if !spent.is_empty() {
            let list: Vec<String> =
                spent.iter().take(5).map(|(on, amount)| format!("№ {on}: {amount}")).collect();
            why.push(locale.f("ballot-why-spent-on", &[("list", list.join("; ").into())]));
        }
        let needed = &lost["needed"];
        match (needed["cost_at_most"].as_str(), needed["more_voters"].as_u64()) {
            (Some(cost), Some(voters)) => {
                let cost = self.money(&Value::from(cost));
                why.push(locale.f("ballot-why-needed-both", &[("cost", cost.into()), ("n", voters.into())]));
            }
            (Some(cost), None) => {
                let cost = self.money(&Value::from(cost));
                why.push(locale.f("ballot-why-needed-cost", &[("cost", cost.into())]));
            }
            (None, Some(voters)) => why.push(locale.f("ballot-why-needed-voters", &[("n", voters.into())])),
            (None, None) if result.n_voters > 0 => {
                why.push(locale.t("ballot-why-needed-nothing").into_owned());
            }
            (None, None) => {}
        }
        why
    }

    /// What other rules would have bought with the same ballots.
    fn rules(&self, result: &EnvelopeResult) -> Vec<[String; 4]> {
        let rows = result.document["explanation"]["other_rules"].as_array();
        rows.into_iter()
            .flatten()
            .map(|row| {
                let name = row["rule"].as_str().unwrap_or_default().replace(" + ", "-").replace(' ', "-");
                let percent = row["without_winner_pct"].as_str().unwrap_or_default();
                [
                    self.locale.name("ballot-rule", &name).into_owned(),
                    self.locale.count(row["n_winners"].as_u64().unwrap_or_default()),
                    self.money(&row["total_cost"]),
                    self.locale.percent(percent),
                ]
            })
            .collect()
    }
}

/// A published file.
///
/// # Errors
/// 404 for other names, and before the result is published; the ballots themselves are there from their closing on.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, asked)): Path<(String, String, String)>,
) -> Answer {
    let setting = setting(&state, &code).await?;
    let process = &setting.process;
    let found = state.app.read().find_ballot_box(process.id).await?.ok_or_else(Failure::not_found)?;
    for envelope in std::iter::once("").chain(process.envelopes.iter().map(|one| one.code.as_str())) {
        if asked == file::name(&process.code, envelope, "csv") && found.state == BoxState::Published {
            let table =
                csv(visitor.locale(), &state.app.ballot_results(&setting).await?, (&setting, envelope));
            return download::table(asked.trim_end_matches(".csv"), "csv", &table);
        }
        for (kind, _) in file::KINDS {
            let early = matches!(kind, "pb" | "rule");
            let open = found.state == BoxState::Published || (early && found.state >= BoxState::Cut);
            if open && asked == file::name(&process.code, envelope, kind) {
                let body = state.app.read().find_ballot_file(process.id, envelope, kind).await?;
                let body = body.ok_or_else(Failure::not_found)?.body;
                let mime = match kind {
                    "rule" | "counted_rule" | "result" | "turnout" => "application/json",
                    "trace" => "application/jsonl",
                    _ => "text/plain; charset=utf-8",
                };
                return Ok(download::file(&asked, mime, body));
            }
        }
    }
    Err(Failure::not_found())
}

/// The result of an envelope as a table.
fn csv(locale: &Locale, results: &[EnvelopeResult], (setting, envelope): (&Setting, &str)) -> Table {
    let keys = ["number", "title", "cost", "votes", "score", "outcome"];
    let lines = results.iter().filter(|one| one.envelope == envelope).flat_map(|one| &one.lines);
    let row = |line: &ResultLine| {
        let title = setting.project(line.project).map_or("", |project| locale.text(&project.title).0);
        vec![
            Cell::Number(line.ballot_number.to_string()),
            Cell::Text(title.to_owned()),
            Cell::Number(line.cost.to_decimal(MoneyUnit::Tenge, 0)),
            Cell::Number(line.votes.to_string()),
            Cell::Number(line.score.to_string()),
            Cell::Text(locale.name("ballot-outcome", line.outcome.code()).into_owned()),
        ]
    };
    Table {
        title: envelope.to_owned(),
        headers: keys.map(|key| locale.name("ballot-csv", key).into_owned()).into(),
        rows: lines.map(row).collect(),
    }
}
