//! How long something took.

use std::time::{Duration, Instant};

/// A clock of this process's processor time, or of the wall.
pub(crate) struct Watch(Instant, Option<Duration>);

impl Watch {
    #[allow(clippy::disallowed_methods, reason = "a measurement")]
    pub(crate) fn start() -> Self {
        Self(Instant::now(), Self::cpu())
    }

    /// The first number of the file: nanoseconds on a processor (proc(5)).
    fn cpu() -> Option<Duration> {
        let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
        Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
    }

    pub(crate) fn elapsed(&self) -> Duration {
        let cpu = Self::cpu().zip(self.1).map(|(now, before)| now - before);
        cpu.unwrap_or_else(|| self.0.elapsed())
    }
}
