//! `/disclosure`: what units are obliged to publish, what is there, what is missing or late; and the
//! officers' form to note a publication.

use akimat_app::publication::{Disclosure, PublicationDraft, obligation_notes, obligations};
use akimat_app::{AppError, Permission, permission};
use akimat_budget::disclosure::{Duty, Standing};
use akimat_core::{Frequency, KatoCode, Period};
use akimat_i18n::Locale;
use akimat_storage::publication::Publication;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::collections::{BTreeMap, BTreeSet};

/// Duties on one page.
const LIMIT: usize = 40;
/// Territories that the filter offers.
const PLACES_MAX: usize = 80;
/// The choice of a filter that leaves nothing out.
const ANY: &str = "all";
/// What may be asked for; the first is shown when nothing is.
const STANDINGS: [&str; 8] =
    ["overdue", "missing", "late", "on_time", "published", "not_yet_due", "unknown", "all"];

#[derive(Template)]
#[template(path = "public/disclosure/list.html")]
struct ListPage {
    page: Page,
    form: kit::Form,
    places: Vec<(String, String)>,
    years: Vec<(String, String)>,
    standings: Vec<(String, String)>,
    obligations: Vec<(String, String)>,
    stats: Vec<(String, String)>,
    found: String,
    items: Vec<DutyView>,
    previous: String,
    next: String,
    law: Vec<LawView>,
    notes: [&'static str; 2],
    may_note: bool,
    json: String,
}

struct LawView {
    name: String,
    basis: String,
    term: String,
    unverified: bool,
    levels: String,
}

struct DutyView {
    place: String,
    place_path: String,
    name: String,
    period: String,
    due: String,
    published: String,
    address: String,
    verdict: &'static str,
    standing: String,
    invented: bool,
    note_path: String,
}

#[derive(Template)]
#[template(path = "public/disclosure/note.html")]
struct NotePage {
    page: Page,
    form: kit::Form,
    obligations: Vec<(String, String)>,
    parts: Vec<(String, String)>,
    action: String,
}

struct Asked {
    place: Option<KatoCode>,
    year: Option<i16>,
    standing: String,
    obligation: String,
    from: usize,
}

fn read(query: &str) -> Asked {
    let form = Form::parse(query.as_bytes());
    let standing = form.get("standing");
    let known = STANDINGS.contains(&standing);
    let code = form.get("obligation");
    Asked {
        place: form.get("place").parse().ok(),
        year: form.get("year").parse().ok(),
        standing: if known { standing } else { "overdue" }.to_owned(),
        obligation: if obligations().iter().any(|own| own.code == code) { code } else { "" }.to_owned(),
        from: form.get("from").parse().unwrap_or(0),
    }
}

impl Asked {
    fn fits(&self, duty: &Duty) -> bool {
        let standing = match self.standing.as_str() {
            "all" => true,
            "overdue" => matches!(duty.standing, Standing::Missing(_) | Standing::Late(_)),
            other => duty.standing.code() == other,
        };
        let code = obligations().get(duty.obligation).map_or("", |own| own.code.as_str());
        standing && (self.obligation.is_empty() || self.obligation == code)
    }

