//! The composition root: the only place that knows which database and which solver there are.

use crate::config::{Config, DatabaseUrl};
use crate::demo;
use akimat_app::app::Parts;
use akimat_app::outbox::Post;
use akimat_app::published::Published;
use akimat_app::{App, SystemChance, SystemClock};
use akimat_columnar::{Columnar, ColumnarOptions};
use akimat_mail::{
    Carriers, FolderMailer, Sender, SmsGateway, SmsSettings, SmtpMailer, Telegram, TelegramSettings, WebPush,
};
use akimat_solver_highs::Highs;
use akimat_storage::{Mailer, Store};
use akimat_storage_postgres::PostgresStore;
use akimat_storage_sqlite::{Options, SqliteStore};
use anyhow::{Context, bail};
use jiff::tz::TimeZone;
use std::path::Path;
use std::sync::Arc;

/// The platform without its faces.
#[derive(Clone)]
pub(crate) struct Platform {
    /// The database, for measurements and the demonstration; whatever else changes anything is a use case.
    pub(crate) store: Arc<dyn Store>,
    /// The use cases.
    pub(crate) app: App,
}

/// Opens the database, brings its schema forward, and puts the use cases on top.
///
/// # Errors
/// When the settings are wrong or the database cannot be opened.
pub(crate) async fn platform(config: &Config) -> anyhow::Result<Platform> {
    let store = open(config).await?;
    let app = App::new(Parts {
        store: Arc::clone(&store),
        solver: Arc::new(Highs),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        zone: TimeZone::get(&config.zone).context("zone")?,
        criteria: criteria(config.criteria.as_deref())?,
    });
    let columns = Columnar::open(Arc::clone(&store) as _, ColumnarOptions::new(config.columns_folder()))?;
    let app = app.with_columns(Arc::new(columns));
    let key = crate::key::platform(&config.key_file())?;
    let ballot_key = crate::key::read_or_make(&config.ballot_key_file())?;
    let app = app.with_ballot_key(akimat_app::secret::PlatformKey::new(ballot_key));
    let app = app.with_key(key).with_staff_factor(config.security.staff_second_factor);
    let app = app.with_session_terms(config.security.session_terms());
    let app = app.with_passkeys(&config.web.origin);
    let app = app.with_providers(crate::provider::providers(config)?);
    let app = app.with_persons(persons(config)?);
    let app = match crate::signing::signing(&config.identity)? {
        Some(signing) => app.with_signing(signing),
        None => app,
    };
    let app = match post(config)? {
        Some(post) => app.with_post(post),
        None => app,
    };
    Ok(Platform { store, app })
}

/// What acts need of persons, and how long records about them are kept: the operator's files, else those of the program.
fn persons(config: &Config) -> anyhow::Result<akimat_app::person::Persons> {
    let mut persons = akimat_app::person::Persons::default();
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    if let Some(path) = &config.identity.requirements {
        let text = read(path)?;
        persons.rules = akimat_identity::Rules::parse(&text).with_context(|| path.display().to_string())?;
    }
    if let Some(path) = &config.identity.retention {
        let text = read(path)?;
        persons.terms = akimat_identity::Terms::parse(&text).with_context(|| path.display().to_string())?;
    }
    Ok(persons)
}

/// How letters leave; `None` where the operator set nothing up.
fn post(config: &Config) -> anyhow::Result<Option<Post>> {
    let mail = &config.mail;
    if mail.smtp.is_none() && mail.folder.is_none() {
        if !(config.sms.url.is_empty()
            && config.push.contact.is_empty()
            && config.telegram.token_file.is_none())
        {
            bail!("messages need letters, too: set mail.smtp or mail.folder");
        }
        return Ok(None);
    }
    let origin = config.web.origin.trim_end_matches('/').to_owned();
    if !(origin.starts_with("https://") || origin.starts_with("http://")) {
        bail!(
            "web.origin must be the address of the platform, such as https://akimat.example.kz: letters link to it"
        );
    }
    if mail.from.is_empty() {
        bail!("mail.from must say who writes, such as Akimat <no-reply@akimat.example.kz>");
    }
    let from = Sender::parse(&mail.from)?;
    let mailer: Arc<dyn Mailer> = match (&mail.smtp, &mail.folder) {
        (Some(_), Some(_)) => bail!("mail.smtp and mail.folder exclude each other"),
        (Some(url), None) => Arc::new(SmtpMailer::new(url, from)?),
        (None, Some(folder)) => Arc::new(FolderMailer::new(folder.clone(), from)?),
        (None, None) => return Ok(None),
    };
    let mailer: Arc<dyn Mailer> = Arc::new(Carriers {
        mail: mailer,
        sms: sms(config)?,
        telegram: telegram(config)?,
        push: push(config)?,
    });
    Ok(Some(Post { mailer, origin }))
}

/// The only line of a file.
fn line_of(path: &Path) -> anyhow::Result<String> {
    Ok(std::fs::read_to_string(path).with_context(|| path.display().to_string())?.trim().to_owned())
}

fn sms(config: &Config) -> anyhow::Result<Option<SmsGateway>> {
    let sms = &config.sms;
    if sms.url.is_empty() {
        return Ok(None);
    }
    let authorization = sms.authorization_file.as_deref().map(line_of).transpose()?.unwrap_or_default();
    let settings = SmsSettings {
        url: sms.url.clone(),
        body: sms.body.clone(),
        content_type: sms.content_type.clone(),
        authorization,
        taken: sms.taken.clone(),
    };
    Ok(Some(SmsGateway::new(settings).context("sms")?))
}

fn telegram(config: &Config) -> anyhow::Result<Option<Telegram>> {
    let Some(file) = &config.telegram.token_file else { return Ok(None) };
    let (url, bot) = (config.telegram.url.clone(), config.telegram.bot.clone());
    let settings = TelegramSettings { url, token: line_of(file)?, bot };
    Ok(Some(Telegram::new(settings).context("telegram")?))
}

fn push(config: &Config) -> anyhow::Result<Option<WebPush>> {
    let push = &config.push;
    if push.contact.is_empty() {
        return Ok(None);
    }
    let key = crate::key::read_or_make_bytes(&config.push_key(), || Ok(WebPush::new_key()?))?;
    Ok(Some(WebPush::new(&key, &push.contact, push.services.clone()).context("push")?))
}

async fn open(config: &Config) -> anyhow::Result<Arc<dyn Store>> {
    match config.database_url()? {
        DatabaseUrl::Sqlite(path) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            let mut options = Options::default();
            if let Some(connections) = config.database.connections {
                options.n_readers = connections;
            }
            Ok(Arc::new(SqliteStore::open(&path, &options)?))
        }
        DatabaseUrl::Postgres(url) => {
            let connections = config.database.connections.unwrap_or(16);
            Ok(Arc::new(PostgresStore::connect(&url, connections).await?))
        }
    }
}

fn criteria(file: Option<&Path>) -> anyhow::Result<Published> {
    match file {
        None => demo::criteria::embedded(),
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            demo::criteria::read(&text).with_context(|| path.display().to_string())
        }
    }
}

/// A runtime with as many threads as there are cores.
///
/// # Errors
/// When the system gives no threads.
pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(cores).enable_all().build();
    runtime.context("the system gives no threads")
}
