//! Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, Windows-1251 with the Kazakh letters
//! of KZ-1048.

use crate::Problem;
use crate::problem::{ProblemCode, whole_file};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1251};
use std::borrow::Cow;

/// The largest file that is read, in mebibytes.
pub const FILE_MIB_MAX: u32 = 64;

/// Refuses files over [`FILE_MIB_MAX`] and empty ones.
///
/// # Errors
/// One [`Problem`] about the whole file.
pub fn check_size(bytes: &[u8]) -> Result<(), Vec<Problem>> {
    if bytes.is_empty() {
        return Err(whole_file(ProblemCode::FileEmpty));
    }
    if bytes.len() > FILE_MIB_MAX as usize * 1024 * 1024 {
        return Err(whole_file(ProblemCode::FileTooLarge { limit_mib: FILE_MIB_MAX }));
    }
    Ok(())
}

/// Reads text in one of the known encodings.
///
/// # Errors
/// One [`Problem`]: the file is empty, too large, or not text.
pub fn decode(bytes: &[u8]) -> Result<String, Vec<Problem>> {
    check_size(bytes)?;
    let text = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        std::str::from_utf8(rest).ok().map(str::to_owned)
    } else if bytes.starts_with(b"\xff\xfe") {
        UTF_16LE.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Into::into)
    } else if bytes.starts_with(b"\xfe\xff") {
        UTF_16BE.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Into::into)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Some(text.to_owned())
    } else {
        windows_1251(bytes)
    };
    let text = text.filter(|text| is_plain(text)).ok_or_else(|| whole_file(ProblemCode::NotText))?;
    if text.trim().is_empty() { Err(whole_file(ProblemCode::FileEmpty)) } else { Ok(text) }
}

/// No control characters but line ends and tabs: what is binary, or UTF-16 without its mark, is not text.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}'))
}

/// Taken for Windows-1251 only when nine of ten letters beyond ASCII are then Cyrillic.
fn windows_1251(bytes: &[u8]) -> Option<String> {
    let text = WINDOWS_1251.decode_without_bom_handling_and_without_replacement(bytes)?;
    let text: Cow<'_, str> = if text.contains(|c| kazakh(c) != c) {
        text.chars().map(kazakh).collect::<String>().into()
    } else {
        text
    };
    let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
    let (cyrillic, other) = letters.fold((0_usize, 0_usize), |(yes, no), c| {
        if ('\u{400}'..='\u{52f}').contains(&c) { (yes + 1, no) } else { (yes, no + 1) }
    });
    let signs = text.chars().filter(|c| !c.is_ascii() && !c.is_alphanumeric()).count();
    (cyrillic > 0 && cyrillic >= 9 * other && signs <= cyrillic + 8).then(|| text.into_owned())
}

/// Where KZ-1048 (STRK 1048-2002) differs from Windows-1251: letters of other Slavic languages give
/// way to Kazakh ones.
const fn kazakh(c: char) -> char {
    match c {
        'Ќ' => 'Қ',
        'Ћ' => 'Һ',
        'ќ' => 'қ',
        'ћ' => 'һ',
        'Ў' => 'Ұ',
        'ў' => 'ұ',
        'Ј' => 'Ә',
        'Ґ' => 'Ө',
        'Є' => 'Ғ',
        'Ї' => 'Ү',
        'ґ' => 'ө',
        'є' => 'ғ',
        'ј' => 'ә',
        'Ѕ' => 'Ң',
        'ѕ' => 'ң',
        'ї' => 'ү',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], want: Result<&str, &ProblemCode>) {
        let got = decode(bytes).map_err(|problems| problems[0].code.clone());
        assert_eq!(got.as_deref(), want.as_ref().copied().map_err(|code| *code));
    }

    #[test]
    fn every_known_encoding_is_read_and_binary_is_refused() {
        let words = "Доходы;Қаржы әкімдігі";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}".encode_utf16().chain(words.encode_utf16()).flat_map(bytes).collect()
        };
        check(words.as_bytes(), Ok(words));
        check(format!("\u{feff}{words}").as_bytes(), Ok(words));
        check(&utf16(u16::to_le_bytes), Ok(words));
        check(&utf16(u16::to_be_bytes), Ok(words));
        check(b"\xc4\xee\xf5\xee\xe4\xfb", Ok("Доходы"));
        check(b"\xcd\xe5\xe3\xb3\xe7\xe3\xb3 \x8d\xe0\xe7\xe0\x9d", Ok("Негізгі Қазақ"));
        check(b"", Err(&ProblemCode::FileEmpty));
        check(b" \n\t ", Err(&ProblemCode::FileEmpty));
        check(b"\x89PNG\r\n\x1a\n\0\0", Err(&ProblemCode::NotText));
        check(b"a\0b", Err(&ProblemCode::NotText));
        check(b"\xef\xbb\xbf\xff", Err(&ProblemCode::NotText));
        check(b"\xff\xfe\x00\xd8", Err(&ProblemCode::NotText));
    }

    #[test]
    fn a_file_over_the_limit_is_refused_by_its_size_alone() {
        let bytes = vec![b'1'; FILE_MIB_MAX as usize * 1024 * 1024 + 1];
        check(&bytes, Err(&ProblemCode::FileTooLarge { limit_mib: FILE_MIB_MAX }));
    }
}
