//! `akimat account`: the operator opens and lists accounts.

use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::say;
use crate::table::{Align, lay_out};
use akimat_app::account::NewAccount;
use akimat_app::{Chance, SystemChance};
use akimat_core::{KatoCode, Lang, Role};
use akimat_storage::PageRequest;
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Open and list accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Open an account; without --password-stdin a password is made up and printed once
    Add(Add),
    /// List all accounts
    List(List),
}

/// Open an account.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Name to sign in with: 3 to 64 letters, digits, . - _ @
    #[arg(long)]
    login: String,
    /// Name shown beside comments
    #[arg(long)]
    name: String,
    /// resident, project_manager, analyst, head, moderator or administrator
    #[arg(long, value_parser = parse_role)]
    role: Role,
    /// KATO code of the territory where the role holds; without it everywhere
    #[arg(long, value_name = "CODE")]
    place: Option<KatoCode>,
    /// Office in whose name an official speaks
    #[arg(long, default_value = "")]
    office: String,
    /// Read the password from standard input: its first line
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    home: Home,
}

/// List all accounts.
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    home: Home,
}

fn parse_role(text: &str) -> Result<Role, String> {
    let codes = || Role::ALL.map(Role::code).join(", ");
    Role::parse(text).ok_or_else(|| format!("use one of {}", codes()))
}

impl AccountCommand {
    /// Does it.
    ///
    /// # Errors
    /// When the settings, the database or the fields are wrong.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let home = match &self {
            Self::Add(add) => &add.home,
            Self::List(list) => &list.home,
        };
        let config = Config::load(home)?;
        compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            match self {
                Self::Add(add) => add.run(&platform).await,
                Self::List(_) => list(&platform).await,
            }
        })
    }
}

impl Add {
    async fn run(self, platform: &Platform) -> anyhow::Result<ExitCode> {
        let made_up = !self.password_stdin;
        let password = if made_up { made_up_password() } else { first_line()? };
        let new = NewAccount {
            login: self.login,
            display_name: self.name,
            password: password.clone(),
            role: self.role,
            place: self.place,
            office: self.office,
        };
        let opened = platform.app.open_account_as_operator(new).await;
        let account = opened.map_err(|error| say::app_error(Lang::En, &error))?;
        say::out(&account.login);
        if made_up {
            say::out(&password);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn first_line() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Twenty letters and digits of chance in groups of five, without those that look alike: 98 bits.
fn made_up_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let chance = SystemChance.bytes();
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups = chance[..20].chunks(5).map(|group| group.iter().map(letter).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

async fn list(platform: &Platform) -> anyhow::Result<ExitCode> {
    let mut rows = Vec::new();
    let mut page = PageRequest::first(PageRequest::LIMIT_MAX);
    loop {
        let found = platform.app.read().list_accounts(&page).await?;
        for account in found.items {
            let place = account.place.map(|place| place.to_string()).unwrap_or_default();
            let state = if account.disabled { "disabled" } else { "" }.to_owned();
            rows.push(vec![
                account.login,
                account.role.code().to_owned(),
                place,
                account.display_name,
                state,
            ]);
        }
        match found.next {
            Some(after) => page.after = Some(after),
            None => break,
        }
    }
    say::out(lay_out(&[Align::Left; 5], &rows).trim_end());
    Ok(ExitCode::SUCCESS)
}
