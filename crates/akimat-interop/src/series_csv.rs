//! Long CSV of series (`series_id,period,value`) and of forecasts.

use crate::field::{Column, Headed, column};
use crate::problem::{ProblemCode, Problems, short, whole_file};
use crate::table::Row;
use crate::{Problem, table};
use akimat_core::{Frequency, Period};
use std::collections::BTreeMap;

/// A series as it stands in a file, without gaps and in order.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesRows {
    /// Its name.
    pub id: String,
    /// Consecutive periods of one frequency.
    pub periods: Vec<Period>,
    /// The value of each period, in the unit of the file.
    pub values: Vec<f64>,
}

/// One step of a forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastRow {
    /// Name of the series.
    pub series_id: String,
    /// Steps ahead, from 1.
    pub step: u32,
    /// The period that is forecast.
    pub period: Period,
    /// Point forecast.
    pub point: f64,
    /// Lower bound of the 80 per cent interval.
    pub lo80: f64,
    /// Upper bound of the 80 per cent interval.
    pub hi80: f64,
    /// Lower bound of the 95 per cent interval.
    pub lo95: f64,
    /// Upper bound of the 95 per cent interval.
    pub hi95: f64,
    /// Name of the method.
    pub model: String,
}

const COLUMNS: [Column; 3] = [
    column("series_id", true),
    Column { name: "period", also: &["ds", "date"], required: true },
    Column { name: "value", also: &["y"], required: true },
];

const ID_CHARS_MAX: usize = 200;

/// Reads series in the order in which they first appear. With `frequency` every period must be of
/// it; without it, of that of the first period of its series.
///
/// # Errors
/// Every problem by row: unreadable periods and values, repeated, missing and disordered periods.
pub fn decode_series(bytes: &[u8], frequency: Option<Frequency>) -> Result<Vec<SeriesRows>, Vec<Problem>> {
    let sheets = table::read(bytes)?;
    let sheet = sheets.first().ok_or_else(|| whole_file(ProblemCode::FileEmpty))?;
    let mut problems = Problems::default();
    let table = Headed::new(sheet, &COLUMNS, &mut problems);
    if !problems.is_empty() {
        return problems.settle(Vec::new());
    }
    let mut reader = Reader { problems, frequency, series: Vec::new(), at: BTreeMap::new() };
    for row in table.rows {
        reader.row(&table, row);
    }
    if reader.series.is_empty() && reader.problems.is_empty() {
        reader.problems.add(None, None, ProblemCode::NoRecords);
    }
    reader.problems.settle(reader.series)
}

struct Reader {
    problems: Problems,
    frequency: Option<Frequency>,
    series: Vec<SeriesRows>,
    at: BTreeMap<String, usize>,
}

impl Reader {
    fn row(&mut self, table: &Headed<'_>, row: &Row) {
        let id = table.need(row, "series_id", &mut self.problems, id);
        let period = table.need(row, "period", &mut self.problems, period);
        let value = table.need(row, "value", &mut self.problems, number);
        let (Some(id), Some(period), Some(value)) = (id, period, value) else { return };
        let at = *self.at.entry(id.clone()).or_insert_with(|| {
            self.series.push(SeriesRows { id, periods: Vec::new(), values: Vec::new() });
            self.series.len() - 1
        });
        let Some(series) = self.series.get_mut(at) else { return };
        let wanted = self.frequency.or_else(|| series.periods.first().map(|first| first.frequency()));
        let problem = if wanted.is_some_and(|wanted| wanted != period.frequency()) {
            Some(ProblemCode::FrequencyMixed { value: period.to_string() })
        } else {
            series.periods.last().and_then(|last| order(*last, period))
        };
        match problem {
            // After a gap or a slip the later of the two periods goes on, so that each is told once.
            Some(code) => {
                let goes_on = matches!(code, ProblemCode::PeriodGap { .. });
                self.problems.add(Some(row.number), Some("period"), code);
                if goes_on {
                    series.periods.push(period);
                    series.values.push(value);
                }
            }
            None => {
                series.periods.push(period);
                series.values.push(value);
            }
        }
    }
}

/// What is wrong with a period after another one of the same frequency.
fn order(last: Period, period: Period) -> Option<ProblemCode> {
    let place = |p: Period| (p.year(), p.part());
    let value = period.to_string();
    match place(period).cmp(&place(last)) {
        std::cmp::Ordering::Greater if period == last.next() => None,
        std::cmp::Ordering::Greater => {
            Some(ProblemCode::PeriodGap { value, expected: last.next().to_string() })
        }
        _ => Some(ProblemCode::PeriodOrder { value, previous: last.to_string() }),
    }
}

