//! Headers and values of the register, also in Russian.

use crate::field::{self, Column};
use crate::problem::{ProblemCode, short};
use akimat_core::MoneyUnit;
use akimat_core::fold::fold;
use akimat_project::{Kind, Level, Modality, MoneySource, Sector, Status};

const fn column(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also, required: false }
}

const fn required(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also, required: true }
}

pub(super) const COLUMNS: [Column; 29] = [
    required("number", &["номер", "№", "номер проекта"]),
    column("title_kk", &["название (каз.)", "наименование на казахском", "атауы"]),
    column("title_ru", &["название", "наименование", "название (рус.)", "наименование проекта"]),
    column("title_en", &["название (англ.)"]),
    column("summary_kk", &["описание (каз.)", "сипаттамасы"]),
    column("summary_ru", &["описание", "описание (рус.)"]),
    column("summary_en", &["описание (англ.)"]),
    column("place_kato", &["КАТО", "код КАТО"]),
    required("sector", &["отрасль", "сектор"]),
    required("kind", &["вид", "вид проекта"]),
    required("modality", &["способ", "способ финансирования"]),
    required("level", &["уровень"]),
    column("status", &["статус", "состояние"]),
    column("starts_on", &["начало", "дата начала"]),
    column("ends_on", &["окончание", "дата окончания", "завершение"]),
    column("contractor", &["подрядчик", "исполнитель"]),
    column("progress_pct", &["готовность, %", "выполнено, %", "готовность"]),
    column("lat", &["широта"]),
    column("lon", &["долгота"]),
    column("exclusive_group", &["взаимоисключающая группа"]),
    column("year", &["год"]),
    column("source", &["источник", "источник финансирования"]),
    column("programme", &["программа", "код программы", "бюджетная программа"]),
    column("planned", &["план", "запланировано"]),
    column("amended", &["уточнённый план", "скорректированный план"]),
    column("contracted", &["договор", "законтрактовано"]),
    column("invoiced", &["выставлено", "счета"]),
    column("paid", &["оплачено", "освоено"]),
    column("unit", &["единица", "единица измерения"]),
];

/// The same columns of a file about projects that are registered already: their numbers are enough.
pub(super) const KNOWN_COLUMNS: [Column; 29] = {
    let mut columns = COLUMNS;
    let mut at = 1;
    while at < columns.len() {
        columns[at].required = false;
        at += 1;
    }
    columns
};

/// Columns that belong to the project, not to one of its money lines.
pub(super) const PROJECT_COLUMNS: [&str; 19] = [
    "title_kk",
    "title_ru",
    "title_en",
    "summary_kk",
    "summary_ru",
    "summary_en",
    "place_kato",
    "sector",
    "kind",
    "modality",
    "level",
    "status",
    "starts_on",
    "ends_on",
    "contractor",
    "progress_pct",
    "lat",
    "lon",
    "exclusive_group",
];

/// How a cell is understood.
pub(super) type Reading<T> = fn(&str) -> Result<T, ProblemCode>;

/// A column and the codes that it may hold.
type ValueColumn = (&'static str, fn() -> Vec<&'static str>);

/// The columns that hold one of a list of codes.
pub(super) const VALUE_COLUMNS: [ValueColumn; 7] = [
    ("sector", || Sector::ALL.iter().map(|value| value.code()).collect()),
    ("kind", || Kind::ALL.iter().map(|value| value.code()).collect()),
    ("modality", || Modality::ALL.iter().map(|value| value.code()).collect()),
    ("level", || Level::ALL.iter().map(|value| value.code()).collect()),
    ("status", || Status::ALL.iter().map(|value| value.code()).collect()),
    ("source", || MoneySource::ALL.iter().map(|value| value.code()).collect()),
    ("unit", || vec!["KZT", "thousand KZT", "million KZT"]),
];

/// Whether a word of such a column is understood as it stands.
pub(super) fn understood(column: &str, text: &str) -> bool {
    match column {
        "sector" => sector(text).is_ok(),
        "kind" => kind(text).is_ok(),
        "modality" => modality(text).is_ok(),
        "level" => level(text).is_ok(),
        "status" => status(text).is_ok(),
        "source" => source(text).is_ok(),
        "unit" => unit(text).is_ok(),
        _ => true,
    }
}

