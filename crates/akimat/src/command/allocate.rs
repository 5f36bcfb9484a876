//! `akimat allocate FILE`: the best plan of a programme within its rules, with a proven bound and reasons.

mod answer;
mod beside;
mod told;

use crate::input::{FINDINGS, UNREADABLE, unreadable};
use crate::say;
use akimat_allocation::fairness::FairnessError;
use akimat_allocation::relax::diagnose;
use akimat_allocation::{
    AllocateError, Allocated, Effort, Go, Id, Limits, Plan, Programme, Progress, Watch, allocate,
};
use akimat_core::Lang;
use akimat_i18n::Arg;
use akimat_interop::portfolio::{PortfolioError, decode_portfolio};
use akimat_solver_highs::Highs;
use beside::{Around, Beside, FairGoal};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Programmes are read up to this size; the list of projects is counted, not stored, beyond its limit.
const FILE_BYTES_MAX: u64 = 512 << 20;
/// Up to so many projects the plan is proven by default.
const PROVEN_PROJECTS: usize = 60;

/// Time kept for bounds and swaps about so many projects; in a programme of hundreds they take less.
fn reasons(projects: usize) -> Duration {
    Duration::from_micros(1_100).saturating_mul(u32::try_from(projects).unwrap_or(u32::MAX))
}

/// Choose projects and their years within the rules of a programme. Exit status 0 with a plan, 1 when no plan
/// satisfies the rules or none was found in time, 3 unreadable.
#[derive(Debug, clap::Args)]
pub(crate) struct Allocate {
    /// Programme as JSON (akimat-portfolio/1)
    file: PathBuf,
    /// Stop when a better plan could be better by this share at most; 0 up to 60 projects unless given
    #[arg(long, value_parser = share)]
    gap: Option<u32>,
    /// Stop after so many seconds with the best plan so far
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    seconds: Option<u32>,
    /// Seed of the heuristics
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only the quick answer, without a search for the proof
    #[arg(long)]
    quick: bool,
    /// At most so many threads, all cores unless given; the plan does not depend on it
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=64))]
    threads: Option<u8>,
    /// Explain all projects, or those with these names
    #[arg(long, value_name = "all|ID,...", value_delimiter = ',')]
    explain: Vec<String>,
    /// First make the benefit per head of the districts as even as can be
    #[arg(long, value_name = "GOAL")]
    fair: Option<FairGoal>,
    /// Show beside the plan: the list by rank, other plans, nested budgets, fair plans
    #[arg(long, value_name = "WHAT,...", value_delimiter = ',')]
    beside: Vec<Beside>,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

/// Cores of this machine, as far as threads are of use.
fn cores() -> u8 {
    std::thread::available_parallelism().map_or(1, |cores| u8::try_from(cores.get().min(64)).unwrap_or(1))
}

