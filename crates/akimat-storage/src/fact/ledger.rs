//! What a batch of reports changes: computed here once, carried out by each adapter.
//!
//! Sums are kept by difference: what a report said before is taken off, what it says now is put on. They
//! therefore equal the sums of the stored reports, to the tiyn, whatever the order of imports.

use super::block::{ReportLine, SumLine, tiyn};
use super::dictionary::Dictionary;
use super::{FactLineName, FactReport, FactSource, LineKey};
use crate::row::odd;
use crate::{Conflict, Result};
use akimat_core::{KatoCode, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Stands in the place of a month for the total of a year.
pub const YEAR: u8 = 13;

/// Which report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportKey {
    /// Unit.
    pub place: KatoCode,
    /// Year.
    pub year: i16,
    /// Month, 0 to 12.
    pub month: u8,
}

/// A report with its lines numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Level of the unit.
    pub level: u8,
    /// Which of the sources of the batch; not known of stored reports.
    pub source: usize,
    /// The lines in ascending order of their numbers.
    pub lines: Vec<ReportLine>,
}

/// Which sum: of the reports of one level below a territory (`None`: the country) for one month, or for
/// [`YEAR`] of the latest report of each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SumKey {
    /// Level of the units.
    pub level: u8,
    /// Below which territory.
    pub under: Option<KatoCode>,
    /// Year.
    pub year: i16,
    /// Month, 0 to 12, or [`YEAR`].
    pub month: u8,
}

/// A line of the total of one unit and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitKey {
    /// Level of the unit.
    pub level: u8,
    /// Number of the line.
    pub line: u32,
    /// Year.
    pub year: i16,
    /// Unit.
    pub place: KatoCode,
}

/// Each year of each unit has one latest report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Latest {
    /// Level of the unit.
    pub level: u8,
    /// Year.
    pub year: i16,
    /// Unit.
    pub place: KatoCode,
    /// Month of the report.
    pub month: u8,
}

/// What changes.
#[derive(Debug, Default)]
pub struct Effects {
    /// Changes of sums.
    pub sums: BTreeMap<SumKey, Difference>,
    /// Totals of units that are new or other than before: month of the report, and the line.
    pub totals: Vec<(UnitKey, u8, ReportLine)>,
    /// Totals of units that are no more.
    pub totals_gone: Vec<UnitKey>,
    /// Latest reports that are new or of another month.
    pub latest: Vec<Latest>,
    /// Units that are of another level in that year from now on, with the old level.
    pub latest_gone: Vec<Latest>,
    /// Units of the batch with their levels.
    pub units: BTreeMap<KatoCode, u8>,
    /// More reports than before.
    pub n_reports: i64,
    /// More lines than before.
    pub n_facts: i64,
    /// First and last year of the batch.
    pub years: Option<(i16, i16)>,
}

/// Lines of which no report has been seen before.
pub fn new_lines(dictionary: &Dictionary, reports: &[FactReport]) -> Vec<FactLineName> {
    let keys = reports.iter().flat_map(|report| &report.lines).map(|line| &line.key);
    let new: BTreeSet<&LineKey> = keys.filter(|key| dictionary.number(key).is_none()).collect();
    new.into_iter().map(|key| FactLineName { key: key.clone(), name: Text::default() }).collect()
}

/// The reports with numbers in place of keys, the last of each unit and month, and their sources.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a month is none or a line is not in the dictionary,
/// [`Conflict::Exists`] when a line stands in a report twice.
pub fn number(
    dictionary: &Dictionary,
    reports: &[FactReport],
) -> Result<(BTreeMap<ReportKey, Numbered>, Vec<FactSource>)> {
    let mut sources: Vec<FactSource> = Vec::new();
    let mut numbered = BTreeMap::new();
    for report in reports {
        if report.month > 12 {
            return Err(odd(format!("{} is no month", report.month)));
        }
        let mut lines = Vec::with_capacity(report.lines.len());
        for line in &report.lines {
            let number = dictionary.number(&line.key).ok_or_else(|| odd("a line is not numbered"))?;
            lines.push(ReportLine { line: number, row: line.row, amounts: line.amounts });
        }
        lines.sort_unstable_by_key(|line| line.line);
        if lines.windows(2).any(|pair| pair[0].line == pair[1].line) {
            return Err(Conflict::Exists("line of the report").into());
        }
        // Reports of one file follow one another.
        let source = sources.iter().rposition(|source| *source == report.source).unwrap_or_else(|| {
            sources.push(report.source.clone());
            sources.len() - 1
        });
        let key = ReportKey { place: report.place, year: report.year, month: report.month };
        numbered.insert(key, Numbered { level: report.level, source, lines });
    }
    Ok((numbered, sources))
}

