//! `akimat import kato`.

use super::{Answer, Source, known_places};
use crate::compose::Platform;
use crate::demo;
use akimat_core::{KatoCode, Place, Text};
use akimat_interop::kato::{KatoRow, decode_kato};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Territories of the KATO classifier.
#[derive(Debug, clap::Args)]
pub(crate) struct Kato {
    #[command(flatten)]
    pub(super) source: Source,
    /// First day on which the territories of the file are valid [default: today]
    #[arg(long, value_name = "DATE")]
    valid_from: Option<Date>,
}

impl Kato {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let rows = match decode_kato(bytes) {
            Ok(rows) => rows,
            Err(problems) => return Ok(Answer::Problems(problems)),
        };
        let app = &platform.app;
        let mut stored = known_places(platform, rows.iter().map(|row| row.code)).await?;
        for top in demo::top_level(app)? {
            stored.entry(top.code).or_insert(top);
        }
        let valid_from = self.valid_from.unwrap_or_else(|| app.today());
        let n_regions = rows.iter().filter(|row| row.parent.is_none()).count();
        let places = rows
            .into_iter()
            .map(|row| {
                let name = merged(&row, &stored);
                Place {
                    id: app.new_place_id(),
                    code: row.code,
                    parent: row.parent,
                    depth: row.depth,
                    kind: row.kind,
                    name,
                    valid_from,
                    valid_to: None,
                    invented: false,
                }
            })
            .collect();
        let n_places = app
            .import_places_as_operator(places, &self.source.name())
            .await
            .map_err(|error| self.source.failed(&error))?;
        Ok(Answer::Done(format!("{n_places} territories under {n_regions} top-level units")))
    }
}

/// The file's names, with those that it does not give taken from what is known. Files of the classifier
/// abbreviate: where only an abbreviation differs, what is known stays whole, and so it does for the
/// top-level units.
fn merged(row: &KatoRow, stored: &BTreeMap<KatoCode, Place>) -> Text {
    let Some(known) = stored.get(&row.code) else { return row.name.clone() };
    let abbreviated = row.name.kk.is_empty() && proper(&row.name.ru) == proper(&known.name.ru);
    if row.parent.is_none() || (abbreviated && !known.name.kk.is_empty()) {
        return known.name.clone();
    }
    let either = |new: &str, old: &str| if new.is_empty() { old.to_owned() } else { new.to_owned() };
    Text {
        kk: either(&row.name.kk, &known.name.kk),
        ru: either(&row.name.ru, &known.name.ru),
        en: either(&row.name.en, &known.name.en),
    }
}

/// The words of a name that are its own: `Есиль` of `г.Есиль` and of `город Есиль`.
fn proper(name: &str) -> Vec<&str> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::{PlaceId, PlaceKind};
    use uuid::Uuid;

    #[test]
    fn names_that_a_file_does_not_give_are_kept() {
        let code: KatoCode = "434000000".parse().unwrap();
        let row = |name, parent| KatoRow { row: 2, code, parent, depth: 2, kind: PlaceKind::District, name };
        let known = Place {
            id: PlaceId(Uuid::nil()),
            code,
            parent: None,
            depth: 2,
            kind: PlaceKind::District,
            name: Text::new("Жаңақорған ауданы", "Жанакорганский р-н", "Zhanakorgan District"),
            valid_from: Date::constant(1997, 1, 1),
            valid_to: None,
            invented: false,
        };
        let stored = BTreeMap::from([(code, known.clone())]);
        let file = Text::new("", "Шиелийский район", "");
        let below = row(file.clone(), code.parent_candidates().last());
        assert_eq!(merged(&below, &stored), Text { ru: file.ru.clone(), ..known.name.clone() });
        let same = row(Text::new("", "Жанакорганский район", ""), code.parent_candidates().last());
        assert_eq!(merged(&same, &stored), known.name);
        assert_eq!(merged(&row(file.clone(), None), &stored), known.name);
        assert_eq!(merged(&below, &BTreeMap::new()), file);
    }
}
