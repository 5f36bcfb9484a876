//! What a valid record looks like. Each fault is data; sentences are in the catalogue.

use crate::Project;
use serde::{Deserialize, Serialize};

/// Longest title in characters.
pub const TITLE_CHARS_MAX: usize = 300;
/// Longest summary or update in characters.
pub const BODY_CHARS_MAX: usize = 10_000;

/// One fault of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// No title in any language.
    TitleMissing,
    /// A text is too long.
    TooLong {
        /// Name of the field.
        field: String,
        /// Allowed characters.
        chars_max: usize,
    },
    /// The project ends before it starts.
    EndsBeforeStart,
    /// An amount is negative.
    Negative {
        /// Name of the field.
        field: String,
    },
    /// Progress beyond 100 per cent.
    ProgressBeyond100,
    /// A score beyond 100.
    ScoreBeyond100 {
        /// Code of the criterion.
        criterion: String,
    },
    /// Coordinates off the Earth.
    OffTheEarth,
    /// A budget programme that is not written as `administrator/programme` or with a subprogramme, three digits each.
    BadProgramme {
        /// Position of the line of money, from 0.
        line: usize,
    },
}

/// All faults of a project; empty when it can be kept.
pub fn faults(project: &Project) -> Vec<Fault> {
    let mut faults = Vec::new();
    if project.title.is_empty() {
        faults.push(Fault::TitleMissing);
    }
    for (field, text, chars_max) in
        [("title", &project.title, TITLE_CHARS_MAX), ("summary", &project.summary, BODY_CHARS_MAX)]
    {
        if akimat_core::Lang::ALL.iter().any(|lang| text.exact(*lang).chars().count() > chars_max) {
            faults.push(Fault::TooLong { field: field.to_owned(), chars_max });
        }
    }
    if let (Some(start), Some(end)) = (project.starts_on, project.ends_on)
        && end < start
    {
        faults.push(Fault::EndsBeforeStart);
    }
    let negative = |amount: Option<akimat_core::Money>| amount.is_some_and(|m| m.tiyn() < 0);
    for (field, any) in [
        ("planned", project.money.iter().any(|line| negative(line.planned))),
        ("amended", project.money.iter().any(|line| negative(line.amended))),
        ("contracted", project.money.iter().any(|line| negative(line.contracted))),
        ("invoiced", project.money.iter().any(|line| negative(line.invoiced))),
        ("paid", project.money.iter().any(|line| negative(line.paid))),
    ] {
        if any {
            faults.push(Fault::Negative { field: field.to_owned() });
        }
    }
    for (line, money) in project.money.iter().enumerate() {
        if !money.programme.is_empty() && !is_programme(&money.programme) {
            faults.push(Fault::BadProgramme { line });
        }
    }
    if project.progress_pct > 100 {
        faults.push(Fault::ProgressBeyond100);
    }
    for (criterion, score) in &project.scores {
        if *score > 100 {
            faults.push(Fault::ScoreBeyond100 { criterion: criterion.clone() });
        }
    }
    if let Some(point) = project.location
        && (point.lat_e6.abs() > 90_000_000 || point.lon_e6.abs() > 180_000_000)
    {
        faults.push(Fault::OffTheEarth);
    }
    faults
}

/// Whether a text is a budget programme: administrator, programme and perhaps subprogramme, three digits each, with
/// strokes between, as the unified budget classification writes them.
pub fn is_programme(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let three = |part: &&str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(three)
}

#[cfg(test)]
mod tests {
    use super::is_programme;

    #[test]
    fn programmes_are_three_digits_each() {
        for fine in ["268/015", "268/015/032"] {
            assert!(is_programme(fine), "{fine}");
        }
        for wrong in ["", "268", "268/15", "268/015/", "268/015/032/1", "268-015", "abc/015", "２68/015"] {
            assert!(!is_programme(wrong), "{wrong}");
        }
    }
}
