//! As much of CBOR (RFC 8949) as authenticators send: definite lengths, no tags, no floats.

/// Nested so deep at most.
const DEPTH_MAX: u8 = 4;
/// Entries of one list or map at most.
const ENTRIES_MAX: u64 = 32;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Words.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, as they came.
    Map(Vec<(Value, Value)>),
    /// Yes, no or nothing.
    Simple(u8),
}

impl Value {
    /// The value of a key that is a word.
    pub fn named(&self, key: &str) -> Option<&Self> {
        self.find(|known| matches!(known, Self::Text(text) if text == key))
    }

    /// The value of a key that is a number.
    pub fn numbered(&self, key: i64) -> Option<&Self> {
        self.find(|known| *known == Self::Int(key))
    }

    fn find(&self, fits: impl Fn(&Self) -> bool) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(key, _)| fits(key)).map(|(_, value)| value)
    }

    /// The bytes, where it is bytes.
    pub fn bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The number, where it is one.
    pub const fn int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }
}

/// Reads the value at the beginning of some bytes; answers it and the bytes after it. `None` for what is cut off, too
/// deep, too long, named twice, or of a kind that no authenticator sends.
pub fn read(bytes: &[u8]) -> Option<(Value, &[u8])> {
    value(bytes, DEPTH_MAX)
}

fn value(bytes: &[u8], depth: u8) -> Option<(Value, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (kind, short) = (first >> 5, first & 0x1f);
    if kind == 7 {
        return (20..=22).contains(&short).then_some((Value::Simple(short), rest));
    }
    let (number, rest) = head(short, rest)?;
    match kind {
        0 => Some((Value::Int(i64::try_from(number).ok()?), rest)),
        1 => Some((Value::Int(-1 - i64::try_from(number).ok()?), rest)),
        2 | 3 => {
            let (taken, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
            let value = if kind == 2 {
                Value::Bytes(taken.to_vec())
            } else {
                Value::Text(std::str::from_utf8(taken).ok()?.to_owned())
            };
            Some((value, rest))
        }
        4 | 5 if number <= ENTRIES_MAX => entries(kind == 5, number, rest, depth.checked_sub(1)?),
        _ => None,
    }
}

fn entries(map: bool, number: u64, mut rest: &[u8], depth: u8) -> Option<(Value, &[u8])> {
    let (mut list, mut pairs) = (Vec::new(), Vec::new());
    for _ in 0..number {
        let (first, after) = value(rest, depth)?;
        rest = after;
        if map {
            let (second, after) = value(rest, depth)?;
            rest = after;
            if pairs.iter().any(|(key, _)| *key == first) {
                return None;
            }
            pairs.push((first, second));
        } else {
            list.push(first);
        }
    }
    Some((if map { Value::Map(pairs) } else { Value::List(list) }, rest))
}

fn head(short: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let n = match short {
        0..=23 => return Some((u64::from(short), rest)),
        24..=27 => 1_usize << (short - 24),
        _ => return None,
    };
    let (taken, rest) = rest.split_at_checked(n)?;
    Some((taken.iter().fold(0, |all, byte| (all << 8) | u64::from(*byte)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        // RFC 8949, appendix A.
        for (hex, due) in [
            ("00", Value::Int(0)),
            ("17", Value::Int(23)),
            ("1818", Value::Int(24)),
            ("1a000f4240", Value::Int(1_000_000)),
            ("20", Value::Int(-1)),
            ("3903e7", Value::Int(-1000)),
            ("4401020304", Value::Bytes(vec![1, 2, 3, 4])),
            ("6449455446", Value::Text("IETF".to_owned())),
            ("f5", Value::Simple(21)),
            ("8301820203820405", {
                let pair = |a, b| Value::List(vec![Value::Int(a), Value::Int(b)]);
                Value::List(vec![Value::Int(1), pair(2, 3), pair(4, 5)])
            }),
            ("a201020304", Value::Map(vec![(Value::Int(1), Value::Int(2)), (Value::Int(3), Value::Int(4))])),
        ] {
            assert_eq!(read(&crate::passkey::tests::unhex(hex)), Some((due, [].as_slice())), "{hex}");
        }
    }

    #[test]
    fn hostile_bytes_are_nothing() {
        for hex in [
            "",
            "18",
            "1b",
            "5f",
            "9f",
            "bf",
            "ff",
            "44010203",
            "5bffffffffffffffff",
            "9bffffffffffffffff",
            "1bffffffffffffffff",
            "3bffffffffffffffff",
            "62c328",
            "c000",
            "f93c00",
            "8181818181",
            "a201020103",
            "982100",
        ] {
            assert_eq!(read(&crate::passkey::tests::unhex(hex)), None, "{hex}");
        }
    }
}
