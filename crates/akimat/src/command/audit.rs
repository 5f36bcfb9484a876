//! `akimat audit`: the record of acts held against the transparency log.

use super::backup::sentence;
use crate::compose;
use crate::config::{Config, Home};
use crate::input::FINDINGS;
use crate::say;
use akimat_app::audit_trail::{TrailCheck, TrailDifference};
use akimat_core::Lang;
use std::process::ExitCode;

/// The record of acts.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum AuditCommand {
    /// Recompute the chain of closed days from the database and hold it against the log
    Verify(Verify),
}

/// Recompute the chain. Exit status 0 when everything agrees, 1 with the first difference.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    home: Home,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl AuditCommand {
    /// Does it.
    ///
    /// # Errors
    /// When the settings or the database are wrong.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let Self::Verify(verify) = self;
        let config = Config::load(&verify.home)?;
        let (check, zone) = compose::runtime()?.block_on(async {
            let platform = compose::platform(&config).await?;
            let check = platform.app.check_audit_trail().await?;
            anyhow::Ok((check, platform.app.zone().clone()))
        })?;
        tell(verify.lang, &zone, &check);
        Ok(if check.difference.is_some() { FINDINGS.into() } else { ExitCode::SUCCESS })
    }
}

fn tell(lang: Lang, zone: &jiff::tz::TimeZone, check: &TrailCheck) {
    let locale = say::words(lang);
    if let Some(difference) = &check.difference {
        return tell_difference(lang, zone, difference);
    }
    let Some(until) = check.closed_until else {
        return say::out(&sentence(lang, "audit-cli-none", &[]));
    };
    let args = [
        ("until", locale.date_time(until, zone)),
        ("leaves", locale.count(check.n_leaves)),
        ("acts", locale.count(check.n_acts)),
    ];
    say::out(&sentence(lang, "audit-cli-agrees", &args));
    if check.waits {
        say::out(&sentence(lang, "audit-cli-waiting", &[]));
    }
    for (key, n) in [("audit-cli-erased", check.n_erased), ("audit-cli-without-key", check.n_without_key)] {
        if n > 0 {
            say::out(&sentence(lang, key, &[("acts", locale.count(n))]));
        }
    }
}

fn tell_difference(lang: Lang, zone: &jiff::tz::TimeZone, difference: &TrailDifference) {
    let locale = say::words(lang);
    let nowhere = || locale.t("audit-cli-nowhere").into_owned();
    let index = difference.index.map_or_else(nowhere, |index| index.to_string());
    let args = [("index", index), ("until", locale.date_time(difference.until, zone))];
    say::err(&sentence(lang, "audit-cli-place", &args));
    let act = difference.act.map_or_else(nowhere, |(id, at)| format!("{id}, {}", locale.date_time(at, zone)));
    let key = match difference.what {
        "chain" => "audit-cli-chain",
        "words" => "audit-cli-words",
        _ => "audit-cli-act",
    };
    let args = [
        ("wanted", locale.count(difference.wanted)),
        ("found", locale.count(difference.found)),
        ("act", act),
    ];
    say::err(&sentence(lang, key, &args));
}
