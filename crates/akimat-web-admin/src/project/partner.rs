//! A manager says with whom a project is shared, who pays which part, and which grants pay for it.

use super::fill::exact;
use super::team::{day, find, note};
use super::{again, shape, told};
use akimat_app::project::people::KeptOne;
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_project::partner::{Grant, Partner, PartnerKind, Partnership, ROWS_MAX};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::view::people::percent_text;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

const LISTS: [(&str, &[&str]); 2] = [
    ("partner", &["id", "kind", "place", "name", "duty", "share"]),
    ("grant", &["id", "donor", "agreement", "signed", "until", "currency", "amount", "tenge"]),
];

#[derive(Template)]
#[template(path = "admin/project_partner.html")]
struct PartnerPage {
    page: Page,
    form: kit::Form,
    title: String,
    back: String,
    action: String,
    version: u32,
    kinds: Vec<(String, String)>,
    partners: Vec<usize>,
    grants: Vec<usize>,
    clash: Option<Clash>,
}

/// What the page shows beside the form.
struct Sheet<'a> {
    project: &'a Project,
    form: kit::Form,
    sent: &'a Form,
    version: u32,
    /// Partners and grants that are there.
    there: (usize, usize),
}

fn page(visitor: &Visitor, sheet: Sheet<'_>) -> PartnerPage {
    let locale = visitor.locale();
    let Sheet { project, form, sent, version, there } = sheet;
    let rows = |list: &str, there: usize| (0..shape::shown(sent, list, there).min(ROWS_MAX)).collect();
    PartnerPage {
        page: frame::page(visitor, locale.t("partner-edit-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(project.invented)
            .errors(!form.is_clean()),
        title: project.title.get(visitor.lang).to_owned(),
        back: format!("/projects/{}", project.id),
        action: visitor.to(&format!("/admin/projects/{}/partners", project.id)),
        version,
        kinds: PartnerKind::ALL
            .iter()
            .map(|kind| (kind.code().to_owned(), locale.name("partner-kind", kind.code()).into_owned()))
            .collect(),
        partners: rows("partner", there.0),
        grants: rows("grant", there.1),
        clash: None,
        form,
    }
}

fn filled(partnership: &Partnership) -> kit::Form {
    let share = |share: Option<u32>| share.map_or_else(String::new, percent_text);
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |date| date.to_string());
    let mut form = kit::Form::new().with("own_share", share(partnership.own_share_bp));
    for (at, partner) in partnership.partners.iter().enumerate() {
        form = form
            .with(&format!("partner_id_{at}"), partner.id.clone())
            .with(&format!("partner_kind_{at}"), partner.kind.code())
            .with(&format!("partner_place_{at}"), partner.place.map_or_else(String::new, |p| p.to_string()))
            .with(&format!("partner_name_{at}"), partner.name.clone())
            .with(&format!("partner_duty_{at}"), partner.duty.clone())
            .with(&format!("partner_share_{at}"), share(partner.share_bp));
    }
    for (at, grant) in partnership.grants.iter().enumerate() {
        form = form
            .with(&format!("grant_id_{at}"), grant.id.clone())
            .with(&format!("grant_donor_{at}"), grant.donor.clone())
            .with(&format!("grant_agreement_{at}"), grant.agreement.clone())
            .with(&format!("grant_signed_{at}"), date(grant.signed_on))
            .with(&format!("grant_until_{at}"), date(grant.until))
            .with(&format!("grant_currency_{at}"), grant.currency.clone())
            .with(&format!("grant_amount_{at}"), grant.amount.clone().unwrap_or_default())
            .with(&format!("grant_tenge_{at}"), grant.tenge.map_or_else(String::new, exact));
    }
    form
}

/// The form being read.
struct Reader<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    faults: Vec<(String, String)>,
}

impl Reader<'_> {
    fn get(&self, list: &str, part: &str, at: usize) -> String {
        self.sent.get(&format!("{list}_{part}_{at}")).to_owned()
    }

    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.locale.t(key).into_owned()));
    }

    /// Hundredths of a per cent.
    fn share(&mut self, field: &str) -> Option<u32> {
        let text = self.sent.get(field);
        let share = parse_percent(text);
        if share.is_none() && !text.is_empty() {
            self.fail(field, "partner-share-wrong");
        }
        share
    }

    fn partner(&mut self, at: usize) -> Option<Partner> {
        let (place, name, duty) = (
            self.get("partner", "place", at),
            self.get("partner", "name", at),
            self.get("partner", "duty", at),
        );
        let share_bp = self.share(&format!("partner_share_{at}"));
        let kind = self.get("partner", "kind", at);
        if place.is_empty() && name.is_empty() && duty.is_empty() && share_bp.is_none() && kind.is_empty() {
            return None;
        }
        let code = place.parse().ok();
        if !place.is_empty() && code.is_none() {
            let text = self.locale.f("field-place-unknown", &[("code", place.as_str().into())]);
            self.faults.push((format!("partner_place_{at}"), text));
        }
        let kind = PartnerKind::parse(&kind).unwrap_or_else(|| {
            self.fail(&format!("partner_kind_{at}"), "field-choose-from-list");
            PartnerKind::Organisation
        });
        let id = self.get("partner", "id", at).chars().take(60).collect();
        let place = code.filter(|_| kind == PartnerKind::Territory);
        Some(Partner { id, kind, place, name, duty, share_bp })
    }

    fn grant(&mut self, at: usize) -> Option<Grant> {
        let (donor, agreement) = (self.get("grant", "donor", at), self.get("grant", "agreement", at));
        let amount = self.get("grant", "amount", at).replace(',', ".").replace(char::is_whitespace, "");
        let tenge = self.get("grant", "tenge", at);
        let source = (self.locale, self.sent);
        let signed_on = day(source, &format!("grant_signed_{at}"), &mut self.faults);
        let until = day(source, &format!("grant_until_{at}"), &mut self.faults);
        let said = [&donor, &agreement, &amount, &tenge].iter().any(|text| !text.is_empty());
        if !said && signed_on.or(until).is_none() {
            return None;
        }
        let money = Money::parse(&tenge, MoneyUnit::ThousandTenge).ok();
        if !tenge.is_empty() && money.is_none() {
            self.fail(&format!("grant_tenge_{at}"), "field-not-an-amount");
        }
        Some(Grant {
            id: self.get("grant", "id", at).chars().take(60).collect(),
            donor: donor.chars().take(300).collect(),
            agreement: agreement.chars().take(100).collect(),
            signed_on,
            until,
            currency: self.get("grant", "currency", at).to_uppercase(),
            amount: Some(amount).filter(|amount| !amount.is_empty()),
            tenge: money,
        })
    }
}

