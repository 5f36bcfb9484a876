use super::*;
use rust_xlsxwriter::Workbook;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn sample() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Атауы").unwrap();
    sheet.write(2, 0, "Кірістер").unwrap();
    sheet.write(2, 3, 172_102_158.8).unwrap();
    sheet.write(3, 1, 0.1).unwrap();
    sheet.write(3, 2, "5").unwrap();
    book.save_to_buffer().unwrap()
}

fn refused(bytes: &[u8], want: &ProblemCode) {
    assert_eq!(read(bytes).unwrap_err()[0].code, *want);
}

/// The sample with one of its parts replaced.
fn replaced(name: &str, content: &[u8]) -> Vec<u8> {
    let bytes = sample();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut body = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut body).unwrap();
        let part_name = part.name().unwrap().into_owned();
        parts.push((part_name.clone(), if part_name == name { content.to_vec() } else { body }));
    }
    let parts: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, body)| (name.as_str(), body.clone())).collect();
    zip(&parts)
}

#[test]
fn cells_are_read_as_text_with_the_rows_of_the_sheet() {
    let sheets = read(&sample()).unwrap();
    let rows: Vec<(u32, Vec<&str>)> = sheets[0]
        .rows
        .iter()
        .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        rows,
        [(1, vec!["Атауы"]), (3, vec!["Кірістер", "", "", "172102158.8"]), (4, vec!["", "0.1", "5"])]
    );
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let too_large = ProblemCode::WorkbookTooLarge { limit_mib: guard::UNPACKED_MIB_MAX };
    refused(&zip(&[("xl/worksheets/sheet1.xml", vec![b' '; 20 * 1024 * 1024])]), &too_large);
    let parts: Vec<String> = (0..2_001).map(|n| n.to_string()).collect();
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|name| (name.as_str(), Vec::new())).collect();
    refused(&zip(&parts), &too_large);
}

#[test]
fn an_absurd_announcement_is_refused() {
    let too_large = ProblemCode::WorkbookTooLarge { limit_mib: guard::UNPACKED_MIB_MAX };
    let head = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ";
    for count in ["uniqueCount=\"99999999999999\"", "uuniqueCount = '+099999999999999'"] {
        let body = format!("{head}{count}></sst>");
        refused(&replaced("xl/sharedStrings.xml", body.as_bytes()), &too_large);
    }
    let far = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
               <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    assert_eq!(read(&replaced("xl/worksheets/sheet1.xml", far.as_bytes())).unwrap_err(), too_large_sheet());
}

fn too_large_sheet() -> Vec<Problem> {
    crate::table::too_large()
}

#[test]
fn one_long_text_in_every_cell_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let long = "ә".repeat(32_767);
    for row in 0..2_100 {
        sheet.write(row, 0, long.as_str()).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert!(bytes.len() < 1024 * 1024);
    assert_eq!(read(&bytes).unwrap_err(), too_large_sheet());
}

#[test]
fn what_is_not_a_workbook_is_refused() {
    refused(b"PK\x03\x04 and no more", &ProblemCode::BrokenWorkbook);
    refused(&zip(&[("hello.txt", b"hello".to_vec())]), &ProblemCode::BrokenWorkbook);
    let whole = sample();
    for cut in [10, 100, whole.len() / 2, whole.len() - 1] {
        refused(&whole[..cut], &ProblemCode::BrokenWorkbook);
    }
}

#[test]
fn flipping_bytes_never_panics() {
    let whole = sample();
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = read(&bytes);
    }
}
