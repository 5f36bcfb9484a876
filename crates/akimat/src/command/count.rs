//! `akimat count FILE.pb` and `akimat check-count FILE.pb TRACE`: participatory budgets, counted so that anyone can
//! recompute them.

mod check;
mod show;

use crate::input::{FINDINGS, UNREADABLE, unreadable};
use crate::say;
use akimat_core::Lang;
use akimat_pb::count::CountError;
use akimat_pb::order::Lot;
use akimat_pb::pabulib::{Fault, Keep, Limits, Reader};
use akimat_pb::rule::{Completion, Method, Ties};
use akimat_pb::utility::Utility;
use akimat_pb::{Election, Prepared, Rule, answer, declared, explain, trace};
pub(crate) use check::CheckCount;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Bytes that are read at once.
const PIECE: usize = 1 << 20;

/// Count a participatory budget from its Pabulib file. Exit status 0, 1 when the rule does not fit the file, 3
/// unreadable.
#[derive(Debug, clap::Args)]
pub(crate) struct Count {
    /// Election as a Pabulib .pb file
    file: PathBuf,
    /// greedy, greedy-no-skip, greedy-80, phragmen, phragmen-skip, mes, maximin, ees, bos, or declared: the rule that
    /// the file names
    #[arg(long, default_value = "mes", value_name = "RULE")]
    rule: String,
    /// Whole rule as JSON, as the answer prints it; the options of the rule are then not read
    #[arg(long, value_name = "FILE")]
    rule_file: Option<PathBuf>,
    /// What a mark is worth: cost, cardinality, points, borda, cost-points or cost-ranks
    #[arg(long, default_value = "cost", value_parser = utility)]
    utility: Utility,
    /// What is done with money that is left: none, add1, add1e, add1u, add1-pabutools, add-opt, add-opt-skip, greedy,
    /// or one of them followed by +greedy
    #[arg(long, default_value = "none", value_parser = completion)]
    completion: Completions,
    /// What breaks ties: lexico, file or cost-votes-lot
    #[arg(long, default_value = "lexico", value_parser = ties)]
    ties: Ties,
    /// Seed of the lot, from the announced source
    #[arg(long, value_name = "HEX", value_parser = hex)]
    lot_seed: Option<Seed>,
    /// Leave out projects with a lower score
    #[arg(long, value_name = "N")]
    min_score: Option<i64>,
    /// Leave out projects whose share of the voters is below cost / (N x budget)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    share_divisor: Option<u32>,
    /// Leave out projects without a vote
    #[arg(long)]
    needs_votes: bool,
    /// Take the outcome of greedy by votes where more voters prefer it
    #[arg(long)]
    comparison: bool,
    /// Projects of which one wins at most; may be given several times
    #[arg(long, value_name = "ID,ID,...")]
    conflict: Vec<String>,
    /// Column of PROJECTS of whose values each has one winner at most
    #[arg(long, value_name = "COLUMN")]
    one_per: Option<String>,
    /// Write the trace, from which check-count shows that the result is right
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Tell why each loser lost, what would have let it win, and how the money is spread
    #[arg(long)]
    explain: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

/// Completions one after another.
#[derive(Debug, Clone)]
struct Completions(Vec<Completion>);

/// Bytes of a lot.
#[derive(Debug, Clone)]
struct Seed(Vec<u8>);

fn utility(name: &str) -> Result<Utility, String> {
    let names: Vec<&str> = Utility::NAMED.iter().map(|(name, _)| *name).collect();
    Utility::parse(name).ok_or_else(|| format!("use {}", names.join(", ")))
}

fn completion(name: &str) -> Result<Completions, String> {
    let use_known =
        || "use none, add1, add1e, add1u, add1-pabutools, add-opt, add-opt-skip or greedy".to_owned();
    Rule::completion_named(name).map(Completions).ok_or_else(use_known)
}

fn ties(name: &str) -> Result<Ties, String> {
    match name {
        "lexico" => Ok(Ties::Lexico),
        "file" => Ok(Ties::File),
        "cost-votes-lot" => Ok(Ties::CostVotesLot),
        _ => Err("use lexico, file or cost-votes-lot".to_owned()),
    }
}

fn hex(text: &str) -> Result<Seed, String> {
    let wrong = || "use an even number of hexadecimal digits".to_owned();
    if text.is_empty() || text.len() % 2 == 1 || !text.is_ascii() {
        return Err(wrong());
    }
    let byte = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes = (0..text.len()).step_by(2).map(byte).collect::<Option<Vec<u8>>>();
    bytes.map(Seed).ok_or_else(wrong)
}

/// An election as read, and the SHA-256 of its file.
struct Opened {
    election: Election,
    sha256: [u8; 32],
}

impl Opened {
    fn hash(&self) -> String {
        self.sha256.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Reads a file piece by piece; the fault of a file that is refused.
fn open(path: &Path, keep: Keep) -> anyhow::Result<Result<Opened, Fault>> {
    let mut file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let (mut reader, mut hash) = (Reader::new(Limits::default(), keep), Sha256::new());
    let mut piece = vec![0; PIECE];
    loop {
        let n = file.read(&mut piece).map_err(|error| unreadable(path, &error))?;
        let read = piece.get(..n).unwrap_or_default();
        if read.is_empty() {
            break;
        }
        hash.update(read);
        if let Err(fault) = reader.feed(read) {
            return Ok(Err(fault));
        }
    }
    let sha256 = hash.finalize().into();
    Ok(reader.finish().map(|election| Opened { election, sha256 }))
}

/// `FILE:line: sentence` of a file that is refused.
fn refuse_file(path: &Path, lang: Lang, fault: &Fault) -> ExitCode {
    let key = format!("count-file-{}", fault.reason.code());
    let sentence = say::facts(say::words(lang), &key, &fault.reason.facts());
    say::err(&format!("{}:{}: {sentence}", path.display(), fault.line));
    UNREADABLE.into()
}

impl Count {
    /// Reads, counts, prints.
    ///
    /// # Errors
    /// When a file cannot be opened or written.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let keep = if self.explain { Keep::Everything } else { Keep::Ballots };
        let opened = match open(&self.file, keep)? {
            Ok(opened) => opened,
            Err(fault) => return Ok(refuse_file(&self.file, self.lang, &fault)),
        };
        let Some(rule) = self.rule(&opened.election)? else {
            let sentence =
                say::words(self.lang).f("count-rule-unknown", &[("rule", self.rule.as_str().into())]);
            say::err(&format!("{}: {sentence}", self.file.display()));
            return Ok(UNREADABLE.into());
        };
        match self.count(&opened, &rule) {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(error) => match error.downcast::<CountError>() {
                Ok(error) => {
                    let key = format!("count-error-{}", error.code());
                    let sentence = say::facts(say::words(self.lang), &key, &error.facts());
                    say::err(&format!("{}: {sentence}", self.file.display()));
                    Ok(FINDINGS.into())
                }
                Err(error) => Err(error),
            },
        }
    }

    fn count(&self, opened: &Opened, rule: &Rule) -> anyhow::Result<()> {
        let election = &opened.election;
        let lot = self.lot_seed.as_ref().map(|seed| Lot { seed: seed.0.clone(), file_sha256: opened.sha256 });
        let mut told = if rule.envelopes.is_some() {
            answer::answer(election, rule, lot.as_ref())?
        } else {
            let prepared = Prepared::new(election, rule, lot.as_ref())?;
            let counted = prepared.count()?;
            let mut told = answer::of_count(&prepared, &counted)?;
            if let Some(path) = &self.trace {
                let text = trace::trace(&prepared, &counted, &opened.hash())?;
                std::fs::write(path, text).map_err(|error| unreadable(path, &error))?;
            }
            if self.explain {
                told["explanation"] = explain::explain(&prepared, &counted)?;
            }
            told
        };
        told["file_sha256"] = opened.hash().into();
        if self.json {
            say::out(&told.to_string());
        } else {
            say::out(show::text(election, &told, self.lang).trim_end());
        }
        Ok(())
    }

    /// The rule that is asked for; nothing where its name says nothing.
    fn rule(&self, election: &Election) -> anyhow::Result<Option<Rule>> {
        if let Some(path) = &self.rule_file {
            let bytes = crate::input::read(path)?;
            let rule = serde_json::from_slice(&bytes);
            return Ok(Some(rule.map_err(|error| unreadable(path, &std::io::Error::other(error)))?));
        }
        if self.rule == "declared" {
            return Ok(declared(election));
        }
        let Some(method) = Rule::method_named(&self.rule) else { return Ok(None) };
        let conflict = |list: &String| list.split(',').map(|id| id.trim().to_owned()).collect();
        let mut rule = Rule {
            completion: self.completion.0.clone(),
            comparison: self.comparison,
            ties: self.ties,
            conflicts: self.conflict.iter().map(conflict).collect(),
            one_per: self.one_per.clone(),
            ..Rule::new(method, self.utility)
        };
        rule.eligibility.min_score = self.min_score;
        rule.eligibility.share_divisor = self.share_divisor;
        rule.eligibility.needs_votes = self.needs_votes;
        // The rules of Phragmén's kind count approvals: a unit is a mark.
        if matches!(method, Method::Phragmen { .. } | Method::Maximin) {
            rule.utility = Utility::COST;
        }
        Ok(Some(rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_read_from_hexadecimal_digits() {
        assert_eq!(hex("00ff").unwrap().0, [0, 255]);
        for wrong in ["", "0", "zz", "0ф"] {
            assert!(hex(wrong).is_err(), "{wrong}");
        }
    }
}
