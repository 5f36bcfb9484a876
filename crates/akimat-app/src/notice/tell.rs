//! Who hears of what happened, and when.

use super::pace;
use crate::{App, Result};
use akimat_core::AccountId;
use akimat_storage::notice::{
    Channel, Delivery, NoticeChange, NoticeSettings, Occurrence, OpenOccurrence, Pace,
};
use akimat_storage::{Change, Conflict, StoreError};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::time::Duration;

/// The hour of the person's day at which digests are due.
const DIGEST_HOUR: i8 = 7;
/// People who are told in one batch.
const PEOPLE: u16 = 100;
/// Occurrences that are looked at in one round.
const ROUND: u16 = 20;
/// How often a server looks when nothing happens.
const LOOK: Duration = Duration::from_secs(2);
/// Notices are forgotten after so many days.
pub const KEEP_DAYS: i64 = 365;
/// Rounds of [`LOOK`] between two times of tidying: an hour.
const TIDY_ROUNDS: u32 = 1_800;

/// When something is due that happened now.
pub fn due(pace: Pace, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    match pace {
        Pace::Never => None,
        Pace::AtOnce => Some(now),
        Pace::Daily | Pace::Weekly => {
            let mut day = now.to_zoned(zone.clone()).date();
            for _ in 0..9 {
                let morning = day.at(DIGEST_HOUR, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp();
                if morning > now && (pace == Pace::Daily || day.weekday() == Weekday::Monday) {
                    return Some(morning);
                }
                day = day.checked_add(1.day()).ok()?;
            }
            Some(now + SignedDuration::from_hours(24))
        }
    }
}

impl App {
    /// The zone in which a person's days begin.
    pub fn notice_zone(&self, settings: &NoticeSettings) -> TimeZone {
        let chosen = settings.person.as_ref().and_then(|(_, zone)| TimeZone::get(zone).ok());
        chosen.unwrap_or_else(|| self.zone().clone())
    }

    /// Tells the next people of what happened; answers how many occurrences were looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell_notices(&self) -> Result<usize> {
        let open = self.read().list_open_occurrences(ROUND).await?;
        let n_open = open.len();
        for one in open {
            self.tell_some(&one).await?;
        }
        Ok(n_open)
    }

    async fn tell_some(&self, open: &OpenOccurrence) -> Result<()> {
        let event = &open.occurrence;
        let people = self.read().list_audience(&event.audience, open.told_after, PEOPLE).await?;
        let until = people.last().copied().filter(|_| people.len() == usize::from(PEOPLE));
        let channels = self.notice_channels();
        let (mut notices, mut deliveries) = (Vec::new(), Vec::new());
        for account in people {
            let settings = self.read().find_notice_settings(account).await?;
            if pace(&settings, event.kind, Channel::Page) != Pace::Never {
                notices.push((account, event.at));
            }
            deliveries.extend(self.deliveries(event, account, (&settings, &channels)));
        }
        let change =
            NoticeChange::Tell { event: event.id, after: open.told_after, until, notices, deliveries };
        match self.store().apply(vec![Change::Notice(change)]).await {
            // Another server was quicker.
            Err(StoreError::Conflict(Conflict::Stale(_))) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn deliveries(
        &self,
        event: &Occurrence,
        account: AccountId,
        (settings, channels): (&NoticeSettings, &[Channel]),
    ) -> Vec<Delivery> {
        let zone = self.notice_zone(settings);
        let stopped = |channel: Channel| settings.stops.iter().any(|stop| stop.channel == channel);
        let unlinked = |channel: Channel| {
            matches!(channel, Channel::Telegram | Channel::Push)
                && !settings.addresses.iter().any(|one| one.channel == channel)
        };
        channels
            .iter()
            .filter(|channel| **channel != Channel::Page && !stopped(**channel) && !unlinked(**channel))
            .filter_map(|channel| {
                let due_at = due(pace(settings, event.kind, *channel), &zone, self.now())?;
                Some(Delivery { account, channel: *channel, due_at })
            })
            .collect()
    }

    /// Tells people and writes letters until `stop` says yes: the server runs this beside the pages.
    pub async fn run_notices(self, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut round = 0_u32;
        while !*stop.borrow() {
            let worked = tokio::select! {
                worked = self.notice_round(round.is_multiple_of(TIDY_ROUNDS)) => worked,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            round = round.wrapping_add(1);
            match worked {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "notices were broken off"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// One round: people are told, and letters that are due are written; answers whether there was anything to do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notice_round(&self, tidy: bool) -> Result<bool> {
        if tidy {
            let before = self.now() - SignedDuration::from_hours(24 * KEEP_DAYS);
            self.store().apply(vec![Change::Notice(NoticeChange::RemoveBefore(before))]).await?;
        }
        // Votes that end soon, before people are told: what they cause is told in the same round.
        let n_reminded = self.watch_ballots().await?;
        let n_told = self.tell_notices().await?;
        let n_written = self.write_due_notices().await?;
        Ok(n_reminded + n_told + n_written > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_storage::notice::NoticeKind;

    #[test]
    fn digests_are_due_in_the_morning_of_the_person() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let zone = |name: &str| TimeZone::get(name).expect("a zone");
        // A Wednesday; Almaty is five hours ahead since March 2024.
        for (pace, name, now, expected) in [
            (Pace::Daily, "Asia/Almaty", "2026-11-25T01:59:00Z", "2026-11-25T02:00:00Z"),
            (Pace::Daily, "Asia/Almaty", "2026-11-25T02:00:00Z", "2026-11-26T02:00:00Z"),
            (Pace::Weekly, "Asia/Almaty", "2026-11-25T02:00:00Z", "2026-11-30T02:00:00Z"),
            (Pace::Daily, "Europe/Berlin", "2026-11-25T02:00:00Z", "2026-11-25T06:00:00Z"),
            (Pace::Daily, "Europe/Berlin", "2026-07-01T02:00:00Z", "2026-07-01T05:00:00Z"),
            (Pace::Weekly, "America/New_York", "2026-11-30T11:00:00Z", "2026-11-30T12:00:00Z"),
            (Pace::AtOnce, "Asia/Almaty", "2026-11-25T02:00:00Z", "2026-11-25T02:00:00Z"),
        ] {
            assert_eq!(due(pace, &zone(name), at(now)), Some(at(expected)), "{pace:?} {name} {now}");
        }
        assert_eq!(due(Pace::Never, &zone("UTC"), at("2026-11-25T02:00:00Z")), None);
    }

    #[test]
    fn defaults_can_be_chosen() {
        for kind in NoticeKind::ALL {
            for channel in Channel::ALL {
                let offered = super::super::paces(kind, channel);
                assert!(offered.is_empty() || offered.contains(&super::super::default_pace(kind, channel)));
            }
        }
        assert_eq!(pace(&NoticeSettings::default(), NoticeKind::NewDevice, Channel::Email), Pace::Never);
    }
}
