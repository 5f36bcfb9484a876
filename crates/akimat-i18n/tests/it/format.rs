//! Numbers, money, dates and order in three languages.

use akimat_core::{Frequency, Lang, Money, MoneyUnit, Period, Text};
use akimat_i18n::{Arg, Locale, catalogue};
use jiff::civil::date;
use jiff::tz::TimeZone;

fn each(make: impl Fn(&Locale) -> String) -> [String; 3] {
    Lang::ALL.map(|lang| make(catalogue().locale(lang)).replace('\u{a0}', "~"))
}

#[test]
fn money_has_the_unit_of_the_language() {
    let check = |tiyn: i64, unit: MoneyUnit, decimals: usize, expected: [&str; 3]| {
        assert_eq!(each(|l| l.money(Money::from_tiyn(tiyn), unit, decimals)), expected);
    };
    check(
        17_210_215_880_000,
        MoneyUnit::ThousandTenge,
        1,
        ["172~102~158,8 мың теңге", "172~102~158,8 тыс. тенге", "172,102,158.8 thousand tenge"],
    );
    check(
        -61_310_000,
        MoneyUnit::MillionTenge,
        1,
        ["−0,6 млн теңге", "−0,6 млн тенге", "−0.6 million tenge"],
    );
    check(5, MoneyUnit::Tenge, 9, ["0,05 теңге", "0,05 тенге", "0.05 tenge"]);
    check(150_000, MoneyUnit::ThousandTenge, 0, ["2 мың теңге", "2 тыс. тенге", "2 thousand tenge"]);
    let extremes = each(|l| l.amount(Money::from_tiyn(i64::MIN), MoneyUnit::Tenge, 2));
    assert_eq!(extremes[2], "−92,233,720,368,547,758.08");
}

#[test]
fn money_for_people_is_short() {
    let check = |tiyn: i64, expected: [&str; 3]| {
        assert_eq!(each(|l| l.money_short(Money::from_tiyn(tiyn))), expected);
    };
    check(130_000_000_000, ["1,3 млрд теңге", "1,3 млрд тенге", "KZT 1.3 billion"]);
    check(95_000, ["950 теңге", "950 тенге", "KZT 950"]);
    check(-1_250_000, ["−12,5 мың теңге", "−12,5 тыс. тенге", "−KZT 12.5 thousand"]);
    check(360_000_000_000_000, ["3,6 трлн теңге", "3,6 трлн тенге", "KZT 3.6 trillion"]);
    check(0, ["0 теңге", "0 тенге", "KZT 0"]);
}

#[test]
fn days_and_periods_are_written_out() {
    let day = date(2026, 3, 3);
    assert_eq!(each(|l| l.date(day)), ["2026 жылғы 3 наурыз", "3 марта 2026 г.", "3 March 2026"]);
    assert_eq!(each(|l| l.date_short(day)), ["03.03.2026", "03.03.2026", "3 Mar 2026"]);
    let at = "2026-12-31T20:05:00Z".parse().unwrap();
    let tz = TimeZone::get("Asia/Almaty").unwrap();
    assert_eq!(
        each(|l| l.date_time(at, &tz)),
        ["2027 жылғы 1 қаңтар, 01:05", "1 января 2027 г., 01:05", "1 January 2027, 01:05",]
    );
    let check = |period: Period, expected: [&str; 3]| assert_eq!(each(|l| l.period(period)), expected);
    check(Period::year_of(2026), ["2026", "2026", "2026"]);
    check(
        Period::new(2026, 1, Frequency::Quarterly).unwrap(),
        ["2026 жылғы I тоқсан", "I квартал 2026 г.", "Quarter I, 2026"],
    );
    check(
        Period::new(2026, 12, Frequency::Monthly).unwrap(),
        ["2026 жылғы желтоқсан", "декабрь 2026 г.", "December 2026"],
    );
}

#[test]
fn counts_choose_their_form_and_are_grouped() {
    let check = |n: u64, expected: [&str; 3]| {
        assert_eq!(each(|l| l.f("count-projects", &[("n", Arg::from(n))])), expected);
    };
    check(0, ["0 жоба", "0 проектов", "0 projects"]);
    check(1, ["1 жоба", "1 проект", "1 project"]);
    check(3, ["3 жоба", "3 проекта", "3 projects"]);
    check(11, ["11 жоба", "11 проектов", "11 projects"]);
    check(21, ["21 жоба", "21 проект", "21 projects"]);
    check(1_234_567, ["1~234~567 жоба", "1~234~567 проектов", "1,234,567 projects"]);
    assert_eq!(
        each(|l| l.f("list-count", &[("n", Arg::from(0_u64))])),
        ["Ештеңе табылмады", "Ничего не найдено", "Nothing found",]
    );
}

#[test]
fn what_is_missing_is_seen_and_harmless() {
    let words = catalogue().locale(Lang::En);
    assert_eq!(words.t("no-such-key"), "⟦no-such-key⟧");
    assert_eq!(words.f("no-such-key", &[]), "⟦no-such-key⟧");
    assert_eq!(words.t("count-projects"), "⟦count-projects⟧");
    assert_eq!(words.f("source-row", &[]), "Row {$row}");
    assert_eq!(words.f("source-file", &[("row", Arg::from(2_026_i16))]), "File");
    assert_eq!(words.f("source-row", &[("row", Arg::from(2_026_i16))]), "Row 2026");
    assert!(words.has("source-row") && words.has("yes") && !words.has("no-such-key"));
    let hostile = "<b>{ $x } \u{e000}⟦\0";
    assert_eq!(words.f("source-row", &[("row", Arg::from(hostile))]), format!("Row {hostile}"));
}

#[test]
fn kazakh_letters_stand_where_the_alphabet_has_them() {
    let alphabet = "А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы І Ь Э Ю Я";
    let letters: Vec<&str> = alphabet.split(' ').collect();
    assert_eq!(letters.len(), 42);
    let words = catalogue().locale(Lang::Kk);
    for pair in letters.windows(2) {
        assert!(words.compare(pair[0], pair[1]).is_lt(), "{pair:?}");
        let [first, second] = [pair[0], pair[1]].map(|letter| format!("{}яя", letter.to_lowercase()));
        if pair != ["Е", "Ё"] {
            assert!(words.compare(&first, &format!("{}аа", pair[1])).is_lt(), "{first} {second}");
        }
    }
    let mut names = ["Яковлев", "Ұлытау", "Әбдібек", "Іле", "Абай", "Қоянды", "Көкшетау", "Ыстықкөл"];
    names.sort_by(|a, b| words.compare(a, b));
    assert_eq!(names, ["Абай", "Әбдібек", "Көкшетау", "Қоянды", "Ұлытау", "Ыстықкөл", "Іле", "Яковлев"]);
}

#[test]
fn content_falls_back_and_says_so() {
    let words = catalogue().locale(Lang::Kk);
    assert_eq!(words.text(&Text::new("Мектеп", "Школа", "")), ("Мектеп", None));
    assert_eq!(words.text(&Text::new("", "Школа", "School")), ("Школа", Some(Lang::Ru)));
    assert_eq!(words.text(&Text::default()), ("", None));
}
