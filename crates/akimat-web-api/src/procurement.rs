//! Contracting across projects: counts and sums, what comes, promises against limits, what deserves a second look.

use crate::asked::Asked;
use crate::contract::{FlagBody, flag_body};
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{CURRENCY, Links, Reply, amount, amount_opt, links, resource, words};
use akimat_app::contract::{limits, published, rules};
use akimat_app::pipeline::{PipelineFilter, PipelineRow};
use akimat_core::{KatoCode, ProjectId, Text};
use akimat_procurement::flag::{CODES, Flag, Outcome, flags_of_all};
use akimat_procurement::obligation::{Limit, Year};
use akimat_procurement::tally::{Dimension, Known, Row, Stage, tally, total, year};
use akimat_procurement::{Category, Process};
use akimat_project::Sector;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Processes with raised flags in one answer at most; a narrower territory or a rule shows the others.
const FLAGGED_MAX: usize = 500;

const PLACE: Parameter = Parameter::new("place", Kind::Place, "In this territory or below it.");
const CODE: Parameter = Parameter::new("code", Kind::Place, "Code of the KATO classifier.").required();
const KIND: Parameter =
    Parameter::new("kind", Kind::OneOf(kinds, None), "Ordinary procurement or partnerships; both otherwise.");

/// `/api/v1/procurement`.
pub const TABLE: Endpoint = Endpoint {
    path: "/api/v1/procurement",
    id: "getProcurement",
    tag: "procurement",
    summary: "Contracting processes counted and added up by one dimension, with competition and small firms, and the \
              published national figures about partnerships as a check. Amounts are tenge",
    parameters: &[
        PLACE,
        Parameter::new("by", Kind::OneOf(dimensions, Some("sector")), "What the table is divided by."),
        KIND,
        Parameter::new(
            "year",
            YEAR,
            "Of this year: of the contract, or of the announcement, or of the plan.",
        ),
    ],
    body: Body::Resource("Procurement", include_str!("example/procurement.json")),
    problems: &[],
};

/// `/api/v1/pipeline`.
pub const PIPELINE: Endpoint = Endpoint {
    path: "/api/v1/pipeline",
    id: "getPipeline",
    tag: "procurement",
    summary: "Planned and running tenders, those that take bids first, and where all processes stand. Amounts are tenge",
    parameters: &[
        PLACE,
        Parameter::new("stage", Kind::OneOf(coming, None), "Planned, or taking bids."),
        Parameter::new("sector", Kind::OneOf(sectors, None), "Of this sector."),
        Parameter::new("category", Kind::OneOf(categories, None), "What is bought."),
        KIND,
    ],
    body: Body::Resource("Pipeline", include_str!("example/pipeline.json")),
    problems: &[],
};

/// `/api/v1/places/{code}/obligations`.
pub const OBLIGATIONS: Endpoint = Endpoint {
    path: "/api/v1/places/{code}/obligations",
    id: "getPartnershipObligations",
    tag: "procurement",
    summary: "What a territory and those below it have promised to pay under partnerships, by year, beside its limits \
              with their basis. A limit that is not known is null, not zero. Amounts are tenge",
    parameters: &[CODE],
    body: Body::Resource("PartnershipObligations", include_str!("example/obligations.json")),
    problems: &[],
};

/// `/api/v1/places/{code}/red-flags`.
pub const FLAGS: Endpoint = Endpoint {
    path: "/api/v1/places/{code}/red-flags",
    id: "getRedFlags",
    tag: "procurement",
    summary: "The rules of red flags with their numbers, sources and counts, and the contracting processes of a \
              territory that they are raised for (500 at most). A flag is a reason to look again, never a verdict",
    parameters: &[CODE, Parameter::new("rule", Kind::OneOf(rule_codes, None), "Raised by this rule.")],
    body: Body::Resource("RedFlags", include_str!("example/red_flags.json")),
    problems: &[],
};

fn kinds() -> Vec<&'static str> {
    vec!["procurement", "ppp"]
}

