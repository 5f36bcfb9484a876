//! What a file would do to the register.

use super::labels::register_labels;
use super::{blocking, mapping_of, within};
use crate::project::field_fault;
use crate::project::life::stages;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, ProjectId};
use akimat_interop::Problem;
use akimat_interop::project_register::mapping::Look;
use akimat_interop::project_register::{Register, RegisterContext, RegisterEntry};
use akimat_project::check::faults;
use akimat_project::duplicate::{Likeness, Resemblance, Titles};
use akimat_project::revision::{FieldChange, diff};
use akimat_project::stage::Way;
use akimat_project::{MoneyLine, Project, Status};
use akimat_storage::ProjectFilter;
use akimat_storage::import::Import;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// New projects that are compared with those of the register.
const COMPARED_MAX: usize = 300;
/// Projects of the register that new ones are compared with.
const REGISTER_MAX: u16 = 20_000;

/// A project of the register that the file changes.
#[derive(Clone, Debug)]
pub struct ChangedProject {
    /// Row of the file.
    pub row: u32,
    /// As it stands.
    pub before: Project,
    /// As it would stand.
    pub after: Project,
    /// The fields that differ.
    pub changes: Vec<FieldChange>,
}

/// A new project that may be one of the register.
#[derive(Clone, Debug)]
pub struct Twin {
    /// Row of the file.
    pub row: u32,
    /// Number of the new project.
    pub number: String,
    /// The project of the register.
    pub like: ProjectId,
    /// Its number.
    pub like_number: String,
    /// How and how much they resemble each other.
    pub resemblance: Resemblance,
}

/// Something in the file that the register refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// Row of the file.
    pub row: u32,
    /// What is wrong with which column.
    pub fault: FieldFault,
}

/// What a file would do.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Its columns as they are understood.
    pub look: Look,
    /// What is wrong with the file itself.
    pub problems: Vec<Problem>,
    /// What the register refuses.
    pub faults: Vec<ImportFault>,
    /// Projects that it would add, with their rows.
    pub added: Vec<(u32, Project)>,
    /// Projects that it would change.
    pub changed: Vec<ChangedProject>,
    /// Projects that stand in the register as they stand in the file.
    pub n_same: usize,
    /// New projects that may be in the register already.
    pub twins: Vec<Twin>,
}

impl Preview {
    /// Whether the file can be carried out: nothing is wrong, and there is something to do.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
            && self.faults.is_empty()
            && !(self.added.is_empty() && self.changed.is_empty())
    }
}

impl App {
    /// What an import would do to the register as it stands now.
    ///
    /// # Errors
    /// [`AppError::NotFound`] without the file, otherwise when the database fails.
    pub async fn preview_import(&self, import: &Import) -> Result<Preview> {
        let bytes = self.read().find_import_file(import.id).await?.ok_or(AppError::NotFound("import"))?;
        self.preview_register(import, bytes).await
    }

    /// What a register would do.
    pub(super) async fn preview_register(&self, import: &Import, bytes: Vec<u8>) -> Result<Preview> {
        let mapping = mapping_of(import)?;
        let opened = blocking(move || Register::open(&bytes, &mapping, register_labels())).await?;
        let register = match opened {
            Ok(register) => register,
            Err(problems) => return Ok(Preview { problems, ..Preview::default() }),
        };
        let known: BTreeMap<(KatoCode, String), Project> = self
            .read()
            .list_projects_by_number(&register.numbers(import.place))
            .await?
            .into_iter()
            .map(|project| ((project.place, project.number.clone()), project))
            .collect();
        let mut look = register.look().clone();
        let (app, place) = (self.clone(), import.place);
        let (entries, known) = blocking(move || {
            let context = RegisterContext { place, at: app.now(), known: &known };
            (register.entries(&context, &mut || app.new_project_id()), known)
        })
        .await?;
        match entries {
            Err(problems) => Ok(Preview { look, problems, ..Preview::default() }),
            Ok(entries) => {
                // What was read needs no more columns.
                look.missing.clear();
                self.weighed(import, Preview { look, ..Preview::default() }, entries, known).await
            }
        }
    }

