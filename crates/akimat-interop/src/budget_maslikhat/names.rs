//! Rows that are known by their name, in Russian and Kazakh.

use crate::field::cyrillic;
use akimat_budget::Item;

/// Beginnings of names; the first that fits decides, so longer ones stand before shorter ones.
const BEGINNINGS: [(&str, Item); 54] = [
    ("Ненефтяной", Item::NonOilBalance),
    ("Мұнайға қатысты емес", Item::NonOilBalance),
    ("Бюджеттің мұнайға қатысты емес", Item::NonOilBalance),
    ("Финансирование дефицита", Item::FinancingTotal),
    ("Финансирование (использование", Item::FinancingTotal),
    ("Финансирование бюджета", Item::FinancingTotal),
    ("Использование профицита", Item::FinancingTotal),
    ("Бюджет тапшылығын қаржыландыру", Item::FinancingTotal),
    ("Бюджеттің тапшылығын қаржыландыру", Item::FinancingTotal),
    ("Тапшылықты қаржыландыру", Item::FinancingTotal),
    ("Бюджет профицитін пайдалану", Item::FinancingTotal),
    ("Дефицит", Item::Balance),
    ("Профицит", Item::Balance),
    ("Бюджет тапшылығы", Item::Balance),
    ("Бюджеттің тапшылығы", Item::Balance),
    ("Бюджет профициті", Item::Balance),
    ("Тапшылық", Item::Balance),
    ("Доходы", Item::RevenueTotal),
    ("Кірістер", Item::RevenueTotal),
    ("Налоговые поступления", Item::Tax),
    ("Салықтық түсімдер", Item::Tax),
    ("Неналоговые поступления", Item::NonTax),
    ("Салықтық емес түсімдер", Item::NonTax),
    ("Поступления от продажи основного капитала", Item::FixedCapital),
    ("Негізгі капиталды сатудан", Item::FixedCapital),
    ("Специальные поступления", Item::Special),
    ("Арнайы түсімдер", Item::Special),
    ("Поступления трансфертов", Item::Transfers),
    ("Поступление трансфертов", Item::Transfers),
    ("Трансферттер түсім", Item::Transfers),
    ("Трансферттердің түсім", Item::Transfers),
    ("Затраты", Item::ExpenditureTotal),
    ("Расходы", Item::ExpenditureTotal),
    ("Шығындар", Item::ExpenditureTotal),
    ("Чистое бюджетное кредитование", Item::NetLending),
    ("Таза бюджеттік кредит", Item::NetLending),
    ("Погашение бюджетных кредитов", Item::LoanRepayment),
    ("Бюджеттік кредиттерді өтеу", Item::LoanRepayment),
    ("Бюджетные кредиты", Item::Loans),
    ("Бюджеттік кредиттер", Item::Loans),
    ("Сальдо по операциям с финансовыми активами", Item::FinancialAssets),
    ("Қаржы активтерімен", Item::FinancialAssets),
    ("Приобретение финансовых активов", Item::AssetAcquisition),
    ("Қаржы активтерін сатып алу", Item::AssetAcquisition),
    ("Поступления от продажи финансовых активов", Item::AssetSales),
    ("Мемлекеттің қаржы активтерін сатудан", Item::AssetSales),
    ("Қаржы активтерін сатудан", Item::AssetSales),
    ("Поступления займов", Item::Borrowing),
    ("Поступление займов", Item::Borrowing),
    ("Қарыздар түсім", Item::Borrowing),
    ("Погашение займов", Item::DebtRepayment),
    ("Қарыздарды өтеу", Item::DebtRepayment),
    ("Используемые остатки бюджетных средств", Item::UsedBalances),
    ("Бюджет қаражатының пайдаланылатын қалдықтары", Item::UsedBalances),
];

/// The beginnings, folded once.
pub(super) struct Names(Vec<(String, Item)>);

impl Names {
    pub(super) fn new() -> Self {
        Self(BEGINNINGS.iter().map(|(name, item)| (cyrillic(name), *item)).collect())
    }

    /// The summary item that a row states by its name.
    pub(super) fn item(&self, name: &str) -> Option<Item> {
        let key = cyrillic(name);
        let words = without_number(&key);
        self.0.iter().find(|(beginning, _)| words.starts_with(beginning.as_str())).map(|(_, item)| *item)
    }
}

/// Drops a Roman or Arabic number in front, also one typed with Cyrillic letters or as `ІІІ`.
fn without_number(key: &str) -> &str {
    match key.split_once(' ') {
        Some((first, rest))
            if first.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'и' | 'х' | 'l' | '0'..='9')) =>
        {
            rest
        }
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_known_in_both_languages_and_every_spelling() {
        let names = Names::new();
        let check = |name: &str, want: Option<Item>| assert_eq!(names.item(name), want, "{name:?}");
        check("I. Доходы", Some(Item::RevenueTotal));
        check("І. КІРІСТЕР", Some(Item::RevenueTotal));
        check("1) доходы", Some(Item::RevenueTotal));
        check("II. Затраты", Some(Item::ExpenditureTotal));
        check("ІІ. Шығындар", Some(Item::ExpenditureTotal));
        check("ІІІ. Таза бюджеттiк кредиттеу", Some(Item::NetLending));
        check("IV. Сальдо по операциям с финансовыми активами", Some(Item::FinancialAssets));
        check("IV. Қаржы активтерімен жасалатын операциялар бойынша сальдо", Some(Item::FinancialAssets));
        check("V. Дефицит (профицит) бюджета", Some(Item::Balance));
        check("V. Бюджет тапшылығы (профициті)", Some(Item::Balance));
        check("VI. Финансирование дефицита (использование профицита) бюджета", Some(Item::FinancingTotal));
        check("VI. Бюджет тапшылығын қаржыландыру (профицитін пайдалану)", Some(Item::FinancingTotal));
        check("VI. Ненефтяной дефицит (профицит) бюджета", Some(Item::NonOilBalance));
        check("Бюджеттік кредиттерді өтеу", Some(Item::LoanRepayment));
        check("Бюджеттік кредиттер", Some(Item::Loans));
        check("Поступления от продажи финансовых активов государства", Some(Item::AssetSales));
        check("Используемые остатки бюджетных средств", Some(Item::UsedBalances));
        check("Подоходный налог", None);
        check("", None);
    }
}
