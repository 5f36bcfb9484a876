//! Alerts about projects, delivery confidence, and the limits that a territory sets for itself.
//!
//! Alerts are sections of kind [`KIND`]; the nightly watch writes them ([`crate::watch`]), persons acknowledge, decide and
//! close them here. Delivery confidence is one section of kind [`CONFIDENCE`] a project. The limits of a territory are a
//! section of kind [`LIMITS`] in a dossier that belongs to no project but to the territory itself: its identifier follows
//! from the code, so that its history is kept like any other.

use crate::dossier::{Kept, SectionDraft, body};
use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, ProjectId};
use akimat_delivery::warning::alert::{Act, Alert, AlertState, Decision, Outcome, Precision};
use akimat_delivery::warning::confidence::{Confidence, Lift};
use akimat_delivery::warning::replay::{ObservedReplay, Replay};
use akimat_delivery::warning::threshold::{Own, Thresholds};
use akimat_delivery::warning::{Grade, Level};
use akimat_storage::dossier::{Section, SectionFilter};
use akimat_storage::{Account, Change, PageRequest};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// The kind of section that holds an alert.
pub const KIND: &str = "alert";
/// The kind of section that holds the delivery confidence of a project.
pub const CONFIDENCE: &str = "confidence";
/// The kind of section that holds the limits of a territory.
pub const LIMITS: &str = "warning_limits";
/// Closed alerts that are counted at most.
const CLOSED_MAX: usize = 5_000;

const THRESHOLDS: &str = include_str!("../../../data/project/warning.json");

/// The platform's limits of a day; the newest ones for days before all.
pub fn thresholds(on: Date) -> Thresholds {
    let read = |day| Thresholds::on(THRESHOLDS, day).expect("the thresholds are ours");
    read(on).or_else(|| read(Date::MAX)).expect("thresholds are in force")
}

/// The word by which alerts are filtered: where they stand, and the colour while they are not over.
pub fn state_word(alert: &Alert) -> String {
    let state = alert.state();
    if alert.is_over() { state.code().to_owned() } else { word(state, alert.level) }
}

fn word(state: AlertState, level: Level) -> String {
    format!("{}_{}", state.code(), level.code())
}

/// The words of alerts that are not over; of one colour if given.
pub fn open_words(level: Option<Level>) -> Vec<String> {
    let levels: Vec<Level> = level.map_or_else(|| Level::ALL.to_vec(), |level| vec![level]);
    let states = [AlertState::Open, AlertState::Acknowledged, AlertState::Decided];
    levels.iter().flat_map(|level| states.map(|state| word(state, *level))).collect()
}

/// An alert as it is kept.
#[derive(Clone, Debug)]
pub struct HeldAlert {
    /// The newest version of its section.
    pub section: Section,
    /// What it says.
    pub alert: Alert,
}

impl HeldAlert {
    /// Reads a section.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it is no alert.
    pub fn read(section: Section) -> Result<Self> {
        let alert = body(&section)?;
        Ok(Self { section, alert })
    }
}

/// Delivery confidence as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptConfidence {
    /// What follows from the indicators.
    pub computed: Confidence,
    /// A person vouches for one point more.
    #[serde(default)]
    pub lift: Option<Lift>,
    /// Computed on this day.
    pub on: Date,
}

impl KeptConfidence {
    /// The grade that is shown on a day.
    pub fn shown(&self, today: Date) -> Option<Grade> {
        self.computed.shown(self.lift.as_ref(), today)
    }

    /// The word by which it is filtered.
    pub fn word(&self, today: Date) -> &'static str {
        self.shown(today).map_or("unknown", Grade::code)
    }
}

/// What a person does with an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Has seen it.
    Acknowledge,
    /// Says what is done.
    Decide(Decision),
    /// Says what it turned out to be.
    Close(Outcome),
}

/// The dossier of a territory: no project has this identifier, since projects are given time-ordered ones.
pub fn dossier_of(place: KatoCode) -> ProjectId {
    ProjectId(Uuid::from_u64_pair(0, u64::from(place.number())))
}

