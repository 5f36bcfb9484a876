use super::*;
use crate::table;
use akimat_budget::Budget;
use akimat_core::BudgetId;
use jiff::Timestamp;

fn context() -> BudgetContext {
    BudgetContext { place: "591000000".parse().ok(), level: Some(3), year: Some(2024), ..Default::default() }
}

fn budget(bytes: &[u8]) -> Result<Budget, Vec<Problem>> {
    let mut id = || BudgetId(uuid::Uuid::nil());
    crate::decode_budget("decision", bytes, &context(), Timestamp::UNIX_EPOCH, &mut id)
        .map(|mut budgets| budgets.remove(0))
}

/// `item code amount` of every line, in thousand tenge.
fn lines(budget: &Budget) -> Vec<String> {
    let line = |line: &Line| {
        let amount = line.amounts.approved.map_or("-".to_owned(), |m| m.to_decimal(budget.unit, 1));
        format!("{} {} {amount}", line.item.code(), line.code)
    };
    budget.lines.iter().map(line).collect()
}

const RUSSIAN: &str = "\
Приложение 1 к решению маслихата;;;;;\n\
Бюджет района на 2024 год;;;;;\n\
Категория;;;;Наименование;Сумма, тысяч тенге\n\
;Класс;;;;\n\
;;Подкласс;;;\n\
;;;Специфика;;\n\
1;2;3;4;5;6\n\
;;;;I. Доходы;1\u{a0}000,5\n\
1;;;;Налоговые поступления;300,5\n\
;01;;;Подоходный налог;200,5\n\
;;2;;Индивидуальный подоходный налог;200,5\n\
;4;;;Налоги на собственность;100\n\
2;;;;Неналоговые поступления;0\n\
3;;;;Поступления от продажи основного капитала;0,0\n\
4;;;;Поступления трансфертов;700\n\
\n\
Функциональная группа;;;;;Наименование;Сумма, тысяч тенге\n\
;Функциональная подгруппа;;;;;\n\
;;Администратор бюджетных программ;;;;\n\
;;;Программа;;;\n\
;;;;Подпрограмма;;\n\
II. Затраты;;;;;;1 100,0\n\
1;;;;;Государственные услуги общего характера;400\n\
;1;;;;Представительные органы;400\n\
;;112;;;Аппарат маслихата;400\n\
;;;1;;Услуги по обеспечению деятельности;300\n\
;;;003;;Капитальные расходы;100\n\
04;;;;;Образование;700\n\
;;;;;III. Чистое бюджетное кредитование;20\n\
;;;;;Бюджетные кредиты;30\n\
10;;;;;Сельское хозяйство;30\n\
;;;;;Погашение бюджетных кредитов;10\n\
5;;;;;Погашение бюджетных кредитов;10\n\
;;;;;IV. Сальдо по операциям с финансовыми активами;–\n\
;;;;;V. Дефицит (профицит) бюджета;-119,5\n\
;;;;;VI. Финансирование дефицита (использование профицита) бюджета;119,5\n\
;;;;;Поступления займов;100\n\
16;;;;;Погашение займов;10\n\
;;;;;Используемые остатки бюджетных средств;29,5\n\
;;;;;* сноска;\n";

#[test]
fn a_russian_decision_is_read_with_its_steps_of_codes() {
    let budget = budget(RUSSIAN.as_bytes()).unwrap();
    assert_eq!(
        lines(&budget),
        [
            "revenue_total  1000.5",
            "tax 1 300.5",
            "revenue_detail 1/01 200.5",
            "revenue_detail 1/01/2 200.5",
            "revenue_detail 1/04 100.0",
            "non_tax 2 0.0",
            "fixed_capital 3 0.0",
            "transfers 4 700.0",
            "expenditure_total  1100.0",
            "functional_group 01 400.0",
            "functional_detail 01/1 400.0",
            "functional_detail 01/1/112 400.0",
            "functional_detail 01/1/112/001 300.0",
            "functional_detail 01/1/112/003 100.0",
            "functional_group 04 700.0",
            "net_lending  20.0",
            "loans  30.0",
            "lending_detail 10 30.0",
            "loan_repayment  10.0",
            "lending_detail 05 10.0",
            "financial_assets  -",
            "balance  -119.5",
            "financing_total  119.5",
            "borrowing  100.0",
            "debt_repayment 16 10.0",
            "used_balances  29.5",
        ]
    );
    assert_eq!(budget.lines[0].row, 8);
    assert_eq!(budget.lines[1].name.ru, "Налоговые поступления");
    assert_eq!(akimat_budget::check(&budget), Vec::new());
    let dashless = RUSSIAN.replace(";–\n", ";0\n");
    assert_eq!(akimat_budget::check(&super::tests::budget(dashless.as_bytes()).unwrap()), Vec::new());
    let wrong = dashless.replace("100\n2;", "101\n2;").replace(";-119,5", ";119,5");
    let rules: Vec<&str> = akimat_budget::check(&super::tests::budget(wrong.as_bytes()).unwrap())
        .iter()
        .map(|finding| finding.rule.code())
        .collect();
    assert_eq!(rules, ["balance", "detail_total"]);
}

