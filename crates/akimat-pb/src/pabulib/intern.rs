//! Names to numbers in the order of their arrival: a hash table over one arena of bytes.
//!
//! Nothing iterates over the table, so that the numbers do not depend on the hash.

/// Byte strings that are kept once each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interner {
    bytes: Vec<u8>,
    /// End of each string in `bytes`.
    ends: Vec<usize>,
    /// Low bits of the hash, and number of the string plus one, or zero; a power of two long.
    slots: Vec<(u32, u32)>,
}

/// The strings in their order; how they are found again is no part of them.
impl PartialEq for Interner {
    fn eq(&self, other: &Self) -> bool {
        (&self.bytes, &self.ends) == (&other.bytes, &other.ends)
    }
}

impl Eq for Interner {}

impl Interner {
    pub(crate) fn get(&self, at: usize) -> &[u8] {
        let begin = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(begin);
        self.bytes.get(begin..end).unwrap_or_default()
    }

    /// The number of a string that is there.
    pub(crate) fn find(&self, text: &[u8]) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        match self.slot(text, hash(text)) {
            (_, 0) => None,
            (_, number) => Some(number - 1),
        }
    }

    /// The number of a string, and whether it is new.
    pub(crate) fn insert(&mut self, text: &[u8]) -> (u32, bool) {
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let hash = hash(text);
        let (slot, found) = self.slot(text, hash);
        if found > 0 {
            return (found - 1, false);
        }
        let number = self.push(text);
        if let Some(place) = self.slots.get_mut(slot) {
            *place = (hash, number);
        }
        (number - 1, true)
    }

    /// Keeps a string that cannot be found by [`Interner::find`]; its number plus one.
    fn push(&mut self, text: &[u8]) -> u32 {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    fn slot(&self, text: &[u8], hash: u32) -> (usize, u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let (known, found) = self.slots[slot];
            if found == 0 || known == hash && self.get(found as usize - 1) == text {
                return (slot, found);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Twice the places. The hash that stands in each tells where it goes.
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        for (hash, number) in std::mem::replace(&mut self.slots, vec![(0, 0); size]) {
            if number > 0 {
                self.place(hash, number);
            }
        }
    }

    fn place(&mut self, hash: u32, number: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot].1 != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (hash, number);
    }

    /// Makes every string be found that [`Interner::push`] kept.
    fn index(&mut self) {
        self.slots = vec![(0, 0); (self.ends.len() * 2).next_power_of_two().max(64)];
        for at in 0..self.ends.len() {
            self.place(hash(self.get(at)), u32::try_from(at + 1).unwrap_or(u32::MAX));
        }
    }
}

/// Names of voters. Most files have numbers that grow from line to line, and then none can come twice: nothing is
/// hashed until a name breaks that order.
#[derive(Debug, Default)]
pub(super) struct Voters {
    names: Interner,
    /// The last number while every name is a number greater than the one before.
    last: Option<u64>,
    is_indexed: bool,
}

impl Voters {
    /// Whether the name is new.
    pub(super) fn insert(&mut self, name: &[u8]) -> bool {
        if !self.is_indexed {
            let number = whole(name);
            if number.is_some_and(|number| self.last.is_none_or(|last| number > last)) {
                self.last = number;
                self.names.push(name);
                return true;
            }
            self.names.index();
            self.is_indexed = true;
        }
        self.names.insert(name).1
    }

    pub(super) fn into_names(self) -> Interner {
        self.names
    }
}

/// A number as it is written without signs and leading zeros, so that equal numbers are equal strings.
fn whole(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 18 || text.len() > 1 && text.first() == Some(&b'0') {
        return None;
    }
    text.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0')))
}

/// Multiply and rotate over eight bytes at a time, folded at the end.
#[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash")]
fn hash(text: &[u8]) -> u32 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = text.len() as u64;
    let mut parts = text.chunks_exact(8);
    for part in &mut parts {
        let word = part.try_into().map_or(0, u64::from_le_bytes);
        state = (state.rotate_left(29) ^ word).wrapping_mul(ODD);
    }
    let rest = parts.remainder();
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        state = (state.rotate_left(29) ^ u64::from_le_bytes(last)).wrapping_mul(ODD);
    }
    (state ^ state >> 32) as u32
}
