//! The unified budget classification as far as names are needed: revenue categories and functional
//! groups, by [`Layout`].
//!
//! # Source
//! Budget Code of 15 March 2025, articles 10 to 13. Russian names of the functional groups as in
//! decisions of maslikhats (Petropavl 2026); Kazakh and English names are our translation,
//! **unverified** against an official list. The digits of the categories in the 2025 layout are
//! **unverified**: in reports of 2025 transfers bear the digit 5, presumably because special
//! revenues took 4.

use crate::{Item, Layout};
use akimat_core::Text;

/// A name in three languages, known when the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Kazakh.
    pub kk: &'static str,
    /// Russian.
    pub ru: &'static str,
    /// English.
    pub en: &'static str,
}

impl Name {
    const fn new(kk: &'static str, ru: &'static str, en: &'static str) -> Self {
        Self { kk, ru, en }
    }

    /// As a [`Text`].
    pub fn text(self) -> Text {
        Text::new(self.kk, self.ru, self.en)
    }
}

/// A category of revenue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevenueCategory {
    /// First part of the revenue code.
    pub code: &'static str,
    /// The summary item that states its total.
    pub item: Item,
    /// Name.
    pub name: Name,
}

/// A functional group of expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionalGroup {
    /// Two digits.
    pub code: &'static str,
    /// Name.
    pub name: Name,
}

const TAX: Name = Name::new("Салықтық түсімдер", "Налоговые поступления", "Tax revenue");
const NON_TAX: Name = Name::new("Салықтық емес түсімдер", "Неналоговые поступления", "Non-tax revenue");
const FIXED_CAPITAL: Name = Name::new(
    "Негізгі капиталды сатудан түсетін түсімдер",
    "Поступления от продажи основного капитала",
    "Proceeds from the sale of fixed capital",
);
const SPECIAL: Name = Name::new("Арнайы түсімдер", "Специальные поступления", "Special revenue");
const TRANSFERS: Name = Name::new("Трансферттер түсімдері", "Поступления трансфертов", "Transfers received");

const fn category(code: &'static str, item: Item, name: Name) -> RevenueCategory {
    RevenueCategory { code, item, name }
}

const CATEGORIES_2008: [RevenueCategory; 4] = [
    category("1", Item::Tax, TAX),
    category("2", Item::NonTax, NON_TAX),
    category("3", Item::FixedCapital, FIXED_CAPITAL),
    category("4", Item::Transfers, TRANSFERS),
];

const CATEGORIES_2025: [RevenueCategory; 5] = [
    category("1", Item::Tax, TAX),
    category("2", Item::NonTax, NON_TAX),
    category("3", Item::FixedCapital, FIXED_CAPITAL),
    category("4", Item::Special, SPECIAL),
    category("5", Item::Transfers, TRANSFERS),
];

/// The categories of revenue in the order of the budget.
pub const fn revenue_categories(layout: Layout) -> &'static [RevenueCategory] {
    match layout {
        Layout::Code2008 => &CATEGORIES_2008,
        Layout::Code2025 => &CATEGORIES_2025,
    }
}

const fn group(code: &'static str, name: Name) -> FunctionalGroup {
    FunctionalGroup { code, name }
}

