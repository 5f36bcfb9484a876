//! Names to numbers in the order of their arrival: a hash table over one arena of bytes.
//!
//! Nothing iterates over the table, so that the numbers do not depend on the hash.

/// Byte strings that are kept once each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Interner {
    bytes: Vec<u8>,
    /// End of each string in `bytes`.
    ends: Vec<usize>,
    /// High bits of the hash, and number of the string plus one, or zero; a power of two long.
    slots: Vec<(u32, u32)>,
}

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
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        if let Some(place) = self.slots.get_mut(slot) {
            *place = (tag(hash), number);
        }
        (number - 1, true)
    }

    fn slot(&self, text: &[u8], hash: u64) -> (usize, u32) {
        let mask = self.slots.len() - 1;
        let (mut slot, tag) = (low(hash) & mask, tag(hash));
        loop {
            let (known, found) = self.slots[slot];
            if found == 0 || known == tag && self.get(found as usize - 1) == text {
                return (slot, found);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        self.slots = vec![(0, 0); size];
        for at in 0..self.ends.len() {
            let hash = hash(self.get(at));
            let mut slot = low(hash) & (size - 1);
            while self.slots[slot].1 != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = (tag(hash), u32::try_from(at + 1).unwrap_or(u32::MAX));
        }
    }
}

/// The bits of a hash that find a place.
#[expect(clippy::cast_possible_truncation, reason = "the table takes the low bits")]
fn low(hash: u64) -> usize {
    hash as usize
}

/// The bits of a hash that are kept beside the number.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Multiply and rotate over eight bytes at a time, folded at the end.
fn hash(text: &[u8]) -> u64 {
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
    state ^ state >> 32
}