/// What the reports change. `old` holds the stored reports of the same keys and the latest ones of the
/// same units and years, `latest` their months.
pub fn effects(
    new: &BTreeMap<ReportKey, Numbered>,
    old: &BTreeMap<ReportKey, Numbered>,
    latest: &BTreeMap<(KatoCode, i16), u8>,
) -> Effects {
    let mut effects = Effects::default();
    let mut newest: BTreeMap<(KatoCode, i16), u8> = BTreeMap::new();
    for (key, report) in new {
        effects.replace(key.place, key.year, key.month, (old.get(key), Some(report)));
        effects.n_reports += i64::from(!old.contains_key(key));
        effects.n_facts += count(report) - old.get(key).map_or(0, count);
        effects.units.insert(key.place, report.level);
        // Keys ascend: the last month of a unit and year stays.
        newest.insert((key.place, key.year), key.month);
    }
    for ((place, year), month) in newest {
        let at = |month| ReportKey { place, year, month };
        let before = latest.get(&(place, year)).copied();
        if before.is_some_and(|before| before > month) {
            continue;
        }
        let then = before.and_then(|before| old.get(&at(before)).map(|report| (before, report)));
        let Some(now) = new.get(&at(month)) else { continue };
        effects.replace(place, year, YEAR, (then.map(|(_, report)| report), Some(now)));
        effects.move_totals((place, year), then, (month, now));
    }
    let mut years = new.keys().map(|key| key.year);
    effects.years = years.next().map(|first| years.fold((first, first), |(a, z), y| (a.min(y), z.max(y))));
    effects
}

fn count(report: &Numbered) -> i64 {
    i64::try_from(report.lines.len()).unwrap_or(i64::MAX)
}

impl Effects {
    fn replace(
        &mut self,
        place: KatoCode,
        year: i16,
        month: u8,
        (then, now): (Option<&Numbered>, Option<&Numbered>),
    ) {
        for under in sums_above(place) {
            for (report, sign) in [(then, -1), (now, 1)] {
                let Some(report) = report else { continue };
                let key = SumKey { level: report.level, under, year, month };
                self.sums.entry(key).or_default().add(&report.lines, sign);
            }
        }
    }

    fn move_totals(
        &mut self,
        (place, year): (KatoCode, i16),
        then: Option<(u8, &Numbered)>,
        (month, now): (u8, &Numbered),
    ) {
        let key = |level, line| UnitKey { level, line, year, place };
        let same_level = then.is_some_and(|(_, then)| then.level == now.level);
        if let Some((then_month, then)) = then {
            let stays = |line: u32| now.lines.binary_search_by_key(&line, |line| line.line).is_ok();
            let gone = then.lines.iter().filter(|line| !same_level || !stays(line.line));
            self.totals_gone.extend(gone.map(|line| key(then.level, line.line)));
            if !same_level {
                self.latest_gone.push(Latest { level: then.level, year, place, month: then_month });
            }
        }
        let same_month = then.is_some_and(|(then_month, _)| then_month == month);
        let is_as_before = |line: &ReportLine| {
            let Some((_, then)) = then.filter(|_| same_level && same_month) else { return false };
            let at = then.lines.binary_search_by_key(&line.line, |line| line.line);
            at.is_ok_and(|at| then.lines[at].amounts == line.amounts)
        };
        let changed = now.lines.iter().filter(|line| !is_as_before(line));
        self.totals.extend(changed.map(|line| (key(now.level, line.line), month, *line)));
        if !same_month || !same_level {
            self.latest.push(Latest { level: now.level, year, place, month });
        }
    }
}

