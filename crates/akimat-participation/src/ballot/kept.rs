//! What is kept of a ballot while choices may change: the working ballot, the one that counts, its receipt; and until
//! when anything is taken.

use super::Ballot;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// When ballots are taken: from the first instant on, before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From here on.
    pub opens_at: Timestamp,
    /// Nothing is taken at this instant or later.
    pub closes_at: Timestamp,
}

/// Why nothing is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The vote has not begun.
    Early,
    /// The vote is over.
    Late,
}

impl Refusal {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Late => "late",
        }
    }
}

impl Window {
    /// The instant that counts: the clock of the server, or the latest instant ever recorded where the clock was set
    /// back behind it. A vote that was over once stays over.
    pub fn counted_instant(now: Timestamp, latest: Option<Timestamp>) -> Timestamp {
        latest.map_or(now, |latest| latest.max(now))
    }

    /// Whether a ballot is taken now.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn admit(&self, now: Timestamp, latest: Option<Timestamp>) -> Result<(), Refusal> {
        let at = Self::counted_instant(now, latest);
        if at < self.opens_at {
            return Err(Refusal::Early);
        }
        if at >= self.closes_at { Err(Refusal::Late) } else { Ok(()) }
    }
}

/// Letters and digits of a receipt: none that is taken for another one.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs of a receipt: 80 bits of chance.
const LENGTH: usize = 16;

/// A receipt: a code that stands for a counted ballot and says nothing of what is on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Receipt(String);

impl Receipt {
    /// A receipt out of ten bytes of chance.
    pub fn new(chance: [u8; 10]) -> Self {
        let bits = chance.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let sign = |at: usize| {
            let five = usize::try_from((bits >> (5 * (LENGTH - 1 - at))) & 31).unwrap_or(0);
            char::from(SIGNS[five])
        };
        let mut code = String::new();
        for at in 0..LENGTH {
            if at > 0 && at.is_multiple_of(4) {
                code.push('-');
            }
            code.push(sign(at));
        }
        Self(code)
    }

    /// Reads a receipt as a person types it: small letters, blanks, O for 0, I and L for 1.
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = String::new();
        let mut n = 0;
        for sign in text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-') {
            let sign = match sign.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if n >= LENGTH || !sign.is_ascii() || !SIGNS.contains(&u8::try_from(sign).ok()?) {
                return None;
            }
            if n > 0 && n % 4 == 0 {
                code.push('-');
            }
            code.push(sign);
            n += 1;
        }
        (n == LENGTH).then_some(Self(code))
    }

    /// As it is shown.
    pub fn code(&self) -> &str {
        &self.0
    }
}

/// A ballot that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// What is on it.
    pub ballot: Ballot,
    /// When it was handed in.
    pub at: Timestamp,
    /// Its receipt.
    pub receipt: Receipt,
    /// It came on paper.
    #[serde(default)]
    pub paper: bool,
}

/// Everything that is kept of one person's ballot, sealed as one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The working ballot, saved at every click.
    pub working: Ballot,
    /// The ballot that counts.
    pub submitted: Option<Submitted>,
}

/// How far one's ballot is: what the line on the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was ever marked.
    NotStarted,
    /// Saved, not counted yet. With a ballot of before that counts until this one is handed in.
    Saved {
        /// When that one was handed in.
        before: Option<Timestamp>,
    },
    /// Counted.
    Counted {
        /// When it was handed in.
        at: Timestamp,
    },
}

impl Kept {
    /// How far it is.
    pub fn standing(&self) -> Standing {
        match &self.submitted {
            Some(submitted) if submitted.ballot == self.working => Standing::Counted { at: submitted.at },
            Some(submitted) => Standing::Saved { before: Some(submitted.at) },
            None if self.working.is_empty() => Standing::NotStarted,
            None => Standing::Saved { before: None },
        }
    }

    /// Hands the working ballot in. Handing in what counts already keeps its receipt: however often a form is sent, one
    /// ballot with one receipt is the outcome.
    #[must_use]
    pub fn submit(&self, at: Timestamp, receipt: Receipt) -> Self {
        match &self.submitted {
            Some(submitted) if submitted.ballot == self.working => self.clone(),
            _ => Self {
                working: self.working.clone(),
                submitted: Some(Submitted { ballot: self.working.clone(), at, receipt, paper: false }),
            },
        }
    }

    /// Takes the ballot that counts back; the working ballot stays for another try.
    #[must_use]
    pub fn withdraw(&self) -> Self {
        Self { working: self.working.clone(), submitted: None }
    }
}
