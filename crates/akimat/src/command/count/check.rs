//! `akimat check-count FILE.pb TRACE`: shows from file and trace that a published result is right.

use crate::input::{FINDINGS, unreadable};
use crate::say;
use akimat_core::Lang;
use akimat_pb_check::check;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Check a published count from its file and its trace, without counting again. Exit status 0 when the trace proves
/// the result, 1 when it does not, 3 unreadable.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckCount {
    /// Election as a Pabulib .pb file
    file: PathBuf,
    /// Trace that `akimat count --trace` wrote
    trace: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl CheckCount {
    /// Reads, checks, prints.
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let file = std::fs::read(&self.file).map_err(|error| unreadable(&self.file, &error))?;
        let trace = std::fs::read_to_string(&self.trace).map_err(|error| unreadable(&self.trace, &error))?;
        let words = say::words(self.lang);
        match check(&file, &trace) {
            Ok(report) => {
                if self.json {
                    say::out(&json!({ "verified": true, "report": report }).to_string());
                    return Ok(ExitCode::SUCCESS);
                }
                let n = report.winners.len().to_string();
                let (rounds, winners) = (report.n_rounds.to_string(), report.winners.join(", "));
                let facts = [("n", n.as_str().into()), ("rounds", rounds.as_str().into())];
                say::out(&words.f("check-count-holds", &facts));
                say::out(&winners);
                if report.n_stated > 0 {
                    let stated = report.n_stated.to_string();
                    say::out(&words.f("check-count-stated", &[("n", stated.as_str().into())]));
                }
                if report.lot_to_draw {
                    say::out(&words.t("check-count-lot"));
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(refusal) => {
                let key = format!("check-count-no-{}", refusal.code());
                let sentence = say::facts(words, &key, &refusal.facts());
                say::err(&format!("{}: {sentence}", self.trace.display()));
                if self.json {
                    say::out(
                        &json!({ "verified": false, "refusal": refusal, "message": sentence }).to_string(),
                    );
                }
                Ok(FINDINGS.into())
            }
        }
    }
}