fn dimensions() -> Vec<&'static str> {
    Dimension::ALL.map(Dimension::code).to_vec()
}

fn coming() -> Vec<&'static str> {
    [Stage::Planned, Stage::Tender].map(Stage::code).to_vec()
}

fn sectors() -> Vec<&'static str> {
    Sector::ALL.iter().map(|sector| sector.code()).collect()
}

fn categories() -> Vec<&'static str> {
    Category::ALL.iter().map(|category| category.code()).collect()
}

fn rule_codes() -> Vec<&'static str> {
    CODES.to_vec()
}

fn wanted_ppp(asked: &Asked) -> Option<bool> {
    asked.text("kind").map(|kind| kind == "ppp")
}

#[derive(Serialize)]
struct TableBody {
    place: Option<KatoCode>,
    by: &'static str,
    currency: &'static str,
    rows: Vec<RowBody>,
    total: RowBody,
    cut: bool,
    published: Vec<PublishedBody>,
    links: Links,
}

#[derive(Serialize)]
struct RowBody {
    key: String,
    n_processes: usize,
    n_contracts: usize,
    contracted: Option<String>,
    paid: Option<String>,
    n_competitions: usize,
    n_bids: usize,
    n_single_bidder: usize,
    n_amendments: usize,
    n_suppliers_of_known_size: usize,
    n_small_suppliers: usize,
}

#[derive(Serialize)]
struct PublishedBody {
    figure: String,
    name: Text,
    as_of: Date,
    n: Option<u64>,
    sum: Option<String>,
    rounded: bool,
    sources: Vec<String>,
}

fn row(row: Row) -> RowBody {
    RowBody {
        key: row.key,
        n_processes: row.n,
        n_contracts: row.n_contracts,
        contracted: amount_opt(row.contracted),
        paid: amount_opt(row.paid),
        n_competitions: row.n_bidding,
        n_bids: row.n_bids,
        n_single_bidder: row.n_single,
        n_amendments: row.n_amendments,
        n_suppliers_of_known_size: row.n_size_known,
        n_small_suppliers: row.n_small,
    }
}

/// The table.
///
/// # Errors
/// When the database fails.
pub async fn table(State(state): State<WebState>, asked: Asked) -> Reply {
    let place = asked.place("place");
    let by = asked.text("by").and_then(Dimension::parse).unwrap_or(Dimension::Sector);
    let market = state.app.market(place).await.map_err(Failure::from)?;
    let (ppp, wanted): (_, Option<i16>) = (wanted_ppp(&asked), asked.get("year"));
    let chosen: Vec<Known<'_>> = market
        .known()
        .into_iter()
        .map(|(_, known)| known)
        .filter(|known| ppp.is_none_or(|ppp| known.process.is_ppp() == ppp))
        .filter(|known| wanted.is_none_or(|wanted| year(known.process) == Some(wanted)))
        .collect();
    let body = TableBody {
        place,
        by: by.code(),
        currency: CURRENCY,
        rows: tally(&chosen, by, state.app.today()).into_iter().map(row).collect(),
        total: row(total(&chosen)),
        cut: market.cut,
        published: published()
            .figures
            .iter()
            .map(|figure| PublishedBody {
                figure: figure.code.clone(),
                name: words(&format!("published-figure-{}", figure.code)),
                as_of: figure.as_of,
                n: figure.n,
                sum: figure.sum_tenge.clone(),
                rounded: figure.rounded,
                sources: figure.sources.clone(),
            })
            .collect(),
        links: links("/api/v1/procurement".to_owned(), "/procurement"),
    };
    resource(&asked.headers, &body)
}

#[derive(Serialize)]
struct PipelineBody {
    items: Vec<ChanceBody>,
    stages: Vec<StageBody>,
    cut: bool,
    links: Links,
}

#[derive(Serialize)]
struct StageBody {
    stage: &'static str,
    n_processes: usize,
}

