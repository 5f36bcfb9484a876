//! Sorting by the alphabet of a language.
//!
//! Byte order puts Ә, Ғ, Қ, Ң, Ө, Ұ, Ү, Һ after Я and І before А; the collation of the language puts
//! them where its readers look.

use akimat_core::Lang;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::{Locale as IcuLocale, locale};
use std::cmp::Ordering;

/// The collation of one language.
pub(crate) struct Sorter(Option<CollatorBorrowed<'static>>);

impl Sorter {
    pub(crate) fn of(lang: Lang) -> Self {
        let tag: IcuLocale = match lang {
            Lang::Kk => locale!("kk"),
            Lang::Ru => locale!("ru"),
            Lang::En => locale!("en"),
        };
        Self(Collator::try_new(tag.into(), CollatorOptions::default()).ok())
    }

    /// Without its data, which a test rules out, the order of the characters.
    pub(crate) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
    }

    pub(crate) const fn is_loaded(&self) -> bool {
        self.0.is_some()
    }
}
