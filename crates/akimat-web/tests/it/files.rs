//! Files to upload: good ones and hostile ones.

use akimat_interop::table_export::{Cell, Table, encode_xlsx};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

pub(crate) const REGISTER_HEADER: &str = "number;title_kk;title_ru;place_kato;sector;kind;modality;level;status;year;source;planned;unit;score_need";

/// A register of projects with these rows below its header.
pub(crate) fn register(rows: &[&str]) -> Vec<u8> {
    format!("{REGISTER_HEADER}\n{}\n", rows.join("\n")).into_bytes()
}

/// A row of the register that is right, in a territory.
pub(crate) fn row(number: &str, place: u32) -> String {
    format!(
        "{number};Су;Вода;{place};water;infrastructure;budget;local;appraisal;2027;own;1500;thousand KZT;80"
    )
}

/// The register as a workbook.
pub(crate) fn workbook(rows: &[&str]) -> Vec<u8> {
    let cells = |row: &str| row.split(';').map(|cell| Cell::Text(cell.to_owned())).collect();
    let table = Table {
        title: "Тізілім".to_owned(),
        headers: REGISTER_HEADER.split(';').map(str::to_owned).collect(),
        rows: rows.iter().map(|row| cells(row)).collect(),
    };
    encode_xlsx(&table).unwrap()
}

/// The letters of Windows-1251 that the tests need.
pub(crate) fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '\0'..='\x7f' => c as u8,
        'А'..='я' => u8::try_from(u32::from(c) - 0x410 + 0xc0).unwrap(),
        other => panic!("{other} is not in the test's table"),
    };
    text.chars().map(byte).collect()
}

/// A workbook whose only sheet unpacks to so many MiB of blanks.
pub(crate) fn zip_bomb(mib: usize) -> Vec<u8> {
    let types = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    let rels = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let book_rels = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let blank = vec![b' '; 1 << 20];
    let head = b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
    let mut sheet: Vec<&[u8]> = vec![head];
    sheet.extend(std::iter::repeat_n(blank.as_slice(), mib));
    sheet.push(b"</sheetData></worksheet>");
    zip(&[
        ("[Content_Types].xml", &[types]),
        ("_rels/.rels", &[rels]),
        ("xl/workbook.xml", &[book]),
        ("xl/_rels/workbook.xml.rels", &[book_rels]),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

/// A zip archive (APPNOTE 6.3, deflate) of files given in pieces.
fn zip(files: &[(&str, &[&[u8]])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, pieces) in files {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        let mut crc = flate2::Crc::new();
        for piece in *pieces {
            encoder.write_all(piece).unwrap();
            crc.update(piece);
        }
        let packed = encoder.finish().unwrap();
        let size = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
        let plain = pieces.iter().map(|piece| piece.len()).sum::<usize>();
        let mut entry = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
        entry.extend(crc.sum().to_le_bytes());
        entry.extend(size(packed.len()));
        entry.extend(size(plain));
        entry.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        entry.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend(size(out.len()));
        directory.extend(name.bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&entry);
        out.extend(name.bytes());
        out.extend(packed);
    }
    let n = u16::try_from(files.len()).unwrap().to_le_bytes();
    let at = u32::try_from(out.len()).unwrap().to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(n.into_iter().chain(n).chain(length).chain(at).chain([0, 0]));
    out
}
