//! The frame of a page: language, title, menu, account, message; what `templates/layout.html` shows.

use super::asset::asset_url;
use akimat_core::Lang;
use akimat_i18n::Locale;
use std::borrow::Cow;

/// An entry of the main menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuItem {
    /// Territories on a map.
    Home,
    /// Budgets.
    Budgets,
    /// Questions about budgets and territories.
    Analysis,
    /// Register of projects.
    Projects,
    /// Participatory budgets.
    Budgeting,
    /// Published decisions.
    Decisions,
    /// Forecasts.
    Forecasts,
    /// Help.
    Help,
    /// The workplace of officers, shown to them only.
    Admin,
}

impl MenuItem {
    /// What everybody sees, in order.
    pub const PUBLIC: [Self; 8] = [
        Self::Home,
        Self::Budgets,
        Self::Analysis,
        Self::Projects,
        Self::Budgeting,
        Self::Decisions,
        Self::Forecasts,
        Self::Help,
    ];

    /// Address after the language.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Budgets => "/budgets",
            Self::Analysis => "/analysis",
            Self::Projects => "/projects",
            Self::Budgeting => "/budgeting",
            Self::Decisions => "/decisions",
            Self::Forecasts => "/forecasts",
            Self::Help => "/help",
            Self::Admin => "/admin",
        }
    }

    /// Key of its name in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Home => "menu-home",
            Self::Budgets => "menu-budgets",
            Self::Analysis => "menu-analysis",
            Self::Projects => "menu-projects",
            Self::Budgeting => "menu-budgeting",
            Self::Decisions => "menu-decisions",
            Self::Forecasts => "menu-forecasts",
            Self::Help => "menu-help",
            Self::Admin => "menu-admin",
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Name as the person wrote it.
    pub name: String,
    /// Name of the role in the reader's language.
    pub role: String,
    /// An officer: the menu shows the workplace.
    pub officer: bool,
}

/// Tone of a message on top of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashKind {
    /// Done.
    Ok,
    /// Worth knowing.
    Info,
    /// Done in part.
    Warning,
    /// Not done.
    Error,
}

impl FlashKind {
    /// The tone of the style sheet: `ok`, `info`, `warning`, `error`.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A message on top of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Its tone.
    pub kind: FlashKind,
    /// The sentence.
    pub text: String,
}

/// One language in the switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LangLink {
    /// `kk`, `ru`, `en`.
    pub code: &'static str,
    /// What the language calls itself.
    pub name: &'static str,
    /// The same page in that language.
    pub href: String,
    /// The language being read.
    pub current: bool,
}

/// Everything the frame of a page needs. A page's template struct holds it in a field named `page`.
#[derive(Clone, Debug)]
pub struct Page {
    /// Sentences and formats of the reader's language.
    pub locale: &'static Locale,
    /// Title of the page, which is also its heading.
    pub title: String,
    /// One sentence for search engines; empty for none.
    pub description: String,
    /// Address after the language with its query: `/projects?sort=cost`.
    pub path: String,
    /// `https://akimat.example.kz`, without a closing slash; empty gives relative canonical links.
    pub origin: String,
    /// Active entry of the menu.
    pub menu: Option<MenuItem>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// Token against forged forms; every form repeats it.
    pub csrf: String,
    /// The page shows invented demonstration data.
    pub invented: bool,
    /// Message on top.
    pub flash: Option<Flash>,
    /// The form on the page has errors: the tab title says so first.
    pub has_errors: bool,
    /// Kept out of search engines.
    pub hidden: bool,
}

impl Page {
    /// A page in a language at an address after the language, such as `/projects?sort=cost`.
    pub fn new(locale: &'static Locale, path: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            locale,
            title: title.into(),
            description: String::new(),
            path: path.into(),
            origin: String::new(),
            menu: None,
            account: None,
            csrf: String::new(),
            invented: false,
            flash: None,
            has_errors: false,
            hidden: false,
        }
    }

    /// Marks the active entry of the menu.
    #[must_use]
    pub const fn menu(mut self, item: MenuItem) -> Self {
        self.menu = Some(item);
        self
    }

    /// Describes the page for search engines.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = text.into();
        self
    }

    /// Says who is signed in.
    #[must_use]
    pub fn account(mut self, account: Option<Account>) -> Self {
        self.account = account;
        self
    }

    /// Gives the token that every form repeats.
    #[must_use]
    pub fn csrf(mut self, token: impl Into<String>) -> Self {
        self.csrf = token.into();
        self
    }

    /// Gives the public address of the instance, for canonical links.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = origin.into();
        self
    }

    /// Says under the header that the data are invented.
    #[must_use]
    pub const fn invented(mut self, invented: bool) -> Self {
        self.invented = invented;
        self
    }

    /// Puts a message on top.
    #[must_use]
    pub fn flash(mut self, kind: FlashKind, text: impl Into<String>) -> Self {
        self.flash = Some(Flash { kind, text: text.into() });
        self
    }

    /// The tab title begins with the word for "Error".
    #[must_use]
    pub const fn errors(mut self, has_errors: bool) -> Self {
        self.has_errors = has_errors;
        self
    }

    /// Keeps the page out of search engines.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// The reader's language.
    pub const fn lang(&self) -> Lang {
        self.locale.lang()
    }

    /// `kk`, `ru`, `en`.
    pub const fn code(&self) -> &'static str {
        self.locale.lang().code()
    }

    /// A sentence without arguments.
    pub fn t(&self, key: impl AsRef<str>) -> Cow<'_, str> {
        self.locale.t(key.as_ref())
    }

    /// The name of a code: the sentence `prefix-code`, such as `status-idea`.
    pub fn name(&self, prefix: impl AsRef<str>, code: impl AsRef<str>) -> Cow<'_, str> {
        self.locale.name(prefix.as_ref(), code.as_ref())
    }

    /// An address in the reader's language: `/projects` gives `/kk/projects`, `/` gives `/kk`.
    pub fn href(&self, path: impl AsRef<str>) -> String {
        in_lang(self.lang(), path.as_ref())
    }

    /// Address of a file in `assets` with its fingerprint.
    pub fn asset(&self, name: impl AsRef<str>) -> &'static str {
        asset_url(name.as_ref())
    }

    /// The public address of this page in the reader's language, without its query.
    pub fn canonical(&self) -> String {
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        format!("{}{}", self.origin, in_lang(self.lang(), path))
    }

    /// The entries of the menu for this reader.
    pub fn menu_items(&self) -> Vec<MenuItem> {
        let officer = self.account.as_ref().is_some_and(|account| account.officer);
        MenuItem::PUBLIC.into_iter().chain(officer.then_some(MenuItem::Admin)).collect()
    }

    /// Whether this entry of the menu is active.
    pub fn is_active(&self, item: &MenuItem) -> bool {
        self.menu == Some(*item)
    }

    /// This page in the three languages.
    pub fn languages(&self) -> [LangLink; 3] {
        Lang::ALL.map(|lang| LangLink {
            code: lang.code(),
            name: lang.own_name(),
            href: in_lang(lang, &self.path),
            current: lang == self.lang(),
        })
    }

    /// Version of the program.
    pub const fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

fn in_lang(lang: Lang, path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    let glue = if path.is_empty() || path.starts_with(['?', '#']) { "" } else { "/" };
    format!("/{}{glue}{path}", lang.code())
}
