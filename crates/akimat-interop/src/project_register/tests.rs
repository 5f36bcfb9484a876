use super::*;

type Told = (Option<u32>, Option<String>, &'static str);

fn decode(text: &str) -> Result<Vec<Project>, Vec<Told>> {
    let mut id = || ProjectId(uuid::Uuid::nil());
    decode_projects(text.as_bytes(), None, Timestamp::UNIX_EPOCH, &mut id)
        .map_err(|problems| problems.into_iter().map(|p| (p.row, p.column.clone(), p.key())).collect())
}

#[test]
fn rows_with_one_number_are_one_project() {
    let projects = decode(
        "number;title_kk;title_ru;place_kato;sector;kind;modality;level;status;lat;lon;year;source;planned;paid;\
         unit;score_need;score_risk\n\
         A-1;Су құбыры;Водопровод;614438300;water;infrastructure;budget;district;planned;43,25;68.123456789;\
         2026;own;1 500,5;;thousand KZT;80;\n\
         A-1;;;;;;;;;;;2027;transfer;2000;0;thousand KZT;;\n\
         A-2;;Парк;614438300;improvement;social;participatory;local;;;;;;;;;;\n",
    )
    .unwrap();
    assert_eq!(projects.len(), 2);
    assert_eq!(projects[0].money.len(), 2);
    assert_eq!(projects[0].money[0].planned, Money::from_tenge(1_500_500));
    assert_eq!(projects[0].money[1].paid, Some(Money::ZERO));
    assert_eq!(projects[0].location, Some(Point { lat_e6: 43_250_000, lon_e6: 68_123_456 }));
    assert_eq!(projects[0].scores, [("need".to_owned(), 80)]);
    assert_eq!((projects[1].status, projects[1].money.len()), (Status::Idea, 0));
}

#[test]
fn russian_headers_and_values_are_understood() {
    let projects = decode(
        "Номер,Название,Код КАТО,Отрасль,Вид проекта,Способ финансирования,Уровень,Статус,Дата начала\n\
         7,Школа,614438300,Образование,социальный,ГЧП,районный,Завершён,01.09.2025\n",
    )
    .unwrap();
    assert_eq!(projects[0].modality, akimat_project::Modality::Ppp);
    assert_eq!(projects[0].status, Status::Completed);
    assert_eq!(projects[0].starts_on, Some(jiff::civil::date(2025, 9, 1)));
}

#[test]
fn every_problem_is_told_by_row_and_column() {
    let problems = decode(
        "number;title_ru;place_kato;sector;kind;modality;level;starts_on;ends_on;progress_pct;lat;year;source;\
         planned;score_need\n\
         1;;614438300;water;social;budget;local;2026-05-01;2026-04-01;50;;;;;\n\
         2;Мост;61;bridge;social;budget;local;yesterday;;101;95;2026;;-5;101\n\
         1;Иное;;;;;;;;;;;;;\n\
         ;Без номера;614438300;water;social;budget;local;;;;;;;;\n",
    )
    .unwrap_err();
    let at = |row: u32, column: &str, key| (Some(row), Some(column.to_owned()), key);
    let mut want = vec![
        at(3, "source", "problem-missing"),
        at(3, "planned", "problem-amount-negative"),
        at(3, "place_kato", "problem-not-kato"),
        at(3, "sector", "problem-unknown-value"),
        at(3, "starts_on", "problem-not-a-date"),
        at(3, "progress_pct", "problem-out-of-range"),
        at(3, "lat", "problem-out-of-range"),
        at(3, "lon", "problem-missing"),
        at(3, "score_need", "problem-out-of-range"),
        at(4, "title_ru", "problem-rows-disagree"),
        at(5, "number", "problem-missing"),
        at(2, "title_ru", "problem-title-missing"),
        at(2, "ends_on", "problem-ends-before-start"),
    ];
    let mut problems = problems;
    problems.sort();
    want.sort();
    assert_eq!(problems, want);
    let missing = decode("number;title_ru;place_kato;sector;kind\n1;a;614438300;water;social\n").unwrap_err();
    let keys: Vec<&str> = missing.iter().map(|(_, _, key)| *key).collect();
    assert_eq!(keys, ["problem-column-missing"; 2]);
}
