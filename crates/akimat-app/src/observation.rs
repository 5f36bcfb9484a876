//! Figures about territories are imported whole or not at all; a later file replaces what an earlier one said.

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::KatoCode;
use akimat_interop::observation::ObservationRow;
use akimat_storage::{Account, Change, Observation};
use serde_json::json;
use std::collections::BTreeSet;

/// The file that figures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
}

impl App {
    /// An analyst imports figures about territories.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when a territory is unknown; [`AppError::Forbidden`] when one lies outside the
    /// analyst's territory, or a figure of the whole country is given by an analyst of a part of it.
    pub async fn import_observations(
        &self,
        actor: Option<&Account>,
        file: &ObservationFile,
        rows: Vec<ObservationRow>,
    ) -> Result<usize> {
        permission::check(actor, Permission::ImportBudgets, None)?;
        let own = actor.and_then(|account| account.place);
        for row in &rows {
            match row.place {
                Some(place) => permission::check(actor, Permission::ImportBudgets, Some(place))?,
                None if own.is_some() => return Err(AppError::Forbidden),
                None => {}
            }
        }
        self.put_observations(actor, file, rows).await
    }

    /// The operator imports figures from the command line.
    ///
    /// # Errors
    /// As [`App::import_observations`], permissions aside.
    pub async fn import_observations_as_operator(
        &self,
        file: &ObservationFile,
        rows: Vec<ObservationRow>,
    ) -> Result<usize> {
        self.put_observations(None, file, rows).await
    }

    async fn put_observations(
        &self,
        actor: Option<&Account>,
        file: &ObservationFile,
        rows: Vec<ObservationRow>,
    ) -> Result<usize> {
        let codes: BTreeSet<KatoCode> = rows.iter().filter_map(|row| row.place).collect();
        let codes: Vec<KatoCode> = codes.into_iter().collect();
        let known = self.read().list_places_by_code(&codes, self.today()).await?;
        let known: BTreeSet<KatoCode> = known.into_iter().map(|place| place.code).collect();
        if let Some(unknown) = codes.iter().find(|code| !known.contains(code)) {
            let fault = FieldFault::new("place", "field-place-unknown").with("code", unknown);
            return Err(AppError::Invalid(vec![fault]));
        }
        let n = rows.len();
        let detail = json!({ "file": file.name, "sha256": file.sha256, "figures": n });
        let audit = self.audit(actor, "import_observations", &file.sha256, None, &detail);
        let figures = self.observations(file, rows);
        let mut batch = vec![Change::PutObservations(figures), audit];
        batch.extend(self.judging(&codes).await?);
        self.store().apply(batch).await?;
        Ok(n)
    }

    /// The rows of a file as they are kept.
    pub fn observations(&self, file: &ObservationFile, rows: Vec<ObservationRow>) -> Vec<Observation> {
        let now = self.now();
        let keep = |row: ObservationRow| Observation {
            series: row.series,
            place: row.place,
            year: row.year,
            value: row.value,
            unit: row.unit,
            source: row.source,
            source_url: row.source_url,
            file_name: file.name.clone(),
            sha256: file.sha256.clone(),
            row: row.row,
            invented: row.invented,
            imported_at: now,
        };
        rows.into_iter().map(keep).collect()
    }
}
