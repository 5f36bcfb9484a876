//! Registers of others: their headers, their words, our template.

use super::annotate::annotated;
use super::mapping::{Labels, Mapping, columns, value_columns};
use super::template::{TemplateWords, template_table, template_workbook};
use super::*;
use crate::table_export::{Cell, encode_csv};
use akimat_project::{Kind, Level, Modality, Sector};

const FOREIGN: &str = "Отчёт отдела строительства;;;;;\n\
    Шифр;Объект;Направление;Тип;Финансирование;Смета, тыс. тг;Срок\n\
    17-а;Водовод Ақжар;ВиК;стройка;РБ;1 500,5;01.11.2027\n\
    17-б;Клуб;Культура;стройка;МБ;900;не позже 2027\n";

fn mapping() -> Mapping {
    let pairs = |list: &[(&str, &str)]| -> BTreeMap<String, String> {
        list.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
    };
    let columns = pairs(&[
        ("Шифр", "number"),
        ("Объект", "title_ru"),
        ("Направление", "sector"),
        ("Тип", "kind"),
        ("Финансирование", "source"),
        ("Смета, тыс. тг", "planned"),
        ("Срок", "ends_on"),
    ]);
    let values = BTreeMap::from([
        ("sector".to_owned(), pairs(&[("ВиК", "water")])),
        ("kind".to_owned(), pairs(&[("стройка", "infrastructure")])),
        ("source".to_owned(), pairs(&[("РБ", "transfer"), ("МБ", "own")])),
    ]);
    let constants =
        pairs(&[("modality", "budget"), ("level", "district"), ("year", "2027"), ("unit", "thousand KZT")]);
    Mapping { header_row: None, columns, values, constants }
}

fn new_id() -> ProjectId {
    ProjectId(uuid::Uuid::nil())
}

fn context(known: &BTreeMap<(KatoCode, String), Project>) -> RegisterContext<'_> {
    RegisterContext { place: KatoCode::from_number(614_438_300), at: Timestamp::UNIX_EPOCH, known }
}

fn look_at(bytes: &[u8], mapping: &Mapping, labels: &Labels) -> Result<Look, Vec<Problem>> {
    Ok(Register::open(bytes, mapping, labels)?.look().clone())
}

fn read(text: &str, mapping: &Mapping, labels: &Labels) -> Result<Vec<RegisterEntry>, Vec<Problem>> {
    Register::open(text.as_bytes(), mapping, labels)?.entries(&context(&BTreeMap::new()), &mut new_id)
}

#[test]
fn a_foreign_register_is_read_and_its_problems_name_its_own_headers() {
    let problems = read(FOREIGN, &mapping(), &Labels::default()).unwrap_err();
    let told: Vec<_> = problems.iter().map(|p| (p.row, p.column.as_deref(), p.key())).collect();
    assert_eq!(told, [(Some(4), Some("Срок"), "problem-not-a-date")]);
    let entries =
        read(&FOREIGN.replace("не позже 2027", "2027-12-01"), &mapping(), &Labels::default()).unwrap();
    assert_eq!(entries.len(), 2);
    let project = &entries[0].project;
    assert_eq!(
        (project.number.as_str(), project.sector, project.kind),
        ("17-а", Sector::Water, Kind::Infrastructure)
    );
    assert_eq!((project.modality, project.level), (Modality::Budget, Level::District));
    let line = &project.money[0];
    assert_eq!(
        (line.year, line.source, line.planned),
        (2027, MoneySource::Transfer, Money::from_tenge(1_500_500))
    );
    assert_eq!(entries[0].row, 3);
    assert!(entries[0].given.contains("ends_on") && !entries[0].given.contains("contractor"));
}

#[test]
fn a_look_says_what_is_missing_and_what_is_strange() {
    let bare = look_at(FOREIGN.as_bytes(), &Mapping::default(), &Labels::default()).unwrap();
    assert!(bare.missing.contains(&"number") && bare.missing.contains(&"modality"));
    let half = Mapping { values: BTreeMap::new(), constants: BTreeMap::new(), ..mapping() };
    let look = look_at(FOREIGN.as_bytes(), &half, &Labels::default()).unwrap();
    assert_eq!(look.missing, ["modality", "level"]);
    let strange: Vec<_> = look.strange.iter().map(|(c, value, n)| (*c, value.as_str(), *n)).collect();
    assert_eq!(
        strange,
        [("kind", "стройка", 2), ("sector", "ВиК", 1), ("source", "МБ", 1), ("source", "РБ", 1)]
    );
    assert_eq!(
        (look.n_rows, look.columns[1].samples.as_slice()),
        (2, &["Водовод Ақжар".to_owned(), "Клуб".to_owned()][..])
    );
    let whole = look_at(FOREIGN.as_bytes(), &mapping(), &Labels::default()).unwrap();
    assert!(whole.missing.is_empty() && whole.strange.is_empty());
    let mut gone = mapping();
    gone.columns.insert("Шифр".to_owned(), String::new());
    assert_eq!(look_at(FOREIGN.as_bytes(), &gone, &Labels::default()).unwrap().missing, ["number"]);
}

/// Every column and word of ours under another name.
fn labels() -> Labels {
    let headers = columns().map(|(column, _)| (column, format!("Баған {column}"))).collect();
    let words = |(column, codes): (&'static str, Vec<&'static str>)| {
        codes.into_iter().map(move |code| (column, code, format!("Сөз {code}"))).collect::<Vec<_>>()
    };
    Labels { headers, values: value_columns().into_iter().flat_map(words).collect() }
}

