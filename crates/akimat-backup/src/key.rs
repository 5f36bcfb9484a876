//! The key of a backup: 32 bytes of chance in a small text file that can be printed and typed in again.

use crate::{Fault, Result, hex, parse_hex};
use ring::digest::{SHA256, digest};

/// Thirty-two bytes that nobody guesses.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.fingerprint())
    }
}

impl Key {
    /// Of these bytes, which must be fresh chance.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the file of a key: lines that begin with `#` are remarks, the rest are 64 hexadecimal digits; spaces and
    /// line ends between them do not matter.
    ///
    /// # Errors
    /// [`Fault::KeyFile`] for everything else.
    pub fn parse(text: &str) -> Result<Self> {
        let digits: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .flat_map(|line| line.chars().filter(|letter| !letter.is_whitespace()))
            .take(65)
            .collect();
        parse_hex(&digits).map(Self).ok_or(Fault::KeyFile)
    }

    /// The file of the key, in groups that can be read aloud.
    pub fn write(&self) -> String {
        let digits = hex(&self.0);
        let groups: Vec<&str> = (0..16).filter_map(|at| digits.get(at * 4..at * 4 + 4)).collect();
        let lines: Vec<String> = groups.chunks(8).map(|groups| groups.join(" ")).collect();
        format!("# akimat backup key {}\n{}\n", self.fingerprint(), lines.join("\n"))
    }

    /// Names the key without telling anything of it: it stands in every backup.
    pub fn fingerprint(&self) -> String {
        hex(&self.id()[..8])
    }

    pub(crate) fn id(&self) -> [u8; 16] {
        let said = digest(&SHA256, &[b"akimat backup key\n".as_slice(), &self.0].concat());
        let mut id = [0; 16];
        id.copy_from_slice(&said.as_ref()[..16]);
        id
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_its_file_and_from_paper() {
        let key = Key::new(std::array::from_fn(|at| u8::try_from(at * 7).unwrap_or_default()));
        let file = key.write();
        assert_eq!(Key::parse(&file), Ok(key.clone()));
        let typed = file.split_once('\n').unwrap().1.to_uppercase().replace(' ', "\r\n");
        assert_eq!(Key::parse(&typed), Ok(key.clone()));
        assert!(file.contains(&key.fingerprint()));
        assert!(!file.lines().skip(1).any(|line| line.contains(&key.fingerprint())));
        for bad in ["", "#", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &"ә".repeat(64)] {
            assert_eq!(Key::parse(bad), Err(Fault::KeyFile), "{bad}");
        }
    }
}
