//! `akimat import projects`.

use super::{Answer, Source, known_places};
use crate::compose::Platform;
use akimat_app::{AppError, FieldFault};
use akimat_core::KatoCode;
use akimat_interop::project_register::decode_projects;

/// A register of projects.
#[derive(Debug, clap::Args)]
pub(crate) struct Projects {
    #[command(flatten)]
    pub(super) source: Source,
    /// KATO code of rows without place_kato
    #[arg(long, value_name = "CODE")]
    place: Option<KatoCode>,
    /// Tell what is wrong and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Projects {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let app = &platform.app;
        let decoded = decode_projects(bytes, self.place, app.now(), &mut || app.new_project_id());
        let projects = match decoded {
            Ok(projects) => projects,
            Err(problems) => return Ok(Answer::Problems(problems)),
        };
        let known = known_places(platform, projects.iter().map(|project| project.place)).await?;
        if let Some(project) = projects.iter().find(|project| !known.contains_key(&project.place)) {
            let fault = FieldFault::new("place_kato", "field-place-unknown").with("code", project.place);
            return Err(self.source.failed(&AppError::Invalid(vec![fault])));
        }
        if self.dry_run {
            return Ok(Answer::Done(format!("{} projects would be imported", projects.len())));
        }
        let imported = app.import_projects_as_operator(projects).await;
        let n_projects = imported.map_err(|error| self.source.failed(&error))?;
        Ok(Answer::Done(format!("{n_projects} projects")))
    }
}