fn id(text: &str) -> Result<String, ProblemCode> {
    let limit = u32::try_from(ID_CHARS_MAX).unwrap_or(u32::MAX);
    if text.chars().count() > ID_CHARS_MAX {
        Err(ProblemCode::TooLong { limit })
    } else {
        Ok(text.to_owned())
    }
}

fn period(text: &str) -> Result<Period, ProblemCode> {
    text.parse().map_err(|_| ProblemCode::NotAPeriod { value: short(text) })
}

/// A finite number; blanks between groups and a decimal comma are understood.
fn number(text: &str) -> Result<f64, ProblemCode> {
    let clean: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let clean = clean.replace(['−', '–'], "-");
    let clean = if clean.contains('.') { clean } else { clean.replacen(',', ".", 1) };
    let wrong = || ProblemCode::NotANumber { value: short(text) };
    if !clean.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) {
        return Err(wrong());
    }
    clean.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(wrong)
}

/// Forecasts as CSV with the header `series_id,step,period,point,lo80,hi80,lo95,hi95,model`; numbers
/// are the shortest decimals that name the same binary float.
pub fn encode_forecast(rows: &[ForecastRow]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["series_id", "step", "period", "point", "lo80", "hi80", "lo95", "hi95", "model"];
    // Writing to memory cannot fail.
    let _ = writer.write_record(header);
    for row in rows {
        let numbers = [row.point, row.lo80, row.hi80, row.lo95, row.hi95].map(|number| number.to_string());
        let front = [row.series_id.clone(), row.step.to_string(), row.period.to_string()];
        let record = front.into_iter().chain(numbers).chain([row.model.clone()]);
        let _ = writer.write_record(record);
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and lengths of the series, or rows and keys of the problems.
    type Want<'a> = Result<&'a [(&'a str, usize)], &'a [(u32, &'a str)]>;

    fn check(text: &str, want: Want<'_>) {
        let got = decode_series(text.as_bytes(), None);
        let got = got
            .as_ref()
            .map(|series| series.iter().map(|s| (s.id.as_str(), s.values.len())).collect::<Vec<_>>())
            .map_err(|p| p.iter().map(|p| (p.row.unwrap_or(0), p.key())).collect::<Vec<_>>());
        assert_eq!(got, want.map(<[_]>::to_vec).map_err(<[_]>::to_vec), "{text:?}");
    }

    #[test]
    fn series_are_grouped_in_the_order_in_which_they_appear() {
        check(
            "series_id,period,value\nb,2020,1\na,2024-Q4,2.5\nb,2021,-3e2\na,2025Q1,0\n",
            Ok(&[("b", 2), ("a", 2)]),
        );
        check("series_id;period;value\nx;2020-12;1 234,5\nx;2021-01;2\n", Ok(&[("x", 2)]));
        let series = decode_series("series_id;period;value\nx;2020;1\u{a0}234,5\n".as_bytes(), None).unwrap();
        assert_eq!(series[0].values, [1234.5]);
    }

    #[test]
    fn problems_are_told_by_row() {
        check(
            "series_id,period,value\na,2020,1\na,2022,1\na,2022,1\na,2021,1\na,2023-01,1\na,x,y\n,2023,NaN\n",
            Err(&[
                (3, "problem-period-gap"),
                (4, "problem-period-order"),
                (5, "problem-period-order"),
                (6, "problem-frequency-mixed"),
                (7, "problem-not-a-period"),
                (7, "problem-not-a-number"),
                (8, "problem-missing"),
                (8, "problem-not-a-number"),
            ]),
        );
        check("period,value\n2020,1\n", Err(&[(1, "problem-column-missing")]));
        check("series_id,period,value\n", Err(&[(0, "problem-no-records")]));
        let wrong =
            decode_series(b"series_id,period,value\na,2020,1\n", Some(Frequency::Monthly)).unwrap_err();
        assert_eq!(wrong[0].key(), "problem-frequency-mixed");
    }

    #[test]
    fn a_forecast_is_written_with_its_header() {
        let period: Period = "2025-Q1".parse().unwrap();
        let row = ForecastRow {
            series_id: "a".to_owned(),
            step: 1,
            period,
            point: 1.5,
            lo80: 1.0,
            hi80: 2.0,
            lo95: 0.5,
            hi95: 2.5,
            model: "theta".to_owned(),
        };
        let text = String::from_utf8(encode_forecast(&[row])).unwrap();
        assert_eq!(
            text,
            "series_id,step,period,point,lo80,hi80,lo95,hi95,model\na,1,2025-Q1,1.5,1,2,0.5,2.5,theta\n"
        );
    }
}
