//! Columns of a territory, and what an import changes.

use super::{Arg, Columns};
use crate::{Result, args};
use akimat_core::fold::fold;
use akimat_core::{KatoCode, Place, PlaceId, PlaceKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What [`read`] reads.
pub const COLUMNS: &str =
    "id, code, parent, depth, kind, name_kk, name_ru, name_en, valid_from, valid_to, invented";

/// What [`args`] writes.
pub const STORED: &str =
    "id, code, parent, depth, kind, name_kk, name_ru, name_en, valid_from, valid_to, invented, folded";

/// Values of [`STORED`].
pub fn args(place: &Place) -> Vec<Arg<'_>> {
    args![
        place.id.0,
        place.code,
        place.parent,
        place.depth,
        place.kind.code(),
        place.name.kk.as_str(),
        place.name.ru.as_str(),
        place.name.en.as_str(),
        place.valid_from,
        place.valid_to,
        place.invented,
        folded(place),
    ]
    .into()
}

/// A territory out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Place> {
    Ok(Place {
        id: PlaceId(row.uuid()?),
        code: row.kato()?,
        parent: row.kato_opt()?,
        depth: row.int()?,
        kind: row.code(PlaceKind::parse)?,
        name: row.words()?,
        valid_from: row.date()?,
        valid_to: row.date_opt()?,
        invented: row.flag()?,
    })
}

/// The folded names, each after a bar, which no folded text contains: a name begins with a key where the
/// column holds the bar and the key.
pub fn folded(place: &Place) -> String {
    format!("|{}|{}|{}", fold(&place.name.kk), fold(&place.name.ru), fold(&place.name.en))
}

/// What [`crate::Change::PutPlaces`] comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Territories to close, with the first day on which they are no longer valid.
    pub close: Vec<(PlaceId, Date)>,
    /// Territories to add.
    pub add: Vec<Place>,
}

/// Compares an import with everything stored under the same codes. A code is never valid twice on one
/// day: what comes before something stored ends where that begins.
pub fn plan(stored: Vec<Place>, import: Vec<Place>) -> Plan {
    let mut known: BTreeMap<KatoCode, Vec<Place>> = BTreeMap::new();
    for place in stored {
        known.entry(place.code).or_default().push(place);
    }
    let mut plan = Plan::default();
    for mut place in import {
        let same_code = known.entry(place.code).or_default();
        let valid = |other: &&mut Place| {
            other.valid_from <= place.valid_from && other.valid_to.is_none_or(|end| end > place.valid_from)
        };
        if let Some(current) = same_code.iter_mut().find(valid) {
            let same =
                (current.parent, current.kind, &current.name) == (place.parent, place.kind, &place.name);
            if same {
                continue;
            }
            current.valid_to = Some(place.valid_from);
            match plan.add.iter_mut().find(|added| added.id == current.id) {
                Some(added) => added.valid_to = current.valid_to,
                None => plan.close.push((current.id, place.valid_from)),
            }
        }
        let later = same_code.iter().map(|other| other.valid_from).filter(|from| *from > place.valid_from);
        if let Some(next) = later.min()
            && place.valid_to.is_none_or(|end| end > next)
        {
            place.valid_to = Some(next);
        }
        same_code.push(place.clone());
        plan.add.push(place);
    }
    plan
}
