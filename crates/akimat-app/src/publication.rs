//! What units are obliged to publish, what officers noted as published, and what is missing or late.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_budget::disclosure::{Calendar, Duty, Obligation, Published, Standing, Unit, duties};
use akimat_core::KatoCode;
use akimat_storage::publication::Publication;
use akimat_storage::{Account, Change};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use uuid::Uuid;

#[derive(Debug, Deserialize)]
struct Law {
    note: String,
    holidays_note: String,
    holidays: Vec<Date>,
    obligations: Vec<Obligation>,
}

static LAW: LazyLock<Law> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/disclosure/obligations.json"))
        .expect("a test reads the file")
});

/// The obligation that a published decision in the register meets by itself.
const ADOPTED: &str = "adopted_budget";

/// Characters of an address that are kept.
const ADDRESS_CHARS_MAX: usize = 1_000;

/// What is to be published, as data.
pub fn obligations() -> &'static [Obligation] {
    &LAW.obligations
}

/// Remarks on the list and on the days off, in English.
pub fn obligation_notes() -> [&'static str; 2] {
    [&LAW.note, &LAW.holidays_note]
}

/// A note that somebody wants to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicationDraft {
    /// The unit.
    pub place: KatoCode,
    /// Code of the obligation.
    pub obligation: String,
    /// Financial year.
    pub year: i16,
    /// Month 1 to 12, or 0 for the year.
    pub part: u8,
    /// When it was published; `None` takes an earlier note back, with the remark as the reason.
    pub published_on: Option<Date>,
    /// Where it can be read.
    pub address: String,
    /// Remark.
    pub remark: String,
}

/// How units stand in a year.
#[derive(Debug)]
pub struct Disclosure {
    /// Years for which units are known.
    pub years: Vec<i16>,
    /// The year shown.
    pub year: i16,
    /// Every duty.
    pub duties: Vec<Duty>,
    /// The notes that count, by unit, obligation and part.
    pub notes: BTreeMap<(KatoCode, String, u8), Publication>,
    /// Where the adopted budgets of the register were found: they are published, on a day nobody noted.
    pub held: BTreeMap<KatoCode, String>,
    /// Units whose data are invented for the demonstration.
    pub invented: BTreeSet<KatoCode>,
}

impl App {
    /// What the units of a territory (`None`: all) owe for a year.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disclosure(&self, under: Option<KatoCode>, year: Option<i16>) -> Result<Disclosure> {
        let mut units: BTreeMap<(KatoCode, i16), Unit> = BTreeMap::new();
        for (level, total) in self.main_totals(under).await? {
            if let akimat_storage::fact::FactNode::Unit(place) = total.node {
                let unit = Unit { place, level, year: total.year, adopted_on: None };
                units.insert((place, total.year), unit);
            }
        }
        let heads = self.heads_under(under).await?;
        for head in &heads {
            let Some(place) = head.budget.place else { continue };
            let budget = &head.budget;
            let unit = Unit { place, level: budget.level, year: budget.year, adopted_on: budget.adopted_on };
            let known = units.entry((place, budget.year)).or_insert(unit);
            known.adopted_on = known.adopted_on.or(budget.adopted_on);
        }
        let years: BTreeSet<i16> = units.keys().map(|(_, year)| *year).collect();
        let this = self.today().year();
        let year = year
            .filter(|asked| years.contains(asked))
            .or_else(|| years.range(..=this).next_back().copied())
            .or_else(|| years.last().copied())
            .unwrap_or(this);
        let places: Vec<KatoCode> = units.keys().map(|(place, _)| *place).collect();
        let known = self.read().list_places_by_code(&places, self.today()).await?;
        let invented = known.iter().filter(|place| place.invented).map(|place| place.code).collect();
        let units: Vec<Unit> = units.into_values().filter(|unit| unit.year == year).collect();
        let stored = self.read().list_publications(under, year..=year).await?;
        let published: Vec<Published> = stored.iter().map(published).collect();
        let calendar = Calendar { today: self.today(), holidays: &LAW.holidays };
        let held: BTreeMap<KatoCode, String> = heads
            .iter()
            .filter(|head| head.budget.year == year && head.budget.provenance.source_url.starts_with("http"))
            .filter_map(|head| Some((head.budget.place?, head.budget.provenance.source_url.clone())))
            .collect();
        let mut duties = duties(&LAW.obligations, &units, &published, &calendar);
        for duty in &mut duties {
            let adopted = LAW.obligations.get(duty.obligation).is_some_and(|own| own.code == ADOPTED);
            if adopted && duty.published.is_none() && held.contains_key(&duty.unit.place) {
                duty.standing = Standing::Published;
            }
        }
        let notes =
            stored.into_iter().map(|note| ((note.place, note.obligation.clone(), note.part), note)).collect();
        Ok(Disclosure { years: years.into_iter().collect(), year, duties, notes, held, invented })
    }

    /// An analyst or head notes what a unit of the own territory published, or takes a note back.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names a wrong field; [`AppError::Forbidden`] outside the own territory.
    pub async fn note_publication(&self, actor: Option<&Account>, draft: PublicationDraft) -> Result<Uuid> {
        permission::check(actor, Permission::Analyse, Some(draft.place))?;
        let faults = self.publication_faults(&draft);
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        let remark = if draft.published_on.is_none() || !draft.remark.trim().is_empty() {
            parse_reason("remark", &draft.remark)?
        } else {
            String::new()
        };
        let known = self.read().find_place(draft.place, self.today()).await?;
        known.ok_or_else(|| AppError::field("place", "field-required"))?;
        let note = Publication {
            id: self.new_budget_id().0,
            place: draft.place,
            obligation: draft.obligation,
            year: draft.year,
            part: draft.part,
            published_on: draft.published_on,
            address: draft.address.trim().to_owned(),
            remark,
            noted_by: spokesman(actor),
            noted_at: self.now(),
        };
        let id = note.id;
        let detail = json!({ "obligation": note.obligation, "year": note.year, "part": note.part,
            "published_on": note.published_on });
        let audit = self.audit(actor, "note_publication", id, Some(note.place), &detail);
        self.store().apply(vec![Change::AddPublication(note), audit]).await?;
        Ok(id)
    }

    fn publication_faults(&self, draft: &PublicationDraft) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if !obligations().iter().any(|own| own.code == draft.obligation) {
            faults.push(FieldFault::new("obligation", "field-required"));
        }
        let address = draft.address.trim();
        let is_link = address.starts_with("https://") || address.starts_with("http://");
        if draft.published_on.is_some() && !is_link {
            faults.push(FieldFault::new("address", "field-publication-address"));
        }
        if address.chars().count() > ADDRESS_CHARS_MAX {
            faults.push(FieldFault::new("address", "field-too-long").with("max", ADDRESS_CHARS_MAX));
        }
        if draft.published_on.is_some_and(|on| on > self.today()) {
            faults.push(FieldFault::new("published_on", "field-publication-future"));
        }
        faults
    }
}

fn published(note: &Publication) -> Published {
    Published {
        place: note.place,
        obligation: note.obligation.clone(),
        year: note.year,
        part: note.part,
        on: note.published_on,
    }
}
