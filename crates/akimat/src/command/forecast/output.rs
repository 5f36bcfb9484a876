//! How forecasts are written, in the order of the file, and what a rehearsal says about them.

use super::Forecast;
use super::answer::Told;
use akimat_forecast::accuracy::{mae, mase_scale, msis, smape};
use akimat_forecast::model::{History, Model};
use akimat_forecast::naive::Naive2;
use anyhow::Context;
use serde_json::json;
use std::io::{BufWriter, Write};

/// A file or standard output, CSV or JSON.
pub(super) struct Output {
    to: Box<dyn Write>,
    json: bool,
    holdout: bool,
    first: bool,
    /// The reader went away: that is no fault, there is only nothing left to do.
    closed: bool,
}

impl Output {
    pub(super) fn open(command: &Forecast, count: u64) -> anyhow::Result<Self> {
        let to: Box<dyn Write> = match &command.output {
            Some(path) => Box::new(std::fs::File::create(path).with_context(|| path.display().to_string())?),
            None => Box::new(std::io::stdout()),
        };
        let to = Box::new(BufWriter::with_capacity(1 << 16, to));
        let (json, holdout) = (command.json, command.holdout);
        let mut output = Self { to, json, holdout, first: true, closed: false };
        if json {
            let head =
                json!({ "frequency": command.frequency.code(), "horizon": command.horizon, "series": count });
            let head = head.to_string();
            output.put(&format!("{},\"forecasts\":[", head.trim_end_matches('}')))?;
        } else {
            let mut header = "series_id,step,period,point".to_owned();
            for level in &command.levels {
                header.push_str(&format!(",lo{level},hi{level}"));
            }
            header.push_str(",model");
            if holdout {
                header.push_str(",fact");
            }
            output.put(&(header + "\n"))?;
        }
        Ok(output)
    }

    fn put(&mut self, text: &str) -> anyhow::Result<()> {
        if self.closed {
            return Ok(());
        }
        let written = self.to.write_all(text.as_bytes());
        self.settle(written)
    }

    fn settle(&mut self, written: std::io::Result<()>) -> anyhow::Result<()> {
        match written {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => Ok(other?),
        }
    }

    pub(super) fn write(&mut self, id: &str, told: &Told) -> anyhow::Result<()> {
        let text = if self.json { self.object(id, told) } else { self.rows(id, told) };
        self.first = false;
        self.put(&text)
    }

    fn rows(&self, id: &str, told: &Told) -> String {
        let (id, model) = (quoted(id), told.model);
        let mut text = String::new();
        for (at, step) in told.steps.iter().enumerate() {
            text.push_str(&format!("{id},{},{},{}", at + 1, step.period, step.point));
            for interval in &step.intervals {
                text.push_str(&format!(",{},{}", interval.low, interval.high));
            }
            text.push_str(&format!(",{model}"));
            if self.holdout {
                text.push_str(&told.held.get(at).map_or_else(|| ",".to_owned(), |fact| format!(",{fact}")));
            }
            text.push('\n');
        }
        text
    }

    fn object(&self, id: &str, told: &Told) -> String {
        let steps: Vec<serde_json::Value> = (1_usize..)
            .zip(&told.steps)
            .map(|(step, ahead)| {
                json!({
                    "step": step,
                    "period": (!ahead.period.is_empty()).then_some(&ahead.period),
                    "point": ahead.point,
                    "intervals": ahead.intervals,
                })
            })
            .collect();
        let weights: serde_json::Map<String, serde_json::Value> =
            told.weights.iter().map(|(code, weight)| ((*code).to_owned(), json!(weight))).collect();
        let mut object = json!({ "id": id, "model": told.model, "weights": weights, "steps": steps });
        if self.holdout {
            object["held"] = json!(told.held);
        }
        format!("{}{object}", if self.first { "" } else { ",\n" })
    }

    pub(super) fn close(&mut self, summary: Option<&Summary>) -> anyhow::Result<()> {
        if self.json {
            let tail = summary.map_or_else(String::new, |summary| format!(",\"holdout\":{}", summary.json()));
            self.put(&format!("]{tail}}}\n"))?;
        }
        let flushed = self.to.flush();
        self.settle(flushed)
    }
}

/// Sums over the series of a rehearsal, by the definitions of the M4 competition.
#[derive(Default)]
pub(super) struct Summary {
    /// Series forecast.
    pub(super) count: usize,
    /// Those that have a scale.
    scaled: usize,
    own: [f64; 2],
    naive2: [f64; 2],
    facts: usize,
    inside: Vec<usize>,
    msis: Vec<f64>,
    levels: Vec<u8>,
}

impl Summary {
    pub(super) fn add(&mut self, told: &Told, season: usize) {
        self.count += 1;
        if told.held.is_empty() {
            return;
        }
        let points: Vec<f64> = told.steps.iter().map(|step| step.point).collect();
        if let Some(first) = told.steps.first() {
            self.levels = first.intervals.iter().map(|interval| interval.level).collect();
            self.inside.resize(self.levels.len(), 0);
            self.msis.resize(self.levels.len(), 0.0);
        }
        let Some(scale) = mase_scale(&told.known, season) else { return };
        let history = History { values: &told.known, season };
        let Ok(naive2) = Naive2.predict(&history, points.len()) else { return };
        self.scaled += 1;
        for (sums, path) in [(&mut self.own, &points), (&mut self.naive2, &naive2.points)] {
            sums[0] += smape(&told.held, path);
            sums[1] += mae(&told.held, path) / scale;
        }
        self.facts += told.held.len();
        for (at, level) in self.levels.iter().enumerate() {
            let ends: Vec<(f64, f64)> =
                told.steps.iter().map(|step| (step.intervals[at].low, step.intervals[at].high)).collect();
            let inside =
                ends.iter().zip(&told.held).filter(|((low, high), fact)| low <= *fact && *fact <= high);
            self.inside[at] += inside.count();
            self.msis[at] += msis(&told.held, &ends, *level, scale);
        }
    }

    fn means(&self) -> [f64; 3] {
        let n = self.scaled.max(1) as f64;
        let owa = (self.own[0] / self.naive2[0] + self.own[1] / self.naive2[1]) / 2.0;
        [self.own[0] / n, self.own[1] / n, owa]
    }

    fn level(&self, at: usize) -> (f64, f64) {
        (self.inside[at] as f64 / self.facts.max(1) as f64, self.msis[at] / self.scaled.max(1) as f64)
    }

    pub(super) fn lines(&self, levels: &[u8]) -> Vec<String> {
        let [smape, mase, owa] = self.means();
        let mut lines = vec![format!(
            "{} series: sMAPE {smape:.3}, MASE {mase:.3}, OWA {owa:.4} (Naive2 = 1)",
            self.scaled
        )];
        for (at, level) in levels.iter().enumerate().take(self.inside.len()) {
            let (share, msis) = self.level(at);
            lines.push(format!(
                "{level} % intervals hold {:.1} % of {} values, MSIS {msis:.2}",
                100.0 * share,
                self.facts
            ));
        }
        lines
    }

    fn json(&self) -> serde_json::Value {
        let [smape, mase, owa] = self.means();
        let levels: Vec<serde_json::Value> = (0..self.inside.len())
            .map(|at| {
                let (share, msis) = self.level(at);
                json!({ "level": self.levels[at], "coverage": share, "msis": msis })
            })
            .collect();
        json!({ "series": self.scaled, "facts": self.facts, "smape": smape, "mase": mase, "owa": owa, "intervals": levels })
    }
}

/// A cell of a CSV file.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_are_quoted() {
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("Түркістан 1"), "Түркістан 1");
    }
}