/// A header in steps down to the name, merged cells left empty, and rows that look like headers.
const STEPS: &str = "\
Категория;;;;Сумма (тысяч тенге)\n\
;Класс;;;\n\
;;Подкласс;;\n\
;;;Наименование;\n\
1;2;3;4;5\n\
;;;1. Доходы;(-) 7\n\
;;;(-) ничего;\n\
Функциональная группа;;;;;Сумма (тысяч тенге)\n\
;Администратор бюджетных программ;;;;\n\
;;Программа;;;\n\
;;;Наименование;;\n\
;;;2. Затраты;;5\n\
05;;;Здравоохранение;;5\n\
;253;;Управление здравоохранения;;5\n\
;;4;Санаторное лечение;;(-5)\n\
;;9;Программа профилактики;;10\n";

#[test]
fn steps_down_to_the_name_and_printed_minuses_are_understood() {
    assert_eq!(
        lines(&budget(STEPS.as_bytes()).unwrap()),
        [
            "revenue_total  -7.0",
            "expenditure_total  5.0",
            "functional_group 05 5.0",
            "functional_detail 05//253 5.0",
            "functional_detail 05//253/004 -5.0",
            "functional_detail 05//253/009 10.0",
        ]
    );
}

const KAZAKH: &str = "\
Санаты;Сыныбы;Кіші сыныбы;Ерекшелігі;Атауы;Бекітілген, мың теңге;Нақтыланған;Орындалғаны;%\n\
;;;;І. Кірістер;500,0;600;300;50\n\
1;;;;Салықтық түсімдер;500,0;600;300;50\n\
Функционалдық топ;;;;Атауы;Бекітілген;Нақтыланған;Орындалғаны;%\n\
;Кіші функция;;;;;;;\n\
;;Бюджеттік бағдарламалардың әкімшісі;;;;;;\n\
;;;Бағдарлама;;;;;\n\
;;;;ІІ. Шығындар;500;600;290;48,3\n\
09;;;;Отын-энергетика кешені;500;600;290;48,3\n\
;;;;V. Бюджет тапшылығы (профициті);0;0;10;\n\
;;;;VI. Бюджет тапшылығын қаржыландыру (профицитін пайдалану);0;0;-10;\n";

#[test]
fn a_kazakh_report_gives_all_three_states() {
    let budget = budget(KAZAKH.as_bytes()).unwrap();
    assert_eq!(budget.stages(), Stage::ALL);
    assert_eq!(
        lines(&budget),
        [
            "revenue_total  500.0",
            "tax 1 500.0",
            "expenditure_total  500.0",
            "functional_group 09 500.0",
            "balance  0.0",
            "financing_total  0.0"
        ]
    );
    assert_eq!(budget.lines[1].name.kk, "Салықтық түсімдер");
    assert_eq!(akimat_budget::check(&budget), Vec::new());
}

#[test]
fn a_workbook_is_read_like_a_csv() {
    let rows = table::read(RUSSIAN.as_bytes()).unwrap().remove(0).rows;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in &rows {
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (at, column) = (row.number - 1, u16::try_from(column).unwrap());
            match cell.replace(['\u{a0}', ' '], "").replace(',', ".").parse::<f64>() {
                Ok(number) => sheet.write(at, column, number).unwrap(),
                Err(_) => sheet.write(at, column, cell.as_str()).unwrap(),
            };
        }
    }
    let from_book = budget(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(from_book.lines, budget(RUSSIAN.as_bytes()).unwrap().lines);
}

#[test]
fn problems_name_the_row_and_nothing_is_taken() {
    let wrong = RUSSIAN.replace("200,5", "2OO,5").replace("* сноска;", "Прочее;7");
    let problems = budget(wrong.as_bytes()).unwrap_err();
    let found: Vec<(Option<u32>, Option<&str>, &str)> =
        problems.iter().map(|p| (p.row, p.column.as_deref(), p.key())).collect();
    assert_eq!(
        found,
        [
            (Some(10), Some("Сумма, тысяч тенге"), "problem-not-an-amount"),
            (Some(11), Some("Сумма, тысяч тенге"), "problem-not-an-amount"),
            (Some(40), Some("name"), "problem-unknown-row"),
        ]
    );
    let nothing = "Категория;Наименование;Сумма\n1;Налоговые поступления;5\n";
    assert_eq!(budget(nothing.as_bytes()).unwrap_err()[0].key(), "problem-totals-missing");
    let mut id = || BudgetId(uuid::Uuid::nil());
    let keys: Vec<&str> = crate::decode_budget(
        "x",
        RUSSIAN.as_bytes(),
        &BudgetContext::default(),
        Timestamp::UNIX_EPOCH,
        &mut id,
    )
    .unwrap_err()
    .iter()
    .map(Problem::key)
    .collect();
    assert_eq!(keys, ["problem-context-missing"; 2]);
}
