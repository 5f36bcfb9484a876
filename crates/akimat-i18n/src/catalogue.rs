//! The catalogue: three languages, loaded once from the embedded files.

use crate::Locale;
use akimat_core::Lang;
use rust_embed::RustEmbed;
use std::sync::OnceLock;

#[derive(RustEmbed)]
#[folder = "../../locales/kk"]
struct Kk;

#[derive(RustEmbed)]
#[folder = "../../locales/ru"]
struct Ru;

#[derive(RustEmbed)]
#[folder = "../../locales/en"]
struct En;

/// A file of a language: name such as `project.ftl`, and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name of the file.
    pub name: String,
    /// Its text in Fluent syntax.
    pub text: String,
}

/// Something in the files that cannot be read. Every problem found is kept, not the first only.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the catalogue has {} problem(s): {}", .0.len(), .0.join("; "))]
pub struct CatalogueError(pub Vec<String>);

/// The three languages.
#[derive(Debug)]
pub struct Catalogue {
    locales: [Locale; 3],
}

/// The embedded catalogue, read on first use. What cannot be read is left out, and its key is then
/// shown in its place; a test holds that there is no such thing.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| Catalogue::build().0)
}

impl Catalogue {
    /// Reads the embedded files strictly.
    ///
    /// # Errors
    /// [`CatalogueError`] lists every file and message that cannot be read.
    pub fn load() -> Result<Self, CatalogueError> {
        let (catalogue, problems) = Self::build();
        if problems.is_empty() { Ok(catalogue) } else { Err(CatalogueError(problems)) }
    }

    /// The words of one language.
    pub const fn locale(&self, lang: Lang) -> &Locale {
        &self.locales[lang.index()]
    }

    fn build() -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let locales = Lang::ALL.map(|lang| Locale::new(lang, &sources(lang), &mut problems));
        (Self { locales }, problems)
    }
}

/// The embedded files of a language, by name.
pub fn sources(lang: Lang) -> Vec<Source> {
    match lang {
        Lang::Kk => embedded::<Kk>(),
        Lang::Ru => embedded::<Ru>(),
        Lang::En => embedded::<En>(),
    }
}

fn embedded<Folder: RustEmbed>() -> Vec<Source> {
    let mut sources: Vec<Source> = Folder::iter()
        .filter(|name| name.ends_with(".ftl"))
        .filter_map(|name| {
            let file = Folder::get(&name)?;
            Some(Source {
                name: name.into_owned(),
                text: String::from_utf8_lossy(&file.data).replace("\r\n", "\n"),
            })
        })
        .collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}
