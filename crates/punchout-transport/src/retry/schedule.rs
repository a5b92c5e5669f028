use std::time::Duration;

/// When to try again, as data.
///
/// With the feature `serde` the durations are whole seconds, in fields that
/// say so: `retries`, `wait_seconds`, `factor`, `longest_wait_seconds`,
/// `longest_retry_after_seconds`, `jitter_percent`. What is left out is as in
/// [`TEN_TIMES_HOURLY`](Schedule::TEN_TIMES_HOURLY).
///
/// ```
/// use punchout_transport::Schedule;
/// use std::time::Duration;
///
/// let minute = Duration::from_secs(60);
/// let growing = Schedule::new(4, minute).with_factor(3).with_longest_wait(10 * minute);
/// let waits: Vec<_> = (1..=5).map(|retry| growing.wait_before(retry)).collect();
/// assert_eq!(waits, [Some(minute), Some(3 * minute), Some(9 * minute), Some(10 * minute), None]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Schedule {
    /// How often it is sent again at most; 0 means once and never again.
    pub retries: u32,
    /// The wait before the first retry.
    #[cfg_attr(feature = "serde", serde(rename = "wait_seconds", with = "seconds"))]
    pub wait: Duration,
    /// What each further wait is multiplied by; 1 keeps them equal.
    pub factor: u32,
    /// The most that the factor may lead to.
    #[cfg_attr(feature = "serde", serde(rename = "longest_wait_seconds", with = "seconds"))]
    pub longest_wait: Duration,
    /// The longest wait that a peer may ask for. One that asks for more is not
    /// tried again.
    #[cfg_attr(feature = "serde", serde(rename = "longest_retry_after_seconds", with = "seconds"))]
    pub longest_retry_after: Duration,
    /// How much a wait may grow at random, in percent of it, so that many
    /// senders do not come back at one moment.
    pub jitter_percent: u32,
}

const DAY: Duration = Duration::from_secs(86_400);

impl Schedule {
    /// Ten retries, an hour apart: what the cXML User's Guide recommends when
    /// a server answers with a status of 500 or above.
    pub const TEN_TIMES_HOURLY: Self = Self::new(10, Duration::from_secs(3_600));

    /// So many retries after equal waits, without jitter; a peer may ask for
    /// a day.
    #[must_use]
    pub const fn new(retries: u32, wait: Duration) -> Self {
        Self { retries, wait, factor: 1, longest_wait: DAY, longest_retry_after: DAY, jitter_percent: 0 }
    }

    /// Sets what each further wait is multiplied by.
    #[must_use]
    pub const fn with_factor(mut self, factor: u32) -> Self {
        self.factor = factor;
        self
    }

    /// Sets the most that the factor may lead to.
    #[must_use]
    pub const fn with_longest_wait(mut self, longest_wait: Duration) -> Self {
        self.longest_wait = longest_wait;
        self
    }

    /// Sets the longest wait that a peer may ask for.
    #[must_use]
    pub const fn with_longest_retry_after(mut self, longest_retry_after: Duration) -> Self {
        self.longest_retry_after = longest_retry_after;
        self
    }

    /// Sets how much a wait may grow at random, in percent of it.
    #[must_use]
    pub const fn with_jitter_percent(mut self, jitter_percent: u32) -> Self {
        self.jitter_percent = jitter_percent;
        self
    }

    /// The wait before a retry, the first one being 1, without jitter; nothing
    /// when there is no such retry.
    #[must_use]
    pub fn wait_before(&self, retry: u32) -> Option<Duration> {
        if retry == 0 || retry > self.retries {
            return None;
        }
        let grown = self.wait.saturating_mul(self.factor.saturating_pow(retry - 1));
        // a first wait beyond the limit was asked for
        Some(grown.min(self.longest_wait.max(self.wait)))
    }

    /// What chance, from 0 to 1, adds to a wait.
    pub(super) fn jitter(&self, wait: Duration, chance: f64) -> Duration {
        let share = f64::from(self.jitter_percent) / 100.0 * chance.clamp(0.0, 1.0);
        // what is no number adds nothing
        if share > 0.0 {
            Duration::try_from_secs_f64(wait.as_secs_f64() * share).unwrap_or(Duration::MAX)
        } else {
            Duration::ZERO
        }
    }
}

impl Default for Schedule {
    fn default() -> Self {
        Self::TEN_TIMES_HOURLY
    }
}

#[cfg(feature = "serde")]
mod seconds {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, ser};
    use std::time::Duration;

    pub(super) fn serialize<S: Serializer>(wait: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        if wait.subsec_nanos() > 0 {
            return Err(ser::Error::custom(format!("{wait:?} is no whole number of seconds")));
        }
        wait.as_secs().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_secs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_adds_its_share_and_no_more() {
        let schedule = Schedule::TEN_TIMES_HOURLY.with_jitter_percent(25);
        let wait = Duration::from_secs(400);
        for (chance, seconds) in
            [(0.0, 0), (0.5, 50), (1.0, 100), (-1.0, 0), (7.0, 100), (f64::NAN, 0), (f64::INFINITY, 100)]
        {
            assert_eq!(schedule.jitter(wait, chance), Duration::from_secs(seconds), "{chance}");
        }
        let endless = Schedule::new(1, Duration::MAX).with_jitter_percent(u32::MAX);
        assert_eq!(endless.jitter(Duration::MAX, 1.0), Duration::MAX);
    }

    #[test]
    fn the_guide_asks_for_ten_hours() {
        let waits: Vec<_> = (0..20).filter_map(|n| Schedule::default().wait_before(n)).collect();
        assert_eq!(waits, [Duration::from_secs(3600); 10]);
    }

    #[test]
    fn no_factor_overflows() {
        let schedule = Schedule::new(u32::MAX, Duration::from_secs(2)).with_factor(u32::MAX);
        assert_eq!(schedule.wait_before(u32::MAX), Some(DAY));
        let zero = schedule.with_factor(0);
        assert_eq!((zero.wait_before(1), zero.wait_before(2)), (Some(schedule.wait), Some(Duration::ZERO)));
        let long = Schedule::new(3, 3 * DAY);
        assert_eq!(long.wait_before(3), Some(3 * DAY));
    }
}
