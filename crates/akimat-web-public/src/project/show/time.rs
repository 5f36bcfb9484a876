//! Milestones of a project as a table and as a timeline.

use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::chart;
use jiff::civil::Date;

pub(super) struct MilestoneRow {
    pub(super) title: String,
    pub(super) planned: String,
    pub(super) forecast: String,
    pub(super) actual: String,
    pub(super) late: String,
}

pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

pub(super) fn milestone(locale: &Locale, milestone: &akimat_project::Milestone, today: Date) -> MilestoneRow {
    let date = |date: Option<Date>| {
        date.map_or_else(|| locale.t("no-data-short").into_owned(), |date| locale.date_short(date))
    };
    // Late is what was reached late, or is expected late, or is overdue today.
    let reached = milestone.actual_on.or(milestone.forecast_on).unwrap_or(milestone.planned_on);
    let end = if milestone.actual_on.is_none() { reached.max(today) } else { reached };
    let due = milestone.actual_on.is_some() || reached > milestone.planned_on || today > milestone.planned_on;
    let late = if due { days_between(milestone.planned_on, end) } else { 0 };
    MilestoneRow {
        title: milestone.title.get(locale.lang()).to_owned(),
        planned: locale.date_short(milestone.planned_on),
        forecast: date(milestone.forecast_on),
        actual: date(milestone.actual_on),
        late: if late > 0 {
            let key = if milestone.actual_on.is_some() {
                "project-milestone-reached-late"
            } else {
                "project-milestone-late"
            };
            locale.f(key, &[("n", late.into())])
        } else {
            String::new()
        },
    }
}

/// Days since the start of the common era, as the timeline counts them.
pub(super) fn day(date: Date) -> f64 {
    f64::from(date.since(Date::constant(2000, 1, 1)).map_or(0, |span| span.get_days()))
}

pub(super) fn timeline(locale: &Locale, project: &Project, today: Date) -> Markup {
    let mut days: Vec<f64> = vec![day(today)];
    let milestones: Vec<chart::Milestone> = project
        .milestones
        .iter()
        .map(|m| {
            let row = milestone(locale, m, today);
            let reached = m.actual_on.or(m.forecast_on);
            days.extend([Some(m.planned_on), reached].into_iter().flatten().map(day));
            let text = if row.late.is_empty() { row.planned } else { row.late.clone() };
            chart::Milestone {
                label: row.title,
                planned: Some(day(m.planned_on)),
                actual: m.actual_on.map(day),
                text,
                late: !row.late.is_empty(),
            }
        })
        .collect();
    if milestones.is_empty() {
        return Markup::default();
    }
    let first = days.iter().copied().fold(f64::INFINITY, f64::min);
    let last = days.iter().copied().fold(f64::NEG_INFINITY, f64::max).max(first + 1.0);
    let years = project.milestones.iter().map(|m| m.planned_on.year()).chain([today.year()]);
    let (from, to) = years.fold((i16::MAX, i16::MIN), |(a, b), year| (a.min(year), b.max(year)));
    let step = usize::try_from((to - from) / 4 + 1).unwrap_or(1);
    let ticks = (from..=to)
        .step_by(step)
        .map(|year| (day(Date::constant(year, 1, 1)), year.to_string()))
        .filter(|(at, _)| (first..=last).contains(at))
        .collect();
    chart::timeline(
        &chart::Words::new("timeline", locale.t("project-milestones"), ""),
        &chart::Timeline {
            span: (first, last),
            ticks,
            today: Some((day(today), locale.t("date-today").into_owned())),
            milestones,
            key: (
                locale.t("project-milestone-planned").into_owned(),
                locale.t("project-milestone-actual").into_owned(),
            ),
        },
    )
}
