//! `akimat export`: the register by open standards, or everything as tables. Packages and tables are written page by
//! page, so that the memory does not grow with the register.

mod all;
mod target;

use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::say;
use akimat_app::open_contracting::{OpenDossier, Publication};
use akimat_core::{KatoCode, Lang};
use akimat_interop::open_contracting::{Publisher, project, release};
use akimat_storage::{PageRequest, ProjectFilter};
use clap::{Args, Subcommand};
use serde_json::{Map, Value};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use target::Target;

/// Bring data out.
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// Projects as one package of OC4IDS 0.9.5
    Oc4ids(Package),
    /// Contracting processes as one package of OCDS 1.1.5
    Ocds(Ocds),
    /// Everything: tables as CSV and JSON with their description, and both packages
    All(all::All),
}

/// What every export is told.
#[derive(Debug, Args)]
pub(super) struct What {
    /// KATO code: only projects of this territory and below it
    #[arg(long, value_name = "CODE")]
    pub(super) place: Option<KatoCode>,
    /// Language of texts: kk, ru or en
    #[arg(long, default_value = "ru", value_parser = say::parse_lang)]
    pub(super) lang: Lang,
    #[command(flatten)]
    pub(super) home: Home,
}

/// `akimat export oc4ids`.
#[derive(Debug, Args)]
pub(crate) struct Package {
    #[command(flatten)]
    what: What,
    /// The file; without it standard output
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

/// `akimat export ocds`.
#[derive(Debug, Args)]
pub(crate) struct Ocds {
    #[command(flatten)]
    package: Package,
    /// Records with compiled releases instead of releases
    #[arg(long)]
    records: bool,
    /// Lots and bids too, by the extensions of the standard
    #[arg(long)]
    extensions: bool,
}

/// Which package is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standard {
    Projects,
    Releases { extensions: bool },
    Records { extensions: bool },
}

impl Standard {
    /// The address on the platform that gives the same, and the name of the list.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Projects => ("/api/v1/open-contracting/projects", "projects"),
            Self::Releases { .. } => ("/api/v1/open-contracting/releases", "releases"),
            Self::Records { .. } => ("/api/v1/open-contracting/records", "records"),
        }
    }

    const fn extensions(self) -> bool {
        matches!(self, Self::Releases { extensions: true } | Self::Records { extensions: true })
    }
}

impl Export {
    /// Does it.
    ///
    /// # Errors
    /// When the settings are wrong, the database fails or the file cannot be written.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Oc4ids(package) => one(&package, Standard::Projects),
            Self::Ocds(command) => {
                let extensions = command.extensions;
                let standard = if command.records {
                    Standard::Records { extensions }
                } else {
                    Standard::Releases { extensions }
                };
                one(&command.package, standard)
            }
            Self::All(command) => command.run(),
        }
    }
}

/// One package into one file. Without anything to publish there is no valid package and no file.
fn one(package: &Package, standard: Standard) -> anyhow::Result<ExitCode> {
    let config = Config::load(&package.what.home)?;
    compose::runtime()?.block_on(async {
        let platform = compose::platform(&config).await?;
        let mut target = Target::file(package.to.as_deref())?;
        let n = write_package(&platform, (&config, &package.what), standard, &mut target).await?;
        if n == 0 {
            target.abandon();
            anyhow::bail!("there is nothing to publish");
        }
        target.finish()?;
        if let Some(file) = &package.to {
            say::out(&format!("{n} {} in {}", standard.names().1, file.display()));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Every page of projects in turn.
pub(super) async fn pages(
    platform: &Platform,
    what: &What,
    mut take: impl FnMut(&[OpenDossier]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let filter = ProjectFilter { place: what.place, ..ProjectFilter::default() };
    let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
    loop {
        let page = platform.app.open_dossiers(&filter, &request, what.lang).await?;
        take(&page.items)?;
        let Some(next) = page.next else { return Ok(()) };
        request.after = Some(next);
    }
}

/// Writes a package element by element and tells how many there are.
async fn write_package(
    platform: &Platform,
    (config, what): (&Config, &What),
    standard: Standard,
    to: &mut Target,
) -> anyhow::Result<usize> {
    let settings = config.open_contracting.settings();
    let publication = Publication {
        settings: &settings,
        base: config.outside(),
        lang: what.lang,
        place: what.place,
        extensions: standard.extensions(),
    };
    let publisher = platform.app.open_publisher(&publication).await?;
    let (path, list) = standard.names();
    let (at, today) = (platform.app.now(), platform.app.today());
    let head = match standard {
        Standard::Projects => publisher.project_head(path, at),
        Standard::Releases { .. } | Standard::Records { .. } => publisher.process_head(path, at),
    };
    begin(to, &head, list)?;
    let mut n = 0;
    pages(platform, what, |dossiers| {
        for dossier in dossiers {
            for element in elements(&publisher, dossier, (standard, today)) {
                to.write_all(if n == 0 { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut *to, &element)?;
                n += 1;
            }
        }
        Ok(())
    })
    .await?;
    to.write_all(b"\n]}\n")?;
    Ok(n)
}

fn begin(to: &mut Target, head: &Map<String, Value>, list: &str) -> anyhow::Result<()> {
    let head = serde_json::to_string(head)?;
    let open = head.strip_suffix('}').unwrap_or(&head);
    to.write_all(format!("{open},\"{list}\":[").as_bytes())?;
    Ok(())
}

fn elements(
    publisher: &Publisher,
    dossier: &OpenDossier,
    (standard, today): (Standard, jiff::civil::Date),
) -> Vec<Value> {
    let subject = dossier.subject();
    match standard {
        Standard::Projects => vec![project::project(publisher, &subject, today)],
        Standard::Releases { .. } => {
            subject.processes.iter().flat_map(|one| release::releases(publisher, &subject, one)).collect()
        }
        Standard::Records { .. } => {
            subject.processes.iter().map(|one| release::record(publisher, &subject, one)).collect()
        }
    }
}