/// The limits that a territory set, and who set them.
#[derive(Clone, Debug)]
pub struct OwnLimits {
    /// The newest version of their section.
    pub section: Section,
    /// The limits.
    pub own: Own,
}

impl App {
    /// Alerts of a project, the newest last, those that are over included.
    ///
    /// # Errors
    /// When the database fails, or a stored alert cannot be read.
    pub async fn list_alerts(&self, project: ProjectId) -> Result<Vec<HeldAlert>> {
        let sections = self.read().list_sections(project, &[KIND]).await?;
        sections.into_iter().map(HeldAlert::read).collect()
    }

    /// Delivery confidence of a project, once the watch has looked at it.
    ///
    /// # Errors
    /// When the database fails, or what is stored cannot be read.
    pub async fn find_confidence(&self, project: ProjectId) -> Result<Option<(Section, KeptConfidence)>> {
        let sections = self.read().list_sections(project, &[CONFIDENCE]).await?;
        let Some(section) = sections.into_iter().next() else { return Ok(None) };
        let kept = body(&section)?;
        Ok(Some((section, kept)))
    }

    /// A person acknowledges, decides about or closes an alert; each with the name, the last two with a reason.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Invalid`] without a reason,
    /// [`AppError::Conflict`] when the alert is over or somebody was quicker.
    pub async fn move_alert(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        id: Uuid,
        (version, step, reason): (u32, Move, &str),
    ) -> Result<()> {
        let needed = match step {
            Move::Acknowledge | Move::Close(_) => Permission::WatchProjects,
            Move::Decide(_) => Permission::DecideOutcomes,
        };
        permission::check(actor, needed, None)?;
        let held = HeldAlert::read(self.section_of(project, KIND, id).await?)?;
        permission::check(actor, needed, Some(held.section.place))?;
        let stale = || AppError::Conflict(akimat_storage::Conflict::Stale("section"));
        if held.alert.is_over() || held.section.version != version {
            return Err(stale());
        }
        let note = match step {
            Move::Acknowledge => reason.trim().chars().take(2_000).collect(),
            Move::Decide(_) | Move::Close(_) => parse_reason("reason", reason)?,
        };
        let act = Act { by: spokesman(actor), on: self.today(), note };
        let mut alert = held.alert;
        let verb = match step {
            Move::Acknowledge => {
                alert.acknowledged = Some(act);
                "acknowledge_alert"
            }
            Move::Decide(decision) => {
                alert.acknowledged.get_or_insert_with(|| act.clone());
                alert.decided = Some((decision, act));
                "decide_alert"
            }
            Move::Close(outcome) => {
                alert.closed = Some((outcome, act));
                "close_alert"
            }
        };
        let draft = alert_draft(Some(id), &alert, reason.trim());
        let section = self.section(actor, (project, held.section.place), version + 1, &draft);
        let detail = json!({ "alert": id, "indicator": alert.indicator().code(), "state": draft.state });
        let audit = self.audit(actor, verb, project, Some(held.section.place), &detail);
        Ok(self.store().apply(vec![Change::PutSection(Box::new(section)), audit]).await?)
    }

