//! `akimat demo`.

use crate::compose;
use crate::config::{Config, Home};
use crate::demo::{self, DemoPerson};
use crate::say;
use crate::table::{Align, lay_out};
use akimat_core::Role;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Load the demonstration where it is not loaded yet, and serve it.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Folder of the database; made on the first start
    #[arg(long, value_name = "DIR", default_value = "./akimat-data")]
    data: PathBuf,
    /// Settings whose database is used in place of the folder's
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    config: Option<PathBuf>,
    /// Address to serve on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Load and end
    #[arg(long)]
    load_only: bool,
}

impl Demo {
    /// Serves the demonstration until it is stopped.
    ///
    /// # Errors
    /// When the folder cannot be written, its database holds something else, or the address is taken.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let data = self.config.is_none().then(|| self.data.clone());
        let mut config = Config::load(&Home { config: self.config, data })?;
        config.listen = self.listen;
        rehearse_mail(&mut config);
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let loaded = demo::load(&platform, !self.load_only).await?;
            if self.load_only {
                // What the server would do in the background is done here before the end.
                while platform.app.work_on_next_job(uuid::Uuid::now_v7()).await? {}
                let what = if loaded { "loaded" } else { "was loaded already" };
                say::out(&format!("The demonstration {what}"));
                return Ok(());
            }
            let listener = super::serve::bind(config.listen).await?;
            let accounts = one_a_role(demo::people()?.accounts);
            demo::programme::begin(&platform.app).await?;
            tokio::spawn(demo::programme::decide_when_solved(platform.app.clone()));
            say::out(&greeting(listener.local_addr()?, &accounts));
            if let Some(folder) = &config.mail.folder {
                say::out(&format!("Letters to residents are put into {}", folder.display()));
            }
            super::serve::serve(&config, platform, listener, shown(&accounts)).await
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The demonstration writes to nobody: where no mail server is set up, letters are put into a folder.
fn rehearse_mail(config: &mut Config) {
    if config.mail.smtp.is_some() || config.mail.folder.is_some() {
        return;
    }
    config.mail.folder = Some(config.data.join("letters"));
    if config.mail.from.is_empty() {
        config.mail.from = "Akimat <no-reply@akimat.example>".to_owned();
    }
    if config.web.origin.is_empty() {
        config.web.origin = format!("http://{}", config.listen);
    }
}

/// The first account of each role.
fn one_a_role(people: Vec<DemoPerson>) -> Vec<DemoPerson> {
    let mut people = people;
    let mut seen: Vec<Role> = Vec::new();
    people.retain(|person| {
        let new = !seen.contains(&person.role);
        seen.push(person.role);
        new
    });
    people
}

fn greeting(address: SocketAddr, accounts: &[DemoPerson]) -> String {
    let mut rows = vec![["role", "login", "password"].map(str::to_owned).to_vec()];
    let row = |person: &DemoPerson| {
        vec![person.role.code().replace('_', " "), person.login.clone(), person.password.clone()]
    };
    rows.extend(accounts.iter().map(row));
    format!(
        "Akimat, demonstration: http://{address}/\n\n{}\nCtrl-C stops it.",
        lay_out(&[Align::Left; 3], &rows)
    )
}

fn shown(accounts: &[DemoPerson]) -> Vec<akimat_web_kit::state::DemoAccount> {
    let shown = |person: &DemoPerson| akimat_web_kit::state::DemoAccount {
        login: person.login.clone(),
        password: person.password.clone(),
        role: person.role.code(),
    };
    accounts.iter().map(shown).collect()
}