#[test]
fn the_template_reads_itself() {
    let pairs = [
        ("number", "1"),
        ("title_kk", "Су құбыры"),
        ("sector", "water"),
        ("kind", "social"),
        ("modality", "ppp"),
        ("level", "local"),
        ("status", "idea"),
        ("year", "2027"),
        ("source", "private"),
        ("planned", "10"),
        ("unit", "million KZT"),
    ];
    let words = TemplateWords {
        title: "Жобалар".to_owned(),
        lists: "Тізім'дер".to_owned(),
        not_listed: ("Тізімде жоқ".to_owned(), "Тізімнен таңдаңыз.".to_owned()),
        impossible: ("Мүмкін емес".to_owned(), "Санды тексеріңіз.".to_owned()),
        help: vec![("number", "Тізілімдегі нөмірі".to_owned())],
        example: pairs.into_iter().map(|(column, value)| (column, value.to_owned())).collect(),
    };
    let table = template_table(&labels(), &words);
    assert!(table.headers.iter().all(|header| header.starts_with("Баған ")));
    let csv = encode_csv(&table);
    let book = template_workbook(&labels(), &words).unwrap();
    for bytes in [csv, book.clone()] {
        let register = Register::open(&bytes, &Mapping::default(), &labels()).unwrap();
        let entries = register.entries(&context(&BTreeMap::new()), &mut new_id).unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].project.sector, entries[0].project.modality), (Sector::Water, Modality::Ppp));
        assert_eq!(entries[0].project.money[0].planned, Money::from_tenge(10_000_000));
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml)
        .unwrap();
    assert!(xml.contains("type=\"list\"") && xml.contains("Тізімнен таңдаңыз."));
    assert_eq!(xml.matches("<dataValidation ").count(), 7 + 9);
}

#[test]
fn rows_carry_their_problems_and_are_read_again() {
    let problems = [(Some(4), "Күнін түзетіңіз.".to_owned()), (None, "Файл толық емес.".to_owned())];
    let table = annotated(FOREIGN.as_bytes(), &problems, "Қателер", "Мәселе").unwrap();
    assert_eq!(table.headers[..2], ["Мәселе", "Отчёт отдела строительства"]);
    let told: Vec<&Cell> = table.rows.iter().map(|row| &row[0]).collect();
    let text = |text: &str| Cell::Text(text.to_owned());
    assert_eq!(told, [&text("Файл толық емес."), &text(""), &text(""), &text("Күнін түзетіңіз.")]);
    let fixed = FOREIGN.replace("не позже 2027", "2027-12-01");
    let again = annotated(fixed.as_bytes(), &[], "Қателер", "Мәселе").unwrap();
    let csv = String::from_utf8(encode_csv(&again)).unwrap();
    assert_eq!(read(&csv, &mapping(), &Labels::default()).unwrap().len(), 2);
    assert!(annotated(b"PK\x03\x04", &problems, "", "").is_none());
}

#[test]
fn a_file_about_registered_projects_needs_their_numbers_only() {
    let text = "номер;год;источник;оплачено;единица\n17-а;2027;own;1200;тыс. тенге\n";
    let register = Register::open(text.as_bytes(), &Mapping::default(), &Labels::default()).unwrap();
    assert_eq!(register.look().missing, ["sector", "kind", "modality", "level"]);
    let none = BTreeMap::new();
    assert!(register.entries(&context(&none), &mut new_id).is_err());
    let place = context(&none).place;
    assert_eq!(register.numbers(place), [(place.unwrap(), "17-а".to_owned())]);
    let registered =
        read(&FOREIGN.replace("не позже 2027", "2027-12-01"), &mapping(), &Labels::default()).unwrap();
    let known: BTreeMap<(KatoCode, String), Project> =
        registered.into_iter().map(|e| ((e.project.place, e.project.number.clone()), e.project)).collect();
    let entries = register.entries(&context(&known), &mut new_id).unwrap();
    assert_eq!(entries[0].project.sector, Sector::Water);
    assert_eq!(entries[0].project.money[0].paid, Money::from_tenge(1_200_000));
    assert_eq!(entries[0].given.iter().copied().collect::<Vec<_>>(), Vec::<&str>::new());
    let new = text.replace("17-а", "18");
    let register = Register::open(new.as_bytes(), &Mapping::default(), &Labels::default()).unwrap();
    let problems = register.entries(&context(&known), &mut new_id).unwrap_err();
    assert_eq!(problems[0].column.as_deref(), Some("sector"));
}

#[test]
fn what_is_written_is_read_back_as_it_was() {
    let entries =
        read(&FOREIGN.replace("не позже 2027", "2027-12-01"), &mapping(), &Labels::default()).unwrap();
    let mut projects: Vec<Project> = entries.into_iter().map(|entry| entry.project).collect();
    projects[0].location = Some(akimat_project::Point { lat_e6: -43_000_007, lon_e6: 68_250_000 });
    projects[0].scores = vec![("need".to_owned(), 80)];
    projects[0].contractor = "=ТОО \"Су; Жол\"".to_owned();
    let more = MoneyLine { year: 2028, programme: "458/028".to_owned(), ..projects[0].money[0].clone() };
    projects[0].money.push(more);
    let table = encode::register_table("Тізілім", &labels(), &projects);
    for bytes in [encode_csv(&table), crate::table_export::encode_xlsx(&table).unwrap()] {
        let register = Register::open(&bytes, &Mapping::default(), &labels()).unwrap();
        let back = register.entries(&context(&BTreeMap::new()), &mut new_id).unwrap();
        let mut back: Vec<Project> = back.into_iter().map(|entry| entry.project).collect();
        // A spreadsheet would take it for a formula.
        assert_eq!(back[0].contractor.trim_start_matches('\''), projects[0].contractor);
        back[0].contractor.clone_from(&projects[0].contractor);
        assert_eq!(back, projects);
    }
}