    async fn weighed(
        &self,
        import: &Import,
        mut preview: Preview,
        entries: Vec<RegisterEntry>,
        mut known: BTreeMap<(KatoCode, String), Project>,
    ) -> Result<Preview> {
        let unknown = self.unknown_places(&entries).await?;
        for entry in entries {
            let (row, place) = (entry.row, entry.project.place);
            if unknown.contains(&place) {
                let fault = FieldFault::new("place_kato", "field-place-unknown").with("code", place);
                preview.faults.push(ImportFault { row, fault });
            } else if !within(import, place) {
                let fault = FieldFault::new("place_kato", "import-place-foreign").with("code", place);
                preview.faults.push(ImportFault { row, fault });
            } else {
                match known.remove(&(place, entry.project.number.clone())) {
                    None => preview.added.push((row, entry.project)),
                    Some(before) => preview.meets(before, &entry, self.now())?,
                }
            }
        }
        self.refuse_former(&mut preview).await?;
        preview.twins = self.twins(import.place, &preview.added).await?;
        Ok(preview)
    }

    /// A number of a project that became one with another is not a new project's.
    async fn refuse_former(&self, preview: &mut Preview) -> Result<()> {
        let numbers: Vec<(KatoCode, String)> =
            preview.added.iter().map(|(_, project)| (project.place, project.number.clone())).collect();
        for former in self.read().list_merged_by_number(&numbers).await? {
            let same = |(_, project): &&(u32, Project)| {
                (project.place, &project.number) == (former.place, &former.number)
            };
            let Some((row, _)) = preview.added.iter().find(same) else { continue };
            let into = self.read().find_project(former.into).await?;
            let number = into.map_or_else(String::new, |(project, _, _)| project.number);
            let fault = FieldFault::new("number", "import-number-former").with("number", number);
            preview.faults.push(ImportFault { row: *row, fault });
        }
        Ok(())
    }

    async fn unknown_places(&self, entries: &[RegisterEntry]) -> Result<BTreeSet<KatoCode>> {
        let codes: BTreeSet<KatoCode> = entries.iter().map(|entry| entry.project.place).collect();
        let codes: Vec<KatoCode> = codes.into_iter().collect();
        let known = self.read().list_places_by_code(&codes, self.today()).await?;
        let known: BTreeSet<KatoCode> = known.iter().map(|place| place.code).collect();
        Ok(codes.into_iter().filter(|code| !known.contains(code)).collect())
    }

    async fn twins(&self, place: Option<KatoCode>, added: &[(u32, Project)]) -> Result<Vec<Twin>> {
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let filter = ProjectFilter { place, ..ProjectFilter::default() };
        let register = self.read().list_whole_projects(&filter, REGISTER_MAX).await?;
        let numbers: BTreeMap<ProjectId, String> =
            register.iter().map(|project| (project.id, project.number.clone())).collect();
        let wanted: Vec<(u32, String, Likeness)> = added
            .iter()
            .take(COMPARED_MAX)
            .map(|(row, project)| (*row, project.number.clone(), likeness(project)))
            .collect();
        let compare = move || {
            let titles = Titles::new(register.iter().map(likeness).collect());
            let mut twins = Vec::new();
            for (row, number, project) in wanted {
                for (like, resemblance) in titles.like(&project, 1) {
                    let like_number = numbers.get(&like).cloned().unwrap_or_default();
                    twins.push(Twin { row, number: number.clone(), like, like_number, resemblance });
                }
            }
            twins
        };
        blocking(compare).await
    }
}

/// What of a project is compared with others.
pub(crate) fn likeness(project: &Project) -> Likeness {
    Likeness {
        id: project.id,
        title: project.title.clone(),
        place: project.place,
        sector: project.sector,
        planned: project.totals().0,
        location: project.location,
    }
}