    /// The head of the territory lifts the delivery confidence of a project by one point, for a time, with a reason; or
    /// takes that back.
    ///
    /// # Errors
    /// [`AppError::NotFound`] before the watch has looked at the project, [`AppError::Forbidden`],
    /// [`AppError::Invalid`] without a reason or with a day out of range.
    pub async fn lift_confidence(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (version, until, reason): (u32, Option<Date>, &str),
    ) -> Result<()> {
        permission::check(actor, Permission::Decide, None)?;
        let found = self.find_confidence(project).await?;
        let (section, mut kept) = found.ok_or(AppError::NotFound("confidence"))?;
        permission::check(actor, Permission::Decide, Some(section.place))?;
        if section.version != version {
            return Err(AppError::Conflict(akimat_storage::Conflict::Stale("section")));
        }
        let today = self.today();
        let reason = parse_reason("reason", reason)?;
        kept.lift = match until {
            None => None,
            Some(until) => {
                let most = i64::from(thresholds(today).override_days_max);
                let span = akimat_delivery::warning::days(today, until);
                let from = kept.computed.grade.filter(|grade| *grade != Grade::Green);
                let from = from.ok_or(AppError::field("until", "warning-lift-nothing"))?;
                if !(1..=most).contains(&span) {
                    let fault = FieldFault::new("until", "warning-lift-range").with("max", most);
                    return Err(AppError::Invalid(vec![fault]));
                }
                Some(Lift { from, by: spokesman(actor), reason: reason.clone(), on: today, until })
            }
        };
        let draft = confidence_draft(Some(section.id), &kept, (today, &reason));
        let next = self.section(actor, (project, section.place), version + 1, &draft);
        let detail = json!({ "until": until.map(|day| day.to_string()) });
        let audit = self.audit(actor, "lift_confidence", project, Some(section.place), &detail);
        Ok(self.store().apply(vec![Change::PutSection(Box::new(next)), audit]).await?)
    }

    /// The limits that a territory has set for itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_own_limits(&self, place: KatoCode) -> Result<Option<OwnLimits>> {
        let sections = self.read().list_sections(dossier_of(place), &[LIMITS]).await?;
        sections.into_iter().next().map(own_limits).transpose()
    }

    /// Every version of the limits of a territory, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_limit_versions(&self, place: KatoCode) -> Result<Vec<OwnLimits>> {
        let sections = self.read().list_section_versions(dossier_of(place), &[LIMITS], 50).await?;
        sections.into_iter().map(own_limits).collect()
    }

    /// The limits that count in a territory: the platform's, over them those of the territories above it, the nearest last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn limits_of(&self, place: KatoCode) -> Result<Thresholds> {
        Ok(self.all_limits().await?.of(place))
    }

    /// The limits of all territories, to be asked many times.
    pub(crate) async fn all_limits(&self) -> Result<AllLimits> {
        let filter = SectionFilter { kind: LIMITS.to_owned(), ..SectionFilter::default() };
        let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
        let mut own = Vec::new();
        loop {
            let page = self.read().search_sections(&filter, &request).await?;
            for section in page.items {
                let set = own_limits(section)?;
                own.push((set.section.place, set.own));
            }
            match page.next {
                Some(cursor) => request.after = Some(cursor),
                None => break,
            }
        }
        // A territory covers itself; the larger ones come first, so that the nearest has the last word.
        own.sort_by_key(|(place, _)| {
            let (from, to) = place.subtree();
            (std::cmp::Reverse(to.number().saturating_sub(from.number())), place.number())
        });
        Ok(AllLimits { platform: thresholds(self.today()), own })
    }

    /// An analyst or the head sets the limits of a territory; what is not set is that of the platform.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`] when red is below amber, or without a
    /// reason.
    pub async fn set_limits(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
        (version, own, reason): (u32, &Own, &str),
    ) -> Result<Kept> {
        permission::check(actor, Permission::SetThresholds, Some(place))?;
        self.read().find_place(place, self.today()).await?.ok_or(AppError::NotFound("place"))?;
        let mut wrong = Vec::new();
        for (indicator, (amber, red)) in &own.limits {
            if !(amber.is_finite() && red.is_finite() && *amber > 0.0 && red >= amber) {
                wrong.push(FieldFault::new(format!("red_{}", indicator.code()), "warning-limit-order"));
            }
        }
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        let reason = parse_reason("reason", reason)?;
        let stored = self.find_own_limits(place).await?;
        let current = stored.as_ref().map_or(0, |stored| stored.section.version);
        if current != version {
            return Err(AppError::Conflict(akimat_storage::Conflict::Stale("section")));
        }
        let body = serde_json::to_value(own).map_err(|error| AppError::Internal(error.to_string()))?;
        let draft = SectionDraft {
            id: stored.map(|stored| stored.section.id),
            kind: LIMITS,
            base_version: version,
            state: String::new(),
            due_on: None,
            amount: None,
            removed: false,
            body,
            reason,
            basis: String::new(),
        };
        let section = self.section(actor, (dossier_of(place), place), version + 1, &draft);
        let (id, version) = (section.id, section.version);
        let audit =
            self.audit(actor, "set_warning_limits", place, Some(place), &json!({ "version": version }));
        self.store().apply(vec![Change::PutSection(Box::new(section)), audit]).await?;
        Ok(Kept::Stored { id, version, others: Vec::new() })
    }

    /// How right the alerts of a territory were that persons closed.
    ///
    /// # Errors
    /// When the database fails, or a stored alert cannot be read.
    pub async fn alert_precision(&self, place: Option<KatoCode>) -> Result<Precision> {
        let states = vec![AlertState::Closed.code().to_owned()];
        let filter = SectionFilter { kind: KIND.to_owned(), place, states, due_before: None };
        let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
        let (mut precision, mut read) = (Precision::default(), 0);
        loop {
            let page = self.read().search_sections(&filter, &request).await?;
            for section in page.items {
                read += 1;
                if let Some((outcome, _)) = HeldAlert::read(section)?.alert.closed {
                    precision.add(outcome);
                }
            }
            match page.next {
                Some(cursor) if read < CLOSED_MAX => request.after = Some(cursor),
                _ => return Ok(precision),
            }
        }
    }
}