/// A share such as 0.001 in millionths.
fn share(text: &str) -> Result<u32, String> {
    let share: f64 = text.parse().map_err(|_| "use a share such as 0.001".to_owned())?;
    if !(0.0..=1.0).contains(&share) {
        return Err("use a share between 0 and 1".to_owned());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to a million")]
    let millionths = (share * 1e6).round() as u32;
    Ok(millionths)
}

/// Watches the clock, and says on a terminal how far the work is.
struct Clock {
    begin: Instant,
    end: Option<Duration>,
    speaks: bool,
    /// The clock ended the explanations early.
    cut: bool,
}

impl Clock {
    /// Whether too little time is left for more than bounds and swaps about so many projects.
    fn is_short_for(&self, projects: usize) -> bool {
        self.time_left().is_some_and(|left| left < 2 * reasons(projects))
    }
}

impl Watch for Clock {
    #[expect(clippy::cast_precision_loss, reason = "for a line on a terminal")]
    fn progress(&mut self, progress: &Progress, _plan: Option<&Plan>) -> Go {
        if self.speaks {
            let gap = match (progress.incumbent, progress.bound) {
                (Some(best), Some(bound)) if best > 0 => {
                    format!(
                        "{best} of at most {bound} ({:.3} %)",
                        (bound - best) as f64 * 100.0 / best as f64
                    )
                }
                (_, Some(bound)) => format!("at most {bound}"),
                _ => String::new(),
            };
            let (step, of, seconds) = (progress.step, progress.of, self.begin.elapsed().as_secs_f64());
            say::err(&format!("{seconds:7.1} s  {:?} {step}/{of}  {gap}", progress.stage));
        }
        Go::On
    }

    fn time_left(&self) -> Option<Duration> {
        self.end.map(|end| end.saturating_sub(self.begin.elapsed()))
    }
}

impl Allocate {
    /// Solves, explains and prints.
    ///
    /// # Errors
    /// When the file cannot be opened or the solver fails.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = read(&self.file)?;
        let programme = match decode_portfolio(&bytes) {
            Ok(programme) => programme,
            Err(error) => return Ok(self.refuse(&error)),
        };
        let wanted = match self.wanted(&programme) {
            Ok(wanted) => wanted,
            Err(unknown) => {
                let id = unknown.as_str();
                say::err(&say::words(self.lang).f("programme-explain-unknown", &[("id", id.into())]));
                return Ok(UNREADABLE.into());
            }
        };
        let sha256 = format!("{:x}", Sha256::digest(&bytes));
        let effort = self.effort(programme.projects().len());
        let end = self.seconds.map(|seconds| Duration::from_secs(u64::from(seconds)));
        let speaks = std::io::stderr().is_terminal();
        // The reasons belong to the answer: the search leaves them their time.
        let search = end.map(|end| end.saturating_sub(reasons(wanted.len()).min(end / 2)));
        let mut clock = Clock { begin: Instant::now(), end: search, speaks, cut: false };
        let programme =
            match self.fair.map(|goal| beside::even(&programme, goal, (&effort, clock.time_left()))) {
                Some(Ok(even)) => even,
                Some(Err(error)) => return self.uneven(error),
                None => programme,
            };
        let allocated = allocate(&programme, &Highs, &effort, &mut clock);
        clock.end = end;
        match allocated {
            Ok(Allocated::Plan(plan)) => {
                let mut answer =
                    answer::plan(&programme, &plan, (&wanted, &Highs), (&sha256, &effort), &mut clock)?;
                if !self.beside.is_empty() {
                    let time = clock.time_left();
                    let around = Around { programme: &programme, plan: &plan, effort: &effort, time };
                    match around.show(&self.beside).map_err(anyhow::Error::downcast::<FairnessError>) {
                        Ok(shown) => answer.beside = Some(shown),
                        Err(Ok(error)) => return self.uneven(error),
                        Err(Err(error)) => return Err(error),
                    }
                }
                self.print(&answer)?;
                if !self.json {
                    let told = told::paragraphs(&programme, &answer.explanations, self.lang);
                    told.iter().for_each(|paragraph| say::out(paragraph));
                }
                Ok(ExitCode::SUCCESS)
            }
            Ok(Allocated::Infeasible) => {
                let limits = Limits { nodes: 100_000, time: clock.time_left(), gap_millionths: 0 };
                let found = diagnose(&programme, &Highs, &limits)?;
                self.print(&answer::infeasible(&programme, found.as_ref(), (&sha256, &effort)))?;
                Ok(FINDINGS.into())
            }
            Err(AllocateError::NothingFound) => {
                say::err(&say::words(self.lang).t("programme-nothing-found"));
                Ok(FINDINGS.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Why benefit per head cannot be made even.
    fn uneven(&self, error: FairnessError) -> anyhow::Result<ExitCode> {
        let words = say::words(self.lang);
        let sentence = match error {
            FairnessError::NoPopulation { district } => {
                let row = (district + 1).to_string();
                words.f("fairness-no-population", &[("row", row.as_str().into())])
            }
            FairnessError::NoDistrict => words.t("fairness-no-district").into_owned(),
            FairnessError::NothingFound => words.t("programme-nothing-found").into_owned(),
            FairnessError::Solver(error) => return Err(error.into()),
        };
        say::err(&format!("{}: {sentence}", self.file.display()));
        Ok(UNREADABLE.into())
    }

    fn effort(&self, projects: usize) -> Effort {
        let default = if projects <= PROVEN_PROJECTS { 0 } else { Effort::default().gap_millionths };
        Effort {
            gap_millionths: self.gap.unwrap_or(default),
            seconds: self.seconds,
            seed: self.seed,
            quick: self.quick,
            threads: self.threads.unwrap_or_else(cores),
        }
    }

    /// Projects to explain, by index; the first unknown name otherwise.
    fn wanted(&self, programme: &Programme) -> Result<Vec<usize>, String> {
        if self.explain.iter().any(|name| name == "all") {
            return Ok((0..programme.projects().len()).collect());
        }
        let find = |name: &String| {
            let number = name.parse().ok().map(Id::Number);
            let found =
                number.and_then(|id| programme.find(&id)).or_else(|| programme.find(&Id::Text(name.clone())));
            found.ok_or_else(|| name.clone())
        };
        self.explain.iter().map(find).collect()
    }

    fn print(&self, answer: &answer::Answer) -> anyhow::Result<()> {
        if self.json {
            say::out(&serde_json::to_string(answer)?);
        } else {
            answer.lines().iter().for_each(|line| say::out(line));
        }
        Ok(())
    }

    fn refuse(&self, error: &PortfolioError) -> ExitCode {
        let (file, words) = (self.file.display(), say::words(self.lang));
        match error {
            PortfolioError::BrokenJson { line, column } => {
                let (line, column) = (line.to_string(), column.to_string());
                let args = [("line", Arg::from(line.as_str())), ("column", Arg::from(column.as_str()))];
                say::err(&format!("{file}: {}", words.f("programme-broken-json", &args)));
            }
            PortfolioError::Faults(faults) => {
                for fault in faults {
                    let sentence = say::facts(words, &fault.key(), &fault.args());
                    match fault.place() {
                        Some(place) => {
                            let place = say::facts(words, place.key(), &place.args());
                            say::err(&format!("{file}: {place}: {sentence}"));
                        }
                        None => say::err(&format!("{file}: {sentence}")),
                    }
                }
            }
        }
        UNREADABLE.into()
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(FILE_BYTES_MAX).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}