impl Preview {
    /// A project that stands in the register: what the file says of it replaces what is there.
    fn meets(&mut self, before: Project, entry: &RegisterEntry, now: jiff::Timestamp) -> Result<()> {
        let mut after = told(&before, entry);
        if after.status != before.status {
            let Some(stage) = plain_move(&before, after.status) else {
                let fault = FieldFault::new("status", "import-move-impossible");
                self.faults.push(ImportFault { row: entry.row, fault });
                return Ok(());
            };
            after.stage = stage;
        }
        let row = entry.row;
        let wrong: Vec<FieldFault> = faults(&after).into_iter().map(field_fault).collect();
        if !wrong.is_empty() {
            self.faults.extend(wrong.into_iter().map(|fault| ImportFault { row, fault }));
            return Ok(());
        }
        let changes = diff(&value(&before)?, &value(&after)?);
        if changes.is_empty() {
            self.n_same += 1;
            return Ok(());
        }
        after.version = before.version + 1;
        after.updated_at = now;
        if after.status != before.status || after.progress_pct != before.progress_pct {
            after.news_at = now;
        }
        self.changed.push(ChangedProject { row, before, after, changes });
        Ok(())
    }
}

/// The stage to which a project can go along its way without a reason, a document or photographs: more than that a
/// file does not say.
fn plain_move(before: &Project, to: Status) -> Option<String> {
    let stages = stages();
    stages
        .moves(before.modality, before.status, &before.stage)
        .into_iter()
        .find(|(stage, way)| {
            *way == Way::Forward
                && stages.status_of(before.modality, stage) == Some(to)
                && stages.demands(before.modality, stage).is_empty()
        })
        .map(|(stage, _)| stage.to_owned())
}

fn value(project: &Project) -> Result<Value> {
    serde_json::to_value(project).map_err(|error| AppError::Internal(error.to_string()))
}

/// A project with what a row fills; cells that are empty leave what is there.
fn told(before: &Project, entry: &RegisterEntry) -> Project {
    let mut after = before.clone();
    let new = &entry.project;
    for column in &entry.given {
        match *column {
            "title_kk" => after.title.kk.clone_from(&new.title.kk),
            "title_ru" => after.title.ru.clone_from(&new.title.ru),
            "title_en" => after.title.en.clone_from(&new.title.en),
            "summary_kk" => after.summary.kk.clone_from(&new.summary.kk),
            "summary_ru" => after.summary.ru.clone_from(&new.summary.ru),
            "summary_en" => after.summary.en.clone_from(&new.summary.en),
            "sector" => after.sector = new.sector,
            "kind" => after.kind = new.kind,
            "modality" => after.modality = new.modality,
            "level" => after.level = new.level,
            "status" => after.status = new.status,
            "starts_on" => after.starts_on = new.starts_on,
            "ends_on" => after.ends_on = new.ends_on,
            "contractor" => after.contractor.clone_from(&new.contractor),
            "progress_pct" => after.progress_pct = new.progress_pct,
            "lat" | "lon" => after.location = new.location,
            "exclusive_group" => after.exclusive_group.clone_from(&new.exclusive_group),
            _ => {}
        }
    }
    for (criterion, score) in &new.scores {
        match after.scores.iter_mut().find(|(known, _)| known == criterion) {
            Some((_, known)) => *known = *score,
            None => after.scores.push((criterion.clone(), *score)),
        }
    }
    for line in &new.money {
        let same = |known: &&mut MoneyLine| {
            (known.year, known.source, &known.programme) == (line.year, line.source, &line.programme)
        };
        match after.money.iter_mut().find(same) {
            Some(known) => {
                known.planned = line.planned.or(known.planned);
                known.amended = line.amended.or(known.amended);
                known.contracted = line.contracted.or(known.contracted);
                known.invoiced = line.invoiced.or(known.invoiced);
                known.paid = line.paid.or(known.paid);
            }
            None => after.money.push(line.clone()),
        }
    }
    after
}
