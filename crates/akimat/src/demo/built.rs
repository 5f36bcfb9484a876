//! What became of the projects that residents chose last year: some are built, some in work, one waits for its contract.
//! Everything happens at its own moment by the verbs of the platform, on a clock that is put back.

use super::photo::{back, photograph};
use super::say_en;
use akimat_app::App;
use akimat_app::photo::PhotoWords;
use akimat_app::project::{EditNote, ProgressReport};
use akimat_core::{Lang, Money, ProjectId, Text};
use akimat_project::{Basis, Project};
use akimat_storage::Account;
use akimat_storage::ballot::BallotProject;
use akimat_storage::photo::PhotoKind;
use anyhow::Context;
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// How far the chosen projects are, one after another: the last stage and the progress in per cent.
const FAR: [(&str, u8); 6] = [
    ("completed", 100),
    ("implementing", 70),
    ("implementing", 35),
    ("contract", 5),
    ("implementing", 85),
    ("tender", 0),
];
/// Stages in order, the day before today on which each begins, and how many milestones are reached then.
const STAGES: [(&str, i64, usize); 4] =
    [("tender", 210, 1), ("contract", 150, 3), ("implementing", 120, 3), ("completed", 30, 6)];
/// News of each stage.
const NEWS: [(&str, &str); 4] = [
    ("tender", "Проектно-сметная документация готова, объявлена закупка (вымышлено)."),
    ("contract", "Договор подписан, подрядчик выходит на площадку через две недели (вымышлено)."),
    ("implementing", "Работы начались; жители двора приглашены на встречу с подрядчиком (вымышлено)."),
    ("completed", "Комиссия приняла работы; автор предложения был на открытии (вымышлено)."),
];

/// Leads the chosen projects on.
///
/// # Errors
/// When the register refuses a step, or the database fails.
pub(super) async fn add(
    app: &App,
    accounts: &BTreeMap<String, Account>,
    links: &[BallotProject],
) -> anyhow::Result<()> {
    let manager = accounts.get("manager").context("the manager of the demonstration")?;
    let analyst = accounts.get("analyst").context("the analyst of the demonstration")?;
    let mut links = links.to_vec();
    links.sort_by_key(|link| (link.at, link.proposal));
    for (link, (until, progress)) in links.iter().zip(FAR.iter().cycle()) {
        let one = One { app, manager, analyst, id: link.project };
        one.lead(until, *progress).await.context("a chosen project")?;
    }
    Ok(())
}

struct One<'a> {
    app: &'a App,
    manager: &'a Account,
    analyst: &'a Account,
    id: ProjectId,
}

impl One<'_> {
    fn then(&self, days: i64) -> App {
        back(self.app, self.app.now() - SignedDuration::from_hours(24 * days))
    }

    async fn project(&self) -> anyhow::Result<Project> {
        let found = self.app.read().find_project(self.id).await?;
        Ok(found.context("a project that was there a moment ago")?.0)
    }

    async fn lead(&self, until: &str, progress: u8) -> anyhow::Result<()> {
        let taken = self.then(300).take_over_project(Some(self.manager), self.id).await;
        taken.map_err(|error| say_en(&error))?;
        for (stage, days, reached) in STAGES {
            self.prepare((stage, days), reached).await?;
            if stage == "completed" {
                self.photograph(days).await?;
            }
            let last = stage == until;
            self.report((stage, days), if last { progress } else { progress.min(20) }).await?;
            if stage == "contract" {
                self.predict(days).await?;
            }
            if last {
                break;
            }
        }
        Ok(())
    }

    /// What a stage needs stands in the register before it begins: contractor, money, milestones reached.
    async fn prepare(&self, (stage, days): (&str, i64), reached: usize) -> anyhow::Result<()> {
        let app = self.then(days + 1);
        let mut project = self.project().await?;
        let today = app.today();
        for step in project.milestones.iter_mut().take(reached).filter(|step| step.actual_on.is_none()) {
            step.actual_on = Some(step.planned_on.min(today));
        }
        if stage != "tender" {
            project.starts_on.get_or_insert(today);
            "ТОО «Жаңабұлақ жөндеу» (вымышлено)".clone_into(&mut project.contractor);
            let share = |planned: Option<Money>, percent: i64| {
                planned.map(|planned| Money::from_tiyn(planned.tiyn() / 10_000 * percent * 100))
            };
            for line in &mut project.money {
                line.contracted = share(line.planned, 96);
                line.paid = share(line.planned, if stage == "completed" { 96 } else { 30 });
            }
        }
        let note = EditNote {
            reason: "Ход исполнения (вымышлено)".to_owned(), ..EditNote::default()
        };
        app.edit_project(Some(self.manager), project, note).await.map_err(|error| say_en(&error))?;
        Ok(())
    }

    /// What an analyst expects of the project on the day of its contract, and what the manager does about it. When the
    /// project ends, the record holds the one against the other.
    async fn predict(&self, days: i64) -> anyhow::Result<()> {
        let app = self.then(days - 1);
        app.publish_outcome(Some(self.analyst), self.id).await.map_err(|error| say_en(&error))?;
        let published = app.read().list_outcome_predictions(self.id).await?;
        let Some(first) = published.first() else { return Ok(()) };
        let reason = "Подрядчик обязан сообщать о каждой неделе отставания (вымышлено).";
        let decided = app.decide_outcome(Some(self.manager), first.id, "acted_on", reason).await;
        decided.map_err(|error| say_en(&error))?;
        Ok(())
    }

    async fn photograph(&self, days: i64) -> anyhow::Result<()> {
        let project = self.project().await?;
        let shots = [
            (
                "play-before",
                PhotoKind::Before,
                days + 120,
                "Бұрын (ойдан шығарылған)",
                "До работ (вымышлено)",
                "Before (invented)",
            ),
            (
                "play-after",
                PhotoKind::After,
                days + 2,
                "Кейін (ойдан шығарылған)",
                "После работ (вымышлено)",
                "After (invented)",
            ),
        ];
        let mut before = None;
        for (name, kind, days, kk, ru, en) in shots {
            let app = self.then(days);
            let taken = app.now().to_zoned(app.zone().clone()).datetime();
            let at =
                project.location.map(|at| (taken, f64::from(at.lat_e6) / 1e6, f64::from(at.lon_e6) / 1e6));
            let words =
                PhotoWords { kind: Some(kind), before, caption: Text::new(kk, ru, en), stated_on: None };
            let seeded = app.seed_photo((&project, self.manager), words, photograph(&app, name, at)?).await;
            before = Some(seeded.map_err(|error| say_en(&error))?);
        }
        Ok(())
    }

    async fn report(&self, (stage, days): (&str, i64), progress: u8) -> anyhow::Result<()> {
        let app = self.then(days);
        let project = self.project().await?;
        let body = NEWS.iter().find(|(of, _)| *of == stage).map_or("", |(_, said)| *said);
        let report = ProgressReport {
            version: project.version,
            body: body.to_owned(),
            lang: Lang::Ru,
            progress_pct: progress,
            stage: stage.to_owned(),
            reason: "Ход исполнения (вымышлено)".to_owned(),
            basis: Basis {
                kind: "Протокол (вымышлено)".to_owned(),
                number: "1".to_owned(),
                on: Some(app.today()),
            },
            ends_on: project.ends_on,
        };
        let done = app.report_progress(Some(self.manager), self.id, report).await;
        done.map_err(|error| say_en(&error)).context(stage.to_owned())
    }
}