#[derive(Serialize)]
struct ChanceBody {
    project: ProjectId,
    number: String,
    place: KatoCode,
    sector: &'static str,
    process: Option<Uuid>,
    title: Text,
    stage: &'static str,
    category: Option<&'static str>,
    method: Option<&'static str>,
    ppp: bool,
    opens_on: Option<Date>,
    expected: bool,
    late: bool,
    closes_on: Option<Date>,
    days_left: Option<i32>,
    estimate: Option<String>,
    words: String,
    n_risks: usize,
    invented: bool,
}

fn chance(row: PipelineRow) -> ChanceBody {
    ChanceBody {
        project: row.project,
        number: row.number,
        place: row.place,
        sector: row.sector.code(),
        process: row.section,
        title: row.title,
        stage: row.chance.stage.code(),
        category: row.category.map(Category::code),
        method: row.method.map(akimat_procurement::Method::code),
        ppp: row.ppp,
        opens_on: row.chance.opens_on,
        expected: row.chance.expected,
        late: row.chance.late,
        closes_on: row.chance.closes_on,
        days_left: row.chance.days_left,
        estimate: amount_opt(row.chance.estimate),
        words: row.words,
        n_risks: row.n_risks,
        invented: row.invented,
    }
}

/// What comes.
///
/// # Errors
/// When the database fails.
pub async fn pipeline(State(state): State<WebState>, asked: Asked) -> Reply {
    let filter = PipelineFilter {
        place: asked.place("place"),
        sector: asked.text("sector").and_then(Sector::parse),
        stage: asked.text("stage").and_then(Stage::parse),
        category: asked.text("category").and_then(Category::parse),
        ppp: wanted_ppp(&asked),
        ..PipelineFilter::default()
    };
    let found = state.app.pipeline(&filter).await.map_err(Failure::from)?;
    let stage =
        |(stage, n_processes): &(Stage, usize)| StageBody { stage: stage.code(), n_processes: *n_processes };
    let body = PipelineBody {
        stages: found.funnel.iter().map(stage).collect(),
        items: found.rows.into_iter().map(chance).collect(),
        cut: found.cut,
        links: links("/api/v1/pipeline".to_owned(), "/pipeline"),
    };
    resource(&asked.headers, &body)
}

#[derive(Serialize)]
struct ObligationsBody {
    place: KatoCode,
    years: Vec<YearBody>,
    limits: Vec<LimitBody>,
    act: ActBody,
    links: Links,
}

#[derive(Serialize)]
struct YearBody {
    year: i16,
    due: String,
    by_kind: BTreeMap<&'static str, String>,
    limit: Option<String>,
    over: Option<String>,
}

#[derive(Serialize)]
struct LimitBody {
    year: i16,
    amount: String,
    basis: String,
    source: String,
    valid_from: Date,
    valid_to: Option<Date>,
    verified: bool,
    invented: bool,
}

#[derive(Serialize)]
struct ActBody {
    title: String,
    url: String,
    verified: bool,
}

fn year_body(year: &Year) -> YearBody {
    YearBody {
        year: year.year,
        due: amount(year.due),
        by_kind: year.by_kind.iter().map(|(kind, sum)| (kind.code(), amount(*sum))).collect(),
        limit: amount_opt(year.limit),
        over: amount_opt(year.over),
    }
}

fn limit_body(limit: &Limit) -> LimitBody {
    LimitBody {
        year: limit.year,
        amount: amount(limit.amount),
        basis: limit.basis.clone(),
        source: limit.source.clone(),
        valid_from: limit.valid_from,
        valid_to: limit.valid_to,
        verified: limit.verified,
        invented: limit.invented,
    }
}