/// Finds a value by its code or one of its Russian names.
fn choose<T: Copy>(text: &str, codes: &[(&str, T)], names: &[(&str, T)]) -> Result<T, ProblemCode> {
    let key = fold(text);
    let found = codes.iter().chain(names).find(|(name, _)| fold(name) == key);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let allowed = codes.iter().map(|(code, _)| *code).collect::<Vec<&str>>().join(", ");
        ProblemCode::UnknownValue { value: short(text), allowed }
    })
}

pub(super) fn sector(text: &str) -> Result<Sector, ProblemCode> {
    let codes: Vec<(&str, Sector)> = Sector::ALL.iter().map(|value| (value.code(), *value)).collect();
    let names = [
        ("образование", Sector::Education),
        ("здравоохранение", Sector::Health),
        ("социальная защита", Sector::Social),
        ("жильё", Sector::Housing),
        ("водоснабжение", Sector::Water),
        ("энергетика", Sector::Energy),
        ("транспорт", Sector::Transport),
        ("дороги", Sector::Transport),
        ("благоустройство", Sector::Improvement),
        ("культура", Sector::Culture),
        ("экология", Sector::Environment),
        ("сельское хозяйство", Sector::Agriculture),
        ("цифровизация", Sector::Digital),
    ];
    choose(text, &codes, &names)
}

pub(super) fn kind(text: &str) -> Result<Kind, ProblemCode> {
    let codes: Vec<(&str, Kind)> = Kind::ALL.iter().map(|value| (value.code(), *value)).collect();
    let names = [
        ("инфраструктурный", Kind::Infrastructure),
        ("социальный", Kind::Social),
        ("энергетический", Kind::Energy),
        ("инновационный", Kind::Innovation),
    ];
    choose(text, &codes, &names)
}

pub(super) fn modality(text: &str) -> Result<Modality, ProblemCode> {
    let codes: Vec<(&str, Modality)> = Modality::ALL.iter().map(|value| (value.code(), *value)).collect();
    let names = [
        ("бюджет", Modality::Budget),
        ("ГЧП", Modality::Ppp),
        ("грант", Modality::Grant),
        ("бюджет народного участия", Modality::Participatory),
    ];
    choose(text, &codes, &names)
}

pub(super) fn level(text: &str) -> Result<Level, ProblemCode> {
    let codes: Vec<(&str, Level)> = Level::ALL.iter().map(|value| (value.code(), *value)).collect();
    let names = [
        ("республиканский", Level::National),
        ("областной", Level::Regional),
        ("районный", Level::District),
        ("сельский", Level::Local),
    ];
    choose(text, &codes, &names)
}

pub(super) fn status(text: &str) -> Result<Status, ProblemCode> {
    let codes = Status::ALL.map(|value| (value.code(), value));
    let names = [
        ("идея", Status::Idea),
        ("оценка", Status::Appraisal),
        ("запланирован", Status::Planned),
        ("конкурс", Status::Tender),
        ("договор", Status::Contract),
        ("реализуется", Status::Implementing),
        ("завершён", Status::Completed),
        ("приостановлен", Status::Suspended),
        ("прекращён", Status::Terminated),
    ];
    choose(text, &codes, &names)
}

pub(super) fn source(text: &str) -> Result<MoneySource, ProblemCode> {
    let codes: Vec<(&str, MoneySource)> =
        MoneySource::ALL.iter().map(|value| (value.code(), *value)).collect();
    let names = [
        ("собственные средства", MoneySource::Own),
        ("местный бюджет", MoneySource::Own),
        ("трансферт", MoneySource::Transfer),
        ("трансферты", MoneySource::Transfer),
        ("частные средства", MoneySource::Private),
        ("грант", MoneySource::Grant),
    ];
    choose(text, &codes, &names)
}

pub(super) fn unit(text: &str) -> Result<MoneyUnit, ProblemCode> {
    match fold(text).as_str() {
        "тенге" => Ok(MoneyUnit::Tenge),
        "тыс тенге" | "тысяч тенге" | "мын тенге" => Ok(MoneyUnit::ThousandTenge),
        "млн тенге" => Ok(MoneyUnit::MillionTenge),
        _ => field::unit(text),
    }
}