/// A percentage with at most two decimals, up to a hundred, in hundredths of a per cent.
fn parse_percent(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole, 3) || !digits(fraction, 2) {
        return None;
    }
    let share = whole.parse::<u32>().ok()? * 100 + format!("{fraction:0<2}").parse::<u32>().ok()?;
    (share <= 10_000).then_some(share)
}

fn read(locale: &Locale, sent: &Form) -> (Partnership, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, faults: Vec::new() };
    let partnership = Partnership {
        own_share_bp: reader.share("own_share"),
        partners: (0..ROWS_MAX).filter_map(|at| reader.partner(at)).collect(),
        grants: (0..ROWS_MAX).filter_map(|at| reader.grant(at)).collect(),
    };
    (partnership, reader.faults)
}

/// The form.
///
/// # Errors
/// 403 outside the manager's territory, 404 when there is no such project.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let held = state.app.find_partnership(&project).await?;
    let there = (held.value.partners.len(), held.value.grants.len());
    let (form, sent, version) = (filled(&held.value), &Form::default(), held.version);
    frame::render(&page(&visitor, Sheet { project: &project, form, sent, version, there }))
}

/// Saves partners and grants.
///
/// # Errors
/// 403 outside the manager's territory. When somebody else changed the same, the form comes back with both values, with
/// status 409.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let version = note(&sent).base_version;
    if let Some(sent) = shape::reshaped_by(&sent, &LISTS) {
        let form = again(&sent, Vec::new());
        let sheet = Sheet { project: &project, form, sent: &sent, version, there: (0, 0) };
        return frame::render(&page(&visitor, sheet));
    }
    let (partnership, mut faults) = read(visitor.locale(), &sent);
    if faults.is_empty() {
        match state.app.put_partnership(visitor.actor(), project.id, (partnership, note(&sent))).await {
            Ok(KeptOne::Stored { .. }) => {
                let path = format!("/projects/{}#partners", project.id);
                return Ok(frame::redirect(&visitor, &path, "partner-saved"));
            }
            Ok(KeptOne::Clash { current, clashes, joined }) => {
                let locale = visitor.locale();
                let anew = format!("/admin/projects/{}/partners", project.id);
                let clash = clash::told((&state, locale), (&current, &clashes), anew, |p| named(locale, p));
                let there = (joined.partners.len(), joined.grants.len());
                let form =
                    filled(&joined).with("reason", sent.raw("reason")).with("basis", sent.raw("basis"));
                let (sent, version) = (&Form::default(), current.version);
                let sheet = Sheet { project: &project, form, sent, version, there };
                return clash::render(&PartnerPage { clash: Some(clash), ..page(&visitor, sheet) });
            }
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    let form = again(&sent, faults);
    let sheet = Sheet { project: &project, form, sent: &sent, version, there: (0, 0) };
    frame::render_invalid(&page(&visitor, sheet))
}

fn named(locale: &Locale, path: &str) -> String {
    let key = match path.rsplit('.').next().unwrap_or(path) {
        "own_share_bp" => "partner-own-share",
        "kind" => "partner-kind",
        "place" => "partner-place",
        "name" => "partner-name",
        "duty" => "partner-duty",
        "share_bp" => "partner-share",
        "donor" => "grant-donor",
        "agreement" => "grant-agreement",
        "signed_on" => "grant-signed",
        "until" => "grant-until",
        "currency" => "grant-currency",
        "amount" => "grant-amount",
        "tenge" => "grant-tenge",
        last if last.starts_with("grants") => "grant-title",
        _ => "partner-partner",
    };
    locale.t(key).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_to_the_hundredth() {
        for (text, share) in [
            ("50", Some(5_000)),
            ("33,33", Some(3_333)),
            ("0.5 %", Some(50)),
            ("100", Some(10_000)),
            ("100,01", None),
            ("-1", None),
            ("", None),
            ("1.234", None),
            ("1e1", None),
        ] {
            assert_eq!(parse_percent(text), share, "{text}");
        }
        assert_eq!(percent_text(3_330), "33.3");
        assert_eq!(percent_text(5_000), "50");
        assert_eq!(percent_text(5), "0.05");
    }
}