/// The functional groups; 16 belongs to financing, not to expenditure. Both layouts share them.
pub const FUNCTIONAL_GROUPS: [FunctionalGroup; 16] = [
    group(
        "01",
        Name::new(
            "Жалпы сипаттағы мемлекеттік қызметтер",
            "Государственные услуги общего характера",
            "General public services",
        ),
    ),
    group("02", Name::new("Қорғаныс", "Оборона", "Defence")),
    group(
        "03",
        Name::new(
            "Қоғамдық тәртіп, қауіпсіздік, құқықтық, сот, қылмыстық-атқару қызметі",
            "Общественный порядок, безопасность, правовая, судебная, уголовно-исполнительная деятельность",
            "Public order, safety, legal, judicial and penal activity",
        ),
    ),
    group("04", Name::new("Білім беру", "Образование", "Education")),
    group("05", Name::new("Денсаулық сақтау", "Здравоохранение", "Health")),
    group(
        "06",
        Name::new(
            "Әлеуметтік көмек және әлеуметтік қамсыздандыру",
            "Социальная помощь и социальное обеспечение",
            "Social assistance and social security",
        ),
    ),
    group(
        "07",
        Name::new(
            "Тұрғын үй-коммуналдық шаруашылық",
            "Жилищно-коммунальное хозяйство",
            "Housing and communal services",
        ),
    ),
    group(
        "08",
        Name::new(
            "Мәдениет, спорт, туризм және ақпараттық кеңістік",
            "Культура, спорт, туризм и информационное пространство",
            "Culture, sport, tourism and information space",
        ),
    ),
    group(
        "09",
        Name::new(
            "Отын-энергетика кешені және жер қойнауын пайдалану",
            "Топливно-энергетический комплекс и недропользование",
            "Fuel, energy and subsoil use",
        ),
    ),
    group(
        "10",
        Name::new(
            "Ауыл, су, орман, балық шаруашылығы, ерекше қорғалатын табиғи аумақтар, қоршаған ортаны және \
             жануарлар дүниесін қорғау, жер қатынастары",
            "Сельское, водное, лесное, рыбное хозяйство, особо охраняемые природные территории, охрана \
             окружающей среды и животного мира, земельные отношения",
            "Agriculture, water, forestry, fishery, protected areas, environment and land",
        ),
    ),
    group(
        "11",
        Name::new(
            "Өнеркәсіп, сәулет, қала құрылысы және құрылыс қызметі",
            "Промышленность, архитектурная, градостроительная и строительная деятельность",
            "Industry, architecture, urban planning and construction",
        ),
    ),
    group(
        "12",
        Name::new("Көлік және коммуникация", "Транспорт и коммуникации", "Transport and communications"),
    ),
    group("13", Name::new("Басқалар", "Прочие", "Other")),
    group("14", Name::new("Борышқа қызмет көрсету", "Обслуживание долга", "Debt service")),
    group("15", Name::new("Трансферттер", "Трансферты", "Transfers")),
    group("16", Name::new("Қарыздарды өтеу", "Погашение займов", "Repayment of loans")),
];

/// The functional group whose code is the repayment of loans, a part of financing.
pub const REPAYMENT_GROUP: &str = "16";

/// The groups of the social sphere as the source paper takes it: education, health, social
/// assistance, culture and sport.
///
/// # Source
/// Abdullayev, Kadyrova, Ydyrys 2025, Figure 10 (DOI 10.28991/ESJ-2025-09-03-017).
pub const SOCIAL_GROUPS: [&str; 4] = ["04", "05", "06", "08"];

/// The name of a functional group by its two digits.
pub fn functional_group_name(code: &str) -> Option<Name> {
    FUNCTIONAL_GROUPS.iter().find(|group| group.code == code).map(|group| group.name)
}

/// The category a revenue code begins with.
pub fn revenue_category(layout: Layout, code: &str) -> Option<&'static RevenueCategory> {
    let first = code.split('/').next().unwrap_or_default();
    revenue_categories(layout).iter().find(|category| category.code == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_without_gaps_and_named_in_every_language() {
        for (at, group) in FUNCTIONAL_GROUPS.iter().enumerate() {
            assert_eq!(group.code, format!("{:02}", at + 1));
            assert!(!group.name.kk.is_empty() && !group.name.ru.is_empty() && !group.name.en.is_empty());
            assert!(!group.name.ru.contains("  ") && !group.name.kk.contains("  "), "{}", group.code);
        }
        assert!(functional_group_name("17").is_none());
    }

    #[test]
    fn the_layout_chooses_the_digit_of_transfers() {
        let item = |layout, code| revenue_category(layout, code).map(|category| category.item);
        assert_eq!(item(Layout::Code2008, "4/02/2/01"), Some(Item::Transfers));
        assert_eq!(item(Layout::Code2025, "5/02"), Some(Item::Transfers));
        assert_eq!(item(Layout::Code2025, "4"), Some(Item::Special));
        assert_eq!(item(Layout::Code2008, "5"), None);
    }
}