/// Promises by year.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn obligations(State(state): State<WebState>, asked: Asked) -> Reply {
    let code: KatoCode = asked.required("code")?;
    state.app.read().find_place(code, state.app.today()).await?.ok_or_else(Failure::not_found)?;
    let market = state.app.market(Some(code)).await.map_err(Failure::from)?;
    let years = state.app.obligations(code, &market).map_err(Failure::from)?;
    let (own, act) = (code.to_string(), &limits().act);
    let body = ObligationsBody {
        place: code,
        years: years.iter().map(year_body).collect(),
        limits: limits().limits.iter().filter(|limit| limit.place == own).map(limit_body).collect(),
        act: ActBody { title: act.title.clone(), url: act.url.clone(), verified: act.verified },
        links: links(format!("/api/v1/places/{code}/obligations"), &format!("/places/{code}/obligations")),
    };
    resource(&asked.headers, &body)
}

#[derive(Serialize)]
struct FlagsBody {
    place: KatoCode,
    n_processes: usize,
    n_raised: usize,
    rules: Vec<RuleBody>,
    items: Vec<ItemBody>,
    cut: bool,
    links: Links,
}

#[derive(Serialize)]
struct RuleBody {
    rule: &'static str,
    name: Text,
    innocent: Text,
    numbers: BTreeMap<String, i64>,
    basis: String,
    sources: Vec<SourceBody>,
    valid_from: Date,
    verified: bool,
    n_raised: usize,
    n_clear: usize,
    n_unknown: usize,
}

#[derive(Serialize)]
struct SourceBody {
    title: String,
    url: String,
}

#[derive(Serialize)]
struct ItemBody {
    project: ProjectId,
    process: Uuid,
    title: Text,
    flags: Vec<FlagBody>,
}

fn rule(code: &'static str, judged: &[Vec<Flag>], today: Date) -> Option<RuleBody> {
    let rule = rules().at(code, today)?;
    let count = |outcome: Outcome| {
        judged.iter().flatten().filter(|flag| flag.code == code && flag.outcome == outcome).count()
    };
    let source = |code: &String| {
        let source = rules().source(code)?;
        Some(SourceBody { title: source.title.clone(), url: source.url.clone() })
    };
    Some(RuleBody {
        rule: code,
        name: words(&format!("flag-name-{code}")),
        innocent: words(&format!("flag-why-{code}")),
        numbers: rule.numbers.clone(),
        basis: rule.basis.clone(),
        sources: rule.sources.iter().filter_map(source).collect(),
        valid_from: rule.valid_from,
        verified: rule.verified,
        n_raised: count(Outcome::Raised),
        n_clear: count(Outcome::Clear),
        n_unknown: count(Outcome::Unknown),
    })
}

/// What deserves a second look.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn red_flags(State(state): State<WebState>, asked: Asked) -> Reply {
    let code: KatoCode = asked.required("code")?;
    let today = state.app.today();
    state.app.read().find_place(code, today).await?.ok_or_else(Failure::not_found)?;
    let market = state.app.market(Some(code)).await.map_err(Failure::from)?;
    let processes: Vec<&Process> = market.held.iter().map(|held| &held.process).collect();
    let judged = flags_of_all(&processes, rules(), today);
    let wanted = asked.text("rule");
    let mut items = Vec::new();
    for (held, flags) in market.held.iter().zip(&judged) {
        let raised: Vec<&Flag> = flags.iter().filter(|flag| flag.outcome == Outcome::Raised).collect();
        if raised.iter().any(|flag| wanted.is_none_or(|wanted| flag.code == wanted)) {
            items.push(ItemBody {
                project: held.section.project,
                process: held.section.id,
                title: held.process.title.clone(),
                flags: raised.into_iter().map(flag_body).collect(),
            });
        }
    }
    let n_raised = items.len();
    items.truncate(FLAGGED_MAX);
    let body = FlagsBody {
        place: code,
        n_processes: judged.len(),
        n_raised,
        rules: CODES.iter().filter_map(|code| rule(code, &judged, today)).collect(),
        cut: market.cut || n_raised > items.len(),
        items,
        links: links(format!("/api/v1/places/{code}/red-flags"), &format!("/places/{code}/red-flags")),
    };
    resource(&asked.headers, &body)
}
