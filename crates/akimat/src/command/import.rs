//! `akimat import`: a file is decoded whole first; when anything is wrong with it every problem is told and
//! nothing is written.

mod boundaries;
mod budget;
mod facts;
mod kato;
mod observation;
mod open_contracting;
mod persons;
mod projects;

use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::input::{self, UNREADABLE};
use crate::{progress, say};
use akimat_core::Lang;
use akimat_interop::Problem;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Bring files in.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Territories of the KATO classifier
    Kato(kato::Kato),
    /// Borders of territories as GeoJSON, for the map
    Boundaries(boundaries::Boundaries),
    /// Budgets: JSON records, a tidy CSV, or the XLSX or CSV of a maslikhat's decision
    Budget(budget::Budget),
    /// Execution reports as one long CSV, of any length: line by line and month by month
    Facts(facts::Facts),
    /// Figures about territories as CSV or XLSX: people, area, regional product, price indices
    Observations(observation::Observations),
    /// A register of projects as CSV or XLSX
    Projects(projects::Projects),
    /// Persons whom a register has checked, as CSV: login, iin, place
    Persons(persons::Persons),
    /// Projects with their contracting processes: a package of OC4IDS
    Oc4ids(open_contracting::OpenContracting),
    /// Contracting processes of registered projects: a package of releases or records of OCDS
    Ocds(open_contracting::OpenContracting),
}

/// What every import is told.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The file
    file: PathBuf,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
    #[command(flatten)]
    home: Home,
}

impl Import {
    /// Does it.
    ///
    /// # Errors
    /// When the file cannot be opened, the settings are wrong or the database fails.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let source = match &self {
            // It may be larger than the memory.
            Self::Facts(command) => return command.run(),
            Self::Kato(command) => &command.source,
            Self::Boundaries(command) => &command.source,
            Self::Budget(command) => &command.source,
            Self::Observations(command) => &command.source,
            Self::Projects(command) => &command.source,
            Self::Persons(command) => &command.source,
            Self::Oc4ids(command) | Self::Ocds(command) => &command.source,
        };
        let started = Instant::now();
        let bytes = input::read(&source.file)?;
        let config = Config::load(&source.home)?;
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let spinner = progress::spinner("reading and saving");
            let answer = match &self {
                Self::Facts(_) => return Ok(ExitCode::SUCCESS),
                Self::Kato(command) => command.run(&platform, &bytes).await,
                Self::Boundaries(command) => command.run(&platform, &bytes).await,
                Self::Budget(command) => command.run(&platform, &bytes).await,
                Self::Observations(command) => command.run(&platform, &bytes).await,
                Self::Projects(command) => command.run(&platform, &bytes).await,
                Self::Persons(command) => command.run(&platform, &bytes).await,
                Self::Oc4ids(command) | Self::Ocds(command) => command.run(&platform, &bytes).await,
            };
            spinner.finish_and_clear();
            match answer? {
                Answer::Problems(problems) => {
                    say::problems(&source.file, source.lang, &problems);
                    Ok(UNREADABLE.into())
                }
                Answer::Refused => Ok(UNREADABLE.into()),
                Answer::Done(what) => {
                    say::out(&format!("{what} in {:.2} s", started.elapsed().as_secs_f64()));
                    Ok(ExitCode::SUCCESS)
                }
            }
        })
    }
}

/// What came of a file.
enum Answer {
    /// It is wrong; nothing was written.
    Problems(Vec<Problem>),
    /// It is wrong, which has been told; nothing was written.
    Refused,
    /// What was brought in, in words.
    Done(String),
}

impl Source {
    fn name(&self) -> String {
        input::file_name(&self.file)
    }

    fn failed(&self, error: &akimat_app::AppError) -> anyhow::Error {
        say::app_error(self.lang, error)
    }
}

/// The territories that are known today among `codes`.
async fn known_places(
    platform: &Platform,
    codes: impl IntoIterator<Item = akimat_core::KatoCode>,
) -> anyhow::Result<std::collections::BTreeMap<akimat_core::KatoCode, akimat_core::Place>> {
    let codes: std::collections::BTreeSet<_> = codes.into_iter().collect();
    let codes: Vec<_> = codes.into_iter().collect();
    let app = &platform.app;
    let places = app.read().list_places_by_code(&codes, app.today()).await?;
    Ok(places.into_iter().map(|place| (place.code, place)).collect())
}
