//! Rate limits: a token bucket a key, in memory, time given as an argument.

use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// How much is allowed at once and how fast it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Attempts at once.
    pub burst: u32,
    /// Attempts that come back in a minute.
    pub per_minute: u32,
}

/// Buckets of one kind of act. Each server counts for itself; with several servers the limits add up.
#[derive(Debug)]
pub struct Limiter {
    rate: Rate,
    buckets: Mutex<BTreeMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Millionths of an attempt.
    tokens_e6: u64,
    at_us: i64,
}

/// Buckets kept before full ones are forgotten.
const BUCKETS_MAX: usize = 50_000;

impl Limiter {
    /// An empty limiter.
    pub const fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::new(BTreeMap::new()) }
    }

    /// Takes one attempt of `key`.
    ///
    /// # Errors
    /// Seconds until the next attempt is possible.
    pub fn take(&self, key: &str, now: Timestamp) -> Result<(), u32> {
        let now_us = now.as_microsecond();
        let mut buckets = self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX {
            let rate = self.rate;
            buckets.retain(|_, bucket| refilled(rate, *bucket, now_us) < full(rate));
        }
        let bucket =
            buckets.entry(key.to_owned()).or_insert(Bucket { tokens_e6: full(self.rate), at_us: now_us });
        let tokens = refilled(self.rate, *bucket, now_us);
        if tokens < 1_000_000 {
            *bucket = Bucket { tokens_e6: tokens, at_us: now_us.max(bucket.at_us) };
            let per_minute = u64::from(self.rate.per_minute.max(1)) * 1_000_000;
            let seconds = ((1_000_000 - tokens) * 60).div_ceil(per_minute);
            return Err(u32::try_from(seconds.max(1)).unwrap_or(u32::MAX));
        }
        *bucket = Bucket { tokens_e6: tokens - 1_000_000, at_us: now_us.max(bucket.at_us) };
        Ok(())
    }
}

fn full(rate: Rate) -> u64 {
    u64::from(rate.burst) * 1_000_000
}

fn refilled(rate: Rate, bucket: Bucket, now_us: i64) -> u64 {
    let elapsed = u64::try_from(now_us.saturating_sub(bucket.at_us)).unwrap_or_default();
    let back = elapsed.saturating_mul(u64::from(rate.per_minute)) / 60;
    bucket.tokens_e6.saturating_add(back).min(full(rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_comes_back() {
        let limiter = Limiter::new(Rate { burst: 2, per_minute: 6 });
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(limiter.take("a", at(0)), Ok(()));
        assert_eq!(limiter.take("a", at(0)), Ok(()));
        assert_eq!(limiter.take("a", at(0)), Err(10));
        assert_eq!(limiter.take("b", at(0)), Ok(()));
        assert_eq!(limiter.take("a", at(9)), Err(1));
        assert_eq!(limiter.take("a", at(10)), Ok(()));
        assert_eq!(limiter.take("a", at(3)), Err(10), "a clock that goes back gives nothing");
    }
}