/// The territories whose sums a unit belongs to: the country, the region, the district, by its code alone.
pub fn sums_above(place: KatoCode) -> Vec<Option<KatoCode>> {
    let mut above = vec![None, Some(place.region())];
    above.extend(district(place).filter(|code| *code != place.region()).map(Some));
    above
}

/// The sums of this territory are kept; those of smaller ones are added up when asked for.
pub fn is_kept(under: Option<KatoCode>) -> bool {
    under.is_none_or(|code| district(code) == Some(code))
}

/// 0 for the country, 1 for regions, 2 for what lies directly below them.
pub fn depth(under: Option<KatoCode>) -> u8 {
    under.map_or(0, |code| if code.region() == code { 1 } else { 2 })
}

/// The territory directly under `parent` that a code belongs to or is.
pub fn child_of(parent: KatoCode, code: KatoCode) -> Option<KatoCode> {
    let span = if parent.region() == parent {
        100_000
    } else if parent.number().is_multiple_of(100_000) {
        1_000
    } else if parent.number().is_multiple_of(1_000) {
        100
    } else {
        1
    };
    KatoCode::from_number(code.number() / span * span).filter(|child| *child != parent)
}

/// First and last code below a territory, itself included.
pub fn codes(under: Option<KatoCode>) -> RangeInclusive<u32> {
    under.map_or(0..=999_999_999, |code| {
        let (first, last) = code.subtree();
        first.number()..=last.number()
    })
}

fn district(code: KatoCode) -> Option<KatoCode> {
    KatoCode::from_number(code.number() / 100_000 * 100_000)
}

/// How a sum changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference(Vec<LineDifference>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct LineDifference {
    line: u32,
    sums: [i128; 3],
    counts: [i64; 3],
}

impl Difference {
    fn add(&mut self, lines: &[ReportLine], sign: i8) {
        let n_known = self.0.len();
        let mut at = 0;
        for line in lines {
            while at < n_known && self.0[at].line < line.line {
                at += 1;
            }
            if at == n_known || self.0[at].line != line.line {
                self.0.push(LineDifference { line: line.line, ..LineDifference::default() });
            }
            let slot = if at < n_known && self.0[at].line == line.line { at } else { self.0.len() - 1 };
            for (stage, amount) in tiyn(&line.amounts).into_iter().enumerate() {
                let Some(amount) = amount else { continue };
                self.0[slot].sums[stage] += i128::from(sign) * i128::from(amount);
                self.0[slot].counts[stage] += i64::from(sign);
            }
        }
        if self.0.len() > n_known {
            self.0.sort_by_key(|line| line.line);
        }
    }

    /// The sum after the change, and the numbers of the lines that are other than before.
    ///
    /// # Errors
    /// [`crate::StoreError::Unexpected`] when a sum is beyond what money can be, or the stored sum is not one
    /// of the reports.
    pub fn apply(&self, before: Vec<SumLine>) -> Result<(Vec<SumLine>, BTreeSet<u32>)> {
        let mut lines: BTreeMap<u32, SumLine> = before.into_iter().map(|line| (line.line, line)).collect();
        let mut changed = BTreeSet::new();
        for change in &self.0 {
            let fresh = SumLine { line: change.line, sums: [0; 3], counts: [0; 3] };
            let line = lines.entry(change.line).or_insert(fresh);
            let then = *line;
            for stage in 0..3 {
                let sum = i128::from(line.sums[stage]) + change.sums[stage];
                line.sums[stage] =
                    i64::try_from(sum).map_err(|_| odd("a sum of budget facts is beyond measure"))?;
                let count = i64::from(line.counts[stage]) + change.counts[stage];
                line.counts[stage] = u32::try_from(count)
                    .map_err(|_| odd("a sum of budget facts does not fit its reports"))?;
            }
            if *line != then {
                changed.insert(change.line);
            }
        }
        lines.retain(|_, line| line.counts != [0; 3]);
        Ok((lines.into_values().collect(), changed))
    }
}
