//! What changed from one plan to another, and why, in words.

use super::told::Teller;
use super::{points, signed_points};
use crate::figure::{Figure, Value};
use crate::kit::Markup;
use akimat_app::programme::{Cause, Moved, ProgrammeComparison};
use akimat_document::Column;
use akimat_i18n::Locale;

/// The changes in words.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The worth before and after, in a sentence.
    pub lead: String,
    /// What about the request as a whole differs.
    pub causes: Vec<String>,
    /// Projects that enter, leave or move, with why.
    pub figure: Figure,
}

impl Changes {
    /// Tells a comparison; `teller` knows the words of the second plan.
    pub fn of(locale: &'static Locale, compared: &ProgrammeComparison, teller: &Teller<'_>) -> Self {
        let (before, after) = compared.objective;
        let args = [
            ("before", points(locale, before).into()),
            ("after", points(locale, after).into()),
            ("change", signed_points(locale, after.saturating_sub(before)).into()),
        ];
        let rows = compared
            .moved
            .iter()
            .map(|one| {
                vec![
                    Value::text(one.title.get(locale.lang())),
                    Value::text(year(locale, one.before)),
                    Value::text(year(locale, one.after)),
                    Value::text(why(one, teller)),
                ]
            })
            .collect();
        let columns = ["plan-project", "plan-before", "plan-after", "plan-why"]
            .map(|key| Column::text(locale.t(key)))
            .to_vec();
        Self {
            lead: locale.f("plan-changes-lead", &args),
            causes: compared.causes.iter().map(|cause| told(cause, teller)).collect(),
            figure: Figure::new("changes", locale.t("plan-changes"), Markup::default()).table(
                locale.t("plan-changes-caption"),
                columns,
                rows,
            ),
        }
    }
}

/// A calendar year of start, or the words for "not in the plan".
pub fn year(locale: &Locale, year: Option<i16>) -> String {
    year.map_or_else(|| locale.t("plan-not-in").into_owned(), |year| year.to_string())
}

/// Why a project enters, leaves or moves.
pub fn why(moved: &Moved, teller: &Teller<'_>) -> String {
    moved.causes.iter().map(|cause| told(cause, teller)).collect::<Vec<_>>().join(" ")
}

/// A cause as a sentence.
pub fn told(cause: &Cause, teller: &Teller<'_>) -> String {
    let (locale, view) = (teller.view.locale, &teller.view);
    let say = |key: &str, args: &[(&str, String)]| {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        locale.f(key, &args)
    };
    let pair = |before: String, after: String| [("before", before), ("after", after)];
    let known = |amount: &Option<i64>| {
        amount.map_or_else(|| locale.t("plan-not-asked").into_owned(), |amount| view.short(amount))
    };
    match cause {
        Cause::NewCandidate => say("plan-cause-new", &[]),
        Cause::NoCandidate => say("plan-cause-gone", &[]),
        Cause::NowBarred { why } => say("plan-cause-now-barred", &[("why", teller.barred(why))]),
        Cause::WasBarred { why } => say("plan-cause-was-barred", &[("why", teller.barred(why))]),
        Cause::NowDuty { why } => say("plan-cause-now-duty", &[("why", teller.duty(why))]),
        Cause::WasDuty { why } => say("plan-cause-was-duty", &[("why", teller.duty(why))]),
        Cause::Cost { before, after } => {
            say("plan-cause-cost", &pair(view.short(*before), view.short(*after)))
        }
        Cause::Benefit { before, after } => {
            say("plan-cause-benefit", &pair(locale.number(*before), locale.number(*after)))
        }
        Cause::Window { before, after } => {
            let years = |(from, to): &(i16, i16)| format!("{from}–{to}");
            say("plan-cause-window", &pair(years(before), years(after)))
        }
        Cause::Budget { source, year, before, after } => {
            let source = locale.name("money-source", source.code()).into_owned();
            let [before, after] = pair(known(before), known(after));
            say("plan-cause-budget", &[("source", source), ("year", year.to_string()), before, after])
        }
        Cause::SectorFloor { sector, before, after } => {
            let part = locale.name("sector", sector.code()).into_owned();
            let [before, after] = pair(view.short(*before), view.short(*after));
            say("plan-cause-floor", &[("part", part), before, after])
        }
        Cause::DistrictFloor { place, before, after } => {
            let found = teller.input.districts.iter().find(|one| one.place == *place);
            let part = found.map_or_else(|| place.to_string(), |one| one.name.get(locale.lang()).to_owned());
            let [before, after] = pair(view.short(*before), view.short(*after));
            say("plan-cause-floor", &[("part", part), before, after])
        }
        Cause::OtherRules => say("plan-cause-rules", &[]),
        Cause::Competition => say("plan-cause-competition", &[]),
    }
}