    fn query(&self, year: i16, from: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if let Some(place) = self.place {
            pairs.append_pair("place", &place.to_string());
        }
        pairs.append_pair("year", &year.to_string()).append_pair("standing", &self.standing);
        if !self.obligation.is_empty() {
            pairs.append_pair("obligation", &self.obligation);
        }
        if from > 0 {
            pairs.append_pair("from", &from.to_string());
        }
        pairs.finish()
    }
}

/// The list: the longest overdue first.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = read(&query.unwrap_or_default());
    let locale = visitor.locale();
    let all = state.app.disclosure(asked.place, asked.year).await?;
    let mut fitting: Vec<&Duty> = all.duties.iter().filter(|duty| asked.fits(duty)).collect();
    fitting.sort_by_key(|duty| {
        let days = duty.standing.days().unwrap_or(0);
        (std::mem::discriminant(&duty.standing) != std::mem::discriminant(&Standing::Missing(0)), -days)
    });
    let from = asked.from.min(fitting.len().saturating_sub(1)) / LIMIT * LIMIT;
    let shown: Vec<&Duty> = fitting.iter().skip(from).take(LIMIT).copied().collect();
    let mut codes: BTreeSet<KatoCode> = all.duties.iter().map(|duty| duty.unit.place).collect();
    if codes.len() > PLACES_MAX {
        codes = codes.into_iter().map(KatoCode::region).collect();
    }
    codes.extend(asked.place);
    let mut named: Vec<KatoCode> = shown.iter().map(|duty| duty.unit.place).collect();
    named.extend(codes.iter().copied());
    let names = place_names(&state, locale, named).await?;
    let may = permission::check(visitor.actor(), Permission::Analyse, None).is_ok();
    let mut places: Vec<(String, String)> = names
        .iter()
        .filter(|(code, _)| codes.contains(code))
        .map(|(code, name)| (code.to_string(), name.clone()))
        .collect();
    places.sort_by(|a, b| locale.compare(&a.1, &b.1));
    places.insert(0, (ANY.to_owned(), locale.t("findings-everywhere").into_owned()));
    let link = |from: usize| visitor.to(&format!("/disclosure?{}", asked.query(all.year, from)));
    let until = from + shown.len();
    let form = kit::Form::new()
        .with("place", asked.place.map_or_else(|| ANY.to_owned(), |place| place.to_string()))
        .with("year", all.year.to_string())
        .with("standing", asked.standing.as_str())
        .with("obligation", if asked.obligation.is_empty() { ANY } else { &asked.obligation });
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("disclosure-title"), Some(MenuItem::Analysis))
            .description(locale.t("disclosure-lead"))
            .invented(shown.iter().any(|duty| all.invented.contains(&duty.unit.place))),
        form,
        places,
        years: all.years.iter().rev().map(|year| (year.to_string(), year.to_string())).collect(),
        standings: STANDINGS
            .iter()
            .map(|code| ((*code).to_owned(), locale.name("disclosure-standing", code).into_owned()))
            .collect(),
        obligations: std::iter::once((ANY.to_owned(), locale.t("findings-any").into_owned()))
            .chain(obligation_options(locale))
            .collect(),
        stats: stats(locale, &all),
        found: locale.f("disclosure-found", &[("n", fitting.len().into())]),
        items: shown.iter().map(|duty| duty_view(&visitor, duty, &all, &names)).collect(),
        previous: if from > 0 { link(from - LIMIT) } else { String::new() },
        next: if until < fitting.len() { link(until) } else { String::new() },
        law: obligations().iter().map(|own| law_view(locale, own)).collect(),
        notes: obligation_notes(),
        may_note: may,
        json: format!("/api/v1/disclosure?year={}", all.year),
    })
}

fn obligation_options(locale: &Locale) -> Vec<(String, String)> {
    obligations().iter().map(|own| (own.code.clone(), own.name.get(locale.lang()).to_owned())).collect()
}

fn law_view(locale: &Locale, own: &akimat_budget::disclosure::Obligation) -> LawView {
    use akimat_budget::disclosure::Deadline;
    let term = match own.deadline {
        Deadline::WorkingDaysAfterAdoption(n) => locale.f("disclosure-term-adoption", &[("n", n.into())]),
        Deadline::DaysAfterPeriod(n) => locale.f("disclosure-term-period", &[("n", n.into())]),
        Deadline::On { year, month, day } => {
            let key = match year {
                1.. => "disclosure-term-next",
                0 => "disclosure-term-same",
                _ => "disclosure-term-before",
            };
            let date = format!("{day:02}.{month:02}");
            locale.f(key, &[("date", date.as_str().into())])
        }
    };
    let levels: Vec<String> =
        own.levels.iter().map(|level| locale.name("budget-level", &level.to_string()).into_owned()).collect();
    LawView {
        name: own.name.get(locale.lang()).to_owned(),
        basis: own.basis.clone(),
        term,
        unverified: !own.term_verified || !own.basis_verified,
        levels: levels.join("; "),
    }
}

fn stats(locale: &Locale, all: &Disclosure) -> Vec<(String, String)> {
    let n = |code: &str| all.duties.iter().filter(|duty| duty.standing.code() == code).count();
    ["missing", "late", "on_time", "published", "not_yet_due", "unknown"]
        .into_iter()
        .map(|code| {
            let name = locale.name("disclosure-standing", code).into_owned();
            (name, locale.count(u64::try_from(n(code)).unwrap_or(u64::MAX)))
        })
        .collect()
}

fn period(locale: &Locale, year: i16, part: u8) -> String {
    let period = Period::new(year, part, Frequency::Monthly).filter(|_| part > 0);
    period.map_or_else(|| year.to_string(), |period| locale.period(period))
}

