//! Content in three languages, as officers write it.

use crate::Lang;
use serde::{Deserialize, Serialize};

/// One content in up to three languages. An empty string means "not written yet".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Kazakh.
    #[serde(default)]
    pub kk: String,
    /// Russian.
    #[serde(default)]
    pub ru: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Text {
    /// All three at once.
    pub fn new(kk: impl Into<String>, ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self { kk: kk.into(), ru: ru.into(), en: en.into() }
    }

    /// The same words in every language, for names that are not translated.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kk: text.clone(), ru: text.clone(), en: text }
    }

    /// What is written in exactly this language; may be empty.
    pub fn exact(&self, lang: Lang) -> &str {
        match lang {
            Lang::Kk => &self.kk,
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }

    /// The place to write this language.
    pub fn exact_mut(&mut self, lang: Lang) -> &mut String {
        match lang {
            Lang::Kk => &mut self.kk,
            Lang::Ru => &mut self.ru,
            Lang::En => &mut self.en,
        }
    }

    /// The words in `lang`, or else in Russian, Kazakh, English: the first that is written,
    /// with the language it is in, so that a page can mark it.
    pub fn in_lang(&self, lang: Lang) -> (&str, Lang) {
        [lang, Lang::Ru, Lang::Kk, Lang::En]
            .into_iter()
            .map(|lang| (self.exact(lang), lang))
            .find(|(text, _)| !text.is_empty())
            .unwrap_or(("", lang))
    }

    /// The words of [`Text::in_lang`] alone.
    pub fn get(&self, lang: Lang) -> &str {
        self.in_lang(lang).0
    }

    /// Nothing is written in any language.
    pub fn is_empty(&self) -> bool {
        Lang::ALL.into_iter().all(|lang| self.exact(lang).is_empty())
    }
}
