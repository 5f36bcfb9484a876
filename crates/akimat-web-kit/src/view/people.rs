//! The team of a project and its partners, ready to print.

use akimat_core::{KatoCode, Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_project::partner::{Grant, Partnership};
use akimat_project::team::Team;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Hundredths of a per cent as a plain decimal of per cent, without needless zeros.
pub fn percent_text(share_bp: u32) -> String {
    let text = format!("{}.{:02}", share_bp / 100, share_bp % 100);
    let short = text.trim_end_matches('0');
    short.strip_suffix('.').unwrap_or(short).to_owned()
}

/// A member of a team.
#[derive(Debug)]
pub struct MemberRow {
    /// Name.
    pub name: String,
    /// Office and post.
    pub office: String,
    /// Role in words.
    pub role: String,
    /// What the member answers for.
    pub duty: String,
    /// From when to when; empty when nobody said.
    pub span: String,
    /// Works in the team today.
    pub now: bool,
}

/// From one day to another in words; empty when neither is known.
pub fn span(locale: &Locale, from: Option<Date>, to: Option<Date>) -> String {
    let date = |date: Date| locale.date_short(date);
    match (from, to) {
        (Some(from), Some(to)) => {
            locale.f("people-from-to", &[("from", date(from).into()), ("to", date(to).into())])
        }
        (Some(from), None) => locale.f("people-from", &[("from", date(from).into())]),
        (None, Some(to)) => locale.f("people-to", &[("to", date(to).into())]),
        (None, None) => String::new(),
    }
}

/// The members, those of today first.
pub fn members(locale: &Locale, team: &Team, today: Date) -> Vec<MemberRow> {
    let mut rows: Vec<MemberRow> = team
        .members
        .iter()
        .map(|member| MemberRow {
            name: member.name.clone(),
            office: member.office.clone(),
            role: locale.name("team-role", member.role.code()).into_owned(),
            duty: member.duty.clone(),
            span: span(locale, member.from.or(team.from), member.to.or(team.to)),
            now: member.works_on(today) && !team.ended_on(today),
        })
        .collect();
    rows.sort_by_key(|row| !row.now);
    rows
}

/// Who bears a part of the cost.
#[derive(Debug)]
pub struct ShareRow {
    /// Name.
    pub name: String,
    /// Who it is.
    pub kind: String,
    /// Address of the territory after the language; empty for others.
    pub path: String,
    /// What it does.
    pub duty: String,
    /// Its part in per cent; empty when nothing was agreed.
    pub share: String,
    /// Its part of the planned cost; empty when either is not known.
    pub amount: String,
}

/// The own territory and the partners, with their parts.
pub fn shares(
    locale: &Locale,
    (partnership, places): (&Partnership, &BTreeMap<KatoCode, String>),
    (own, cost): (KatoCode, Option<Money>),
) -> Vec<ShareRow> {
    let parts = cost.and_then(|cost| partnership.parts(cost)).unwrap_or_default();
    let share = |share: Option<u32>| share.map_or_else(String::new, |bp| locale.percent(&percent_text(bp)));
    let amount = |at: usize| parts.get(at).map_or_else(String::new, |part| locale.money_short(*part));
    let place_name = |code: KatoCode| places.get(&code).cloned().unwrap_or_else(|| code.to_string());
    let mut rows = vec![ShareRow {
        name: place_name(own),
        kind: locale.t("partner-own").into_owned(),
        path: crate::frame::place_path(own),
        duty: String::new(),
        share: share(partnership.own_share_bp),
        amount: amount(0),
    }];
    for (at, partner) in partnership.partners.iter().enumerate() {
        rows.push(ShareRow {
            name: match partner.place {
                Some(code) if partner.name.is_empty() => place_name(code),
                _ => partner.name.clone(),
            },
            kind: locale.name("partner-kind", partner.kind.code()).into_owned(),
            path: partner.place.map_or_else(String::new, crate::frame::place_path),
            duty: partner.duty.clone(),
            share: share(partner.share_bp),
            amount: amount(at + 1),
        });
    }
    rows
}

/// A grant in words: donor, agreement, amount in its currency, in tenge, until when.
#[derive(Debug)]
pub struct GrantRow {
    /// Who gives.
    pub donor: String,
    /// Number and day of the agreement.
    pub agreement: String,
    /// Amount in the currency of the agreement.
    pub amount: String,
    /// Amount in tenge.
    pub tenge: String,
    /// Last day on which the money may be used.
    pub until: String,
}

/// The grants.
pub fn grants(locale: &Locale, grants: &[Grant]) -> Vec<GrantRow> {
    let none = || locale.t("not-known-yet").into_owned();
    let row = |grant: &Grant| {
        let signed = grant.signed_on.map_or_else(String::new, |on| locale.date_short(on));
        let parts = [grant.agreement.as_str(), signed.as_str()];
        let agreement: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        GrantRow {
            donor: grant.donor.clone(),
            agreement: if agreement.is_empty() { none() } else { agreement.join(", ") },
            amount: grant
                .amount
                .as_ref()
                .map_or_else(none, |amount| format!("{} {}", locale.decimal(amount), grant.currency)),
            tenge: grant.tenge.map_or_else(none, |tenge| locale.money(tenge, MoneyUnit::ThousandTenge, 0)),
            until: grant.until.map_or_else(none, |until| locale.date(until)),
        }
    };
    grants.iter().map(row).collect()
}