fn duty_view(
    visitor: &Visitor,
    duty: &Duty,
    all: &Disclosure,
    names: &BTreeMap<KatoCode, String>,
) -> DutyView {
    let locale = visitor.locale();
    let place = duty.unit.place;
    let own = obligations().get(duty.obligation);
    let code = own.map_or("", |own| own.code.as_str());
    let none = || locale.t("no-data-short").into_owned();
    let note: Option<&Publication> = all.notes.get(&(place, code.to_owned(), duty.part));
    let days = duty.standing.days().unwrap_or(0);
    let standing = match duty.standing {
        Standing::Missing(_) => locale.f("disclosure-missing-days", &[("n", days.into())]),
        Standing::Late(_) => locale.f("disclosure-late-days", &[("n", days.into())]),
        other => locale.name("disclosure-standing", other.code()).into_owned(),
    };
    let may = permission::check(visitor.actor(), Permission::Analyse, Some(place)).is_ok();
    let held = || all.held.get(&place).filter(|_| duty.standing == Standing::Published).cloned();
    let noted = note.filter(|note| note.published_on.is_some()).map(|note| note.address.clone());
    let address = noted.or_else(held);
    DutyView {
        place: names.get(&place).cloned().unwrap_or_else(|| place.to_string()),
        place_path: frame::place_path(place),
        name: own.map_or_else(none, |own| own.name.get(locale.lang()).to_owned()),
        period: period(locale, duty.unit.year, duty.part),
        due: duty.due.map_or_else(|| locale.t("disclosure-due-unknown").into_owned(), |due| locale.date(due)),
        published: match duty.published {
            Some(on) => locale.date(on),
            None if address.is_some() => locale.t("disclosure-day-unknown").into_owned(),
            None => none(),
        },
        address: address.unwrap_or_default(),
        verdict: match duty.standing {
            Standing::Missing(_) => "error",
            Standing::Late(_) => "warning",
            Standing::OnTime | Standing::Published => "ok",
            Standing::NotYetDue | Standing::Unknown => "unknown",
        },
        standing,
        invented: all.invented.contains(&place),
        note_path: if may {
            format!(
                "/disclosure/note?place={place}&obligation={code}&year={}&part={}",
                duty.unit.year, duty.part
            )
        } else {
            String::new()
        },
    }
}

/// The officers' form, filled from the address.
///
/// # Errors
/// When the template fails.
pub async fn note_form(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = ["place", "obligation", "year", "part"]
        .into_iter()
        .fold(kit::Form::new(), |form, name| form.with(name, asked.get(name)));
    frame::render(&note_page(&visitor, form))
}

fn note_page(visitor: &Visitor, form: kit::Form) -> NotePage {
    let locale = visitor.locale();
    let mut parts = vec![("0".to_owned(), locale.t("disclosure-part-year").into_owned())];
    parts.extend(
        (1..=12_u8).map(|month| (month.to_string(), locale.name("month", &month.to_string()).into_owned())),
    );
    NotePage {
        page: frame::page(visitor, locale.t("disclosure-note-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        obligations: obligation_options(locale),
        parts,
        action: visitor.to("/disclosure/note"),
    }
}

/// Notes a publication, or takes a note back when no date is given.
///
/// # Errors
/// 403 outside the officer's territory.
pub async fn note(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let fields = ["place", "obligation", "year", "part", "published_on", "address", "remark"];
    let mut again = fields.into_iter().fold(kit::Form::new(), |again, name| again.with(name, form.get(name)));
    let locale = visitor.locale();
    let draft = match draft(&form) {
        Ok(draft) => draft,
        Err(field) => {
            again.fail(field, locale.t("field-required"));
            return frame::render_invalid(&note_page(&visitor, again));
        }
    };
    let (place, year) = (draft.place, draft.year);
    match state.app.note_publication(visitor.actor(), draft).await {
        Ok(_) => {
            let path = format!("/disclosure?place={place}&year={year}&standing=all");
            Ok(frame::redirect(&visitor, &path, "saved"))
        }
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&note_page(&visitor, again))
        }
        Err(error) => Err(error.into()),
    }
}

fn draft(form: &Form) -> Result<PublicationDraft, &'static str> {
    let date = form.get("published_on");
    Ok(PublicationDraft {
        place: form.get("place").parse().map_err(|_| "place")?,
        obligation: form.get("obligation").to_owned(),
        year: form.get("year").parse().ok().filter(|year| (1991..=2100).contains(year)).ok_or("year")?,
        part: form.get("part").parse().ok().filter(|part| *part <= 12).ok_or("part")?,
        published_on: if date.is_empty() { None } else { Some(date.parse().map_err(|_| "published_on")?) },
        address: form.get("address").to_owned(),
        remark: form.get("remark").to_owned(),
    })
}