/// The limits of all territories.
#[derive(Clone, Debug)]
pub(crate) struct AllLimits {
    platform: Thresholds,
    own: Vec<(KatoCode, Own)>,
}

impl AllLimits {
    /// Those that count in a territory.
    pub(crate) fn of(&self, place: KatoCode) -> Thresholds {
        let above = self.own.iter().filter(|(own, _)| own.covers(place));
        above.fold(self.platform.clone(), |limits, (_, own)| limits.with(own))
    }
}

fn own_limits(section: Section) -> Result<OwnLimits> {
    let own = body(&section)?;
    Ok(OwnLimits { section, own })
}

/// An alert as a section; the platform's own changes give no reason.
pub(crate) fn alert_draft(id: Option<Uuid>, alert: &Alert, reason: &str) -> SectionDraft {
    SectionDraft {
        id,
        kind: KIND,
        base_version: 0,
        state: state_word(alert),
        due_on: alert.due_on(),
        amount: None,
        removed: false,
        body: serde_json::to_value(alert).unwrap_or_default(),
        reason: reason.to_owned(),
        basis: String::new(),
    }
}

/// Delivery confidence as a section.
pub(crate) fn confidence_draft(
    id: Option<Uuid>,
    kept: &KeptConfidence,
    (today, reason): (Date, &str),
) -> SectionDraft {
    SectionDraft {
        id,
        kind: CONFIDENCE,
        base_version: 0,
        state: kept.word(today).to_owned(),
        due_on: kept.lift.as_ref().map(|lift| lift.until),
        amount: None,
        removed: false,
        body: serde_json::to_value(kept).unwrap_or_default(),
        reason: reason.to_owned(),
        basis: String::new(),
    }
}

/// How well the rules would have warned, as it was computed by `akimat warning replay` and published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replays {
    /// On invented projects with a known end.
    pub simulated: Replay,
    /// On real projects whose ends moved from report to report.
    pub observed: ObservedReplay,
    /// Where those are from.
    pub observed_source: String,
}

/// The published replay.
pub fn replays() -> &'static Replays {
    static REPLAYS: std::sync::OnceLock<Replays> = std::sync::OnceLock::new();
    REPLAYS.get_or_init(|| {
        serde_json::from_str(include_str!("../../../data/project/replay.json"))
            .expect("the published replay is ours")
    })
}
