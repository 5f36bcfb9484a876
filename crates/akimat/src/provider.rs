//! The identity providers of the settings, as the use cases know them.

use crate::config::{Config, Provider};
use akimat_app::provider::{IdentityProvider, ProviderAttempt, ProviderFault, ProviderPerson};
use akimat_oidc::{Attempt, Client, Fault, Settings};
use akimat_storage::ProviderSession;
use anyhow::{Context, bail};
use std::sync::Arc;

struct Known {
    name: String,
    label: String,
    issuer: String,
    client: Client,
    levels: Vec<(String, u8)>,
}

/// The providers that people may sign in by.
///
/// # Errors
/// When a setting is missing or cannot be used.
pub(crate) fn providers(config: &Config) -> anyhow::Result<Vec<Arc<dyn IdentityProvider>>> {
    let origin = config.web.origin.trim_end_matches('/');
    let mut all: Vec<Arc<dyn IdentityProvider>> = Vec::new();
    for provider in &config.provider {
        let known = known(provider, origin).with_context(|| format!("provider {}", provider.name))?;
        if all.iter().any(|other| other.name() == known.name) {
            bail!("two providers are called {}", known.name);
        }
        all.push(Arc::new(known));
    }
    Ok(all)
}

fn known(provider: &Provider, origin: &str) -> anyhow::Result<Known> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if provider.name.is_empty() || !provider.name.chars().all(plain) {
        bail!("name must be of small Latin letters, digits and hyphens: it stands in addresses");
    }
    if !(origin.starts_with("https://") || origin.starts_with("http://")) {
        bail!("web.origin must be the address of the platform: people come back there");
    }
    let client_secret = match &provider.client_secret_file {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| path.display().to_string())?.trim().to_owned()
        }
        None => String::new(),
    };
    let mut levels = Vec::new();
    for (acr, level) in &provider.levels {
        if !(1..=3).contains(level) {
            bail!("levels: {acr} has the level {level}; there are 1, 2 and 3");
        }
        levels.push((acr.clone(), *level));
    }
    let mut dearest = levels.clone();
    dearest.sort_by_key(|(_, level)| std::cmp::Reverse(*level));
    let settings = Settings {
        issuer: provider.issuer.clone(),
        client_id: provider.client_id.clone(),
        client_secret,
        redirect_uri: format!("{origin}/auth/{}/callback", provider.name),
        scopes: provider.scopes.clone(),
        acr_values: dearest.into_iter().map(|(acr, _)| acr).collect(),
    };
    let label = if provider.label.is_empty() { provider.name.clone() } else { provider.label.clone() };
    let issuer = provider.issuer.clone();
    Ok(Known { name: provider.name.clone(), label, issuer, client: Client::new(settings)?, levels })
}

fn fault(fault: Fault) -> ProviderFault {
    match fault {
        Fault::Unreachable(reason) => ProviderFault::Unreachable(reason),
        Fault::Refused(reason) => ProviderFault::Refused(reason),
        Fault::Untrusted(reason) | Fault::Settings(reason) => ProviderFault::Untrusted(reason.to_owned()),
    }
}

fn attempt(attempt: &ProviderAttempt) -> Attempt {
    let ProviderAttempt { state, nonce, verifier } = attempt.clone();
    Attempt { state, nonce, verifier }
}

impl IdentityProvider for Known {
    fn name(&self) -> &str {
        &self.name
    }

    fn label(&self) -> &str {
        &self.label
    }

    fn issuer(&self) -> &str {
        &self.issuer
    }

    fn begin(&self, asked: &ProviderAttempt, lang: &str, now: i64) -> Result<String, ProviderFault> {
        self.client.begin(&attempt(asked), lang, now).map_err(fault)
    }

    fn finish(
        &self,
        asked: &ProviderAttempt,
        code: &str,
        issuer: Option<&str>,
        now: i64,
    ) -> Result<ProviderPerson, ProviderFault> {
        let person = self.client.finish(&attempt(asked), code, issuer, now).map_err(fault)?;
        // A class that the operator's table does not name is no more than a sign-in.
        let level = self.levels.iter().find(|(acr, _)| *acr == person.acr).map_or(1, |(_, level)| *level);
        let session =
            ProviderSession { issuer: person.issuer, subject: person.subject, session: person.session };
        Ok(ProviderPerson { session, level, name: person.name })
    }

    fn logout(&self, token: &str, now: i64) -> Result<ProviderSession, ProviderFault> {
        let ended = self.client.logout(token, now).map_err(fault)?;
        Ok(ProviderSession { issuer: ended.issuer, subject: ended.subject, session: ended.session })
    }
}
