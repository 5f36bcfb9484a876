//! Contracting processes of the demonstration, made from what the invented projects say of themselves: days from their
//! history, sums from their money by year, so that register and contracts agree to the tenge. Firms, offices and offers
//! are invented; numbers that a real firm could carry are left out.

mod coming;
mod partnership;

use akimat_app::App;
use akimat_app::contract::ProcessDraft;
use akimat_core::{Lang, Money, Text};
use akimat_procurement::process::TENGE;
use akimat_procurement::{
    Amendment, Award, Bid, Category, Contract, ContractState, Guarantee, Invoice, Method, Nature, Party,
    Payment, Process, Role, TenderState, Termination,
};
use akimat_project::{MoneySource, Project, Sector, Status, StatusChange};
use akimat_storage::{Account, ProjectFilter};
use anyhow::{Context, ensure};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Projects of the demonstration at most.
const PROJECTS_MAX: u16 = 1_000;
/// The day from which the demonstration is seen; nothing is paid after it.
const SEEN_ON: Date = date(2026, 11, 22);
/// Firms that bid and seldom win.
const BIDDERS: [&str; 9] = [
    "ТОО «Алатау Жөндеу-Демо»",
    "ТОО «Бірлік Монтаж-Демо»",
    "ТОО «Ғимарат Сервис-Демо»",
    "ТОО «Дала Құрылыс-Демо»",
    "ТОО «Ертіс Жоба-Демо»",
    "ТОО «Көктем Строй-Демо»",
    "ТОО «Қайнар Инжиниринг-Демо»",
    "ЖК «Сенім-Демо»",
    "ЖК «Тұлпар-Демо»",
];

/// Puts a process into the dossier of every project that has a tender behind or before it.
///
/// # Errors
/// When a made record has a fault, which a test excludes, or the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let projects = app.read().list_whole_projects(&ProjectFilter::default(), PROJECTS_MAX).await?;
    for project in projects.iter().filter(|project| project.invented) {
        let history = app.read().list_status_changes(project.id).await?;
        for process in processes(project, &Course::new(project, &history)?)? {
            let faults = akimat_procurement::faults(&process);
            ensure!(faults.is_empty(), "{} has faults: {faults:?}", project.number);
            let draft = ProcessDraft {
                id: None,
                base_version: 0,
                process,
                removed: false,
                reason: String::new(),
                basis: String::new(),
            };
            app.put_process(accounts.get("manager"), project.id, draft)
                .await
                .with_context(|| project.number.clone())?;
        }
    }
    Ok(())
}

/// Days that the history of a project tells, and a number that varies what is made.
struct Course {
    tender: Option<Date>,
    contract: Option<Date>,
    ended: Option<Date>,
    dice: u64,
}

impl Course {
    fn new(project: &Project, history: &[StatusChange]) -> anyhow::Result<Self> {
        let zone = TimeZone::get("Asia/Almaty").context("the zone of the demonstration")?;
        let day = |to: Status| {
            history
                .iter()
                .filter(|change| change.to == to)
                .map(|change| change.at.to_zoned(zone.clone()).date())
                .min()
        };
        let mut dice: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in project.number.bytes() {
            dice = (dice ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(Self {
            tender: day(Status::Tender),
            contract: day(Status::Contract),
            ended: day(Status::Terminated),
            dice: dice ^ (dice >> 29),
        })
    }

    /// A whole number under `end`, another one for each `of`.
    fn roll(&self, of: u32, end: u8) -> u8 {
        let turned = self.dice.rotate_left(of * 7).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        u8::try_from(turned % u64::from(end.max(1))).unwrap_or(0)
    }
}

fn processes(project: &Project, course: &Course) -> anyhow::Result<Vec<Process>> {
    if let Some(made) = partnership::process(project)? {
        return Ok(vec![made]);
    }
    match (project.status, course.tender, course.contract) {
        (Status::Idea | Status::Appraisal, ..) => Ok(Vec::new()),
        (Status::Planned, ..) => Ok(vec![coming::planned(project, course)?]),
        (Status::Tender, Some(opens), _) => coming::running(project, course, opens),
        (_, Some(opens), None) => Ok(vec![coming::cancelled(project, course, opens)?]),
        (_, Some(opens), Some(contract)) => Ok(vec![signed(project, course, (opens, contract))?]),
        _ => Ok(Vec::new()),
    }
}

fn later(day: Date, days: u8) -> anyhow::Result<Date> {
    day.checked_add(i32::from(days).days()).context("a day of the demonstration")
}

fn earlier(day: Date, days: u8) -> anyhow::Result<Date> {
    day.checked_sub(i32::from(days).days()).context("a day of the demonstration")
}

/// A share of an amount in ten-thousandths, whole tenge.
fn part(amount: Money, bp: u16) -> anyhow::Result<Money> {
    let tenge = i128::from(amount.tiyn()) * i128::from(bp) / 10_000 / 100;
    Money::from_tenge(i64::try_from(tenge)?).context("an amount of the demonstration")
}

fn sum(project: &Project, pick: fn(&akimat_project::MoneyLine) -> Option<Money>) -> Option<Money> {
    let public = project.money.iter().filter(|line| line.source != MoneySource::Private);
    let known: Vec<Money> = public.filter_map(pick).collect();
    if known.is_empty() { None } else { Money::checked_sum(known) }
}

/// The office that buys, by what is bought.
const fn buyer(sector: Sector) -> &'static str {
    match sector {
        Sector::Education | Sector::Health | Sector::Culture | Sector::Social => {
            "Жаңабұлақ ауданының құрылыс бөлімі (үлгі)"
        }
        Sector::Transport | Sector::Improvement | Sector::Housing => {
            "Жаңабұлақ ауданының тұрғын үй-коммуналдық шаруашылық және жолаушылар көлігі бөлімі (үлгі)"
        }
        _ => "Жаңабұлақ ауданы әкімінің аппараты (үлгі)",
    }
}

fn party(id: &str, name: &str, roles: &[Role]) -> Party {
    Party { id: id.to_owned(), name: name.to_owned(), roles: roles.to_vec(), ..Party::default() }
}

/// A process with its title, number and customer.
fn begun(project: &Project, nth: u8) -> Process {
    let tail = project.number.trim_start_matches("ZHB-");
    let mut process = Process::planned(format!("{tail}-{nth}"), project.title.clone());
    process.invented = true;
    process.parties = vec![
        party("buyer", buyer(project.sector), &[Role::Buyer]),
        party("organiser", "Жаңабұлақ ауданының мемлекеттік сатып алу бөлімі (үлгі)", &[Role::Organiser]),
    ];
    process.category = match project.sector {
        Sector::Social => Category::Services,
        Sector::Digital => Category::Goods,
        _ => Category::Works,
    };
    process.nature = (process.category == Category::Works).then_some(Nature::Construction);
    process.estimate = sum(project, |line| line.planned);
    process
}

fn method(course: &Course, amount: Money) -> (Method, &'static str) {
    if amount.tiyn() < 2_000_000_000 {
        return (Method::PriceOffers, "");
    }
    match course.roll(1, 9) {
        0 => (Method::SingleSourceFailed, "Алдыңғы конкурс өтпеді деп танылды (ойдан шығарылған)"),
        1 | 2 => (Method::RatedTender, ""),
        3 => (Method::Auction, ""),
        _ => (Method::OpenTender, ""),
    }
}

/// Tender, contract, its changes, bills and payments.
fn signed(project: &Project, course: &Course, (opens, contract): (Date, Date)) -> anyhow::Result<Process> {
    let mut process = begun(project, 1);
    let amount = sum(project, |line| line.contracted).context("a contract without a sum")?;
    let signed_on = earlier(contract, course.roll(2, 10))?;
    let opens = later(opens, course.roll(3, 8))?;
    let closes = later(opens, if course.roll(4, 6) == 0 { 8 } else { 16 + course.roll(5, 9) })?;
    let closes = closes.min(earlier(signed_on, 3)?);
    let (method, reason) = method(course, amount);
    process.method = method;
    reason.clone_into(&mut process.method_reason);
    process.planned_on = Some(earlier(opens, 30)?);
    process.opens_on = Some(opens);
    process.closes_on = Some(closes);
    process.state = TenderState::Complete;
    // One contract in four grew by amendments; the register holds the sum after them.
    let first = match course.roll(6, 8) {
        0 => part(amount, 8_100)?,
        1 | 2 => part(amount, 9_500)?,
        _ => amount,
    };
    offers(&mut process, project, course, first)?;
    process.awards = vec![Award {
        id: "award".to_owned(),
        lot: String::new(),
        party: "winner".to_owned(),
        amount: first,
        on: Some(later(closes, 1 + course.roll(7, 9))?.min(signed_on)),
    }];
    let end = project.ends_on;
    let planned_end = planned_end(project, course)?;
    let terminated = course.ended.map(|on| Termination {
        on: on.max(signed_on),
        reason: "Мердігер міндеттемелерін орындамады (ойдан шығарылған)".to_owned(),
    });
    process.contracts = vec![Contract {
        id: "contract".to_owned(),
        award: "award".to_owned(),
        number: format!("{}/{}", 11 + u16::from(course.roll(10, 180)), signed_on.year()),
        signed_on: Some(signed_on),
        amount: first,
        currency: TENGE.to_owned(),
        vat_bp: Some(if signed_on.year() < 2026 { 1_200 } else { 1_600 }),
        starts_on: project.starts_on.map(|day| day.max(signed_on)),
        ends_on: planned_end.map(|day| day.max(signed_on)),
        ppp: None,
        promised: None,
        state: if terminated.is_some() { ContractState::Terminated } else { ContractState::Active },
        termination: terminated,
    }];
    changes(&mut process, (first, amount), (signed_on, end))?;
    money(&mut process, project, course, signed_on)?;
    guarantee(&mut process, course)?;
    Ok(process)
}

/// The last day when signed: in a third of the longer contracts earlier than what stands now.
fn planned_end(project: &Project, course: &Course) -> anyhow::Result<Option<Date>> {
    let (Some(starts), Some(ends)) = (project.starts_on, project.ends_on) else { return Ok(project.ends_on) };
    let before = earlier(ends, 90 + course.roll(9, 120))?;
    let moved = course.roll(8, 3) == 0 && before > later(starts, 90)?;
    Ok(Some(if moved { before } else { ends }))
}

/// The winner and those who bid more, or less and were turned away.
fn offers(process: &mut Process, project: &Project, course: &Course, price: Money) -> anyhow::Result<()> {
    let small = match course.roll(11, 3) {
        _ if project.contractor.starts_with("ЖК") => Some(true),
        0 => None,
        one => Some(one == 1),
    };
    let mut winner = party("winner", &project.contractor, &[Role::Tenderer, Role::Supplier]);
    winner.small = small;
    process.parties.push(winner);
    if !process.method.is_open() {
        process.parties.iter_mut().for_each(|party| party.roles.retain(|role| *role != Role::Tenderer));
        return Ok(());
    }
    let bid = |id: String, party: &str, amount: Money| Bid {
        id,
        party: party.to_owned(),
        amount: Some(amount),
        admitted: Some(true),
        ..Bid::default()
    };
    process.bids.push(bid("bid0".to_owned(), "winner", price));
    let others = match course.roll(12, 7) {
        0 | 1 => 0,
        n => 1 + n / 2,
    };
    for at in 0..others {
        let name = BIDDERS[usize::from((course.roll(13, 9) + at * 2) % 9)];
        let id = format!("bidder{at}");
        process.parties.push(party(&id, name, &[Role::Tenderer]));
        let more = 10_080 + u16::from(course.roll(14 + u32::from(at), 200)) * 4;
        let mut offer = bid(format!("bid{}", at + 1), &id, part(price, more)?);
        if at == 0 && course.roll(18, 6) == 0 {
            offer.amount = Some(part(price, 9_700)?);
            offer.admitted = Some(false);
            offer.reason = "Біліктілік талабына сәйкес емес (ойдан шығарылған)".to_owned();
        }
        process.bids.push(offer);
    }
    Ok(())
}

/// Amendments between the sum and day when signed and those that stand now.
fn changes(
    process: &mut Process,
    (first, amount): (Money, Money),
    (signed_on, end): (Date, Option<Date>),
) -> anyhow::Result<()> {
    let planned = process.contracts[0].ends_on;
    let on = later(signed_on, 120)?.min(SEEN_ON);
    let mut add = |on: Date, amount: Option<(Money, Money)>, ends_on: Option<(Date, Date)>, reason: &str| {
        let nth = process.amendments.len() + 1;
        process.amendments.push(Amendment {
            id: format!("amendment{nth}"),
            contract: "contract".to_owned(),
            on,
            document: format!("№ {nth} қосымша келісім"),
            amount,
            ends_on,
            reason: reason.to_owned(),
        });
    };
    if first != amount {
        add(on, Some((first, amount)), None, "Қосымша жұмыс көлемі (ойдан шығарылған)");
    }
    if let (Some(planned), Some(end)) = (planned, end)
        && planned < end
    {
        let on = later(signed_on, 150)?.min(SEEN_ON);
        add(on, None, Some((planned, end)), "Жұмыстар қысқа байланысты тоқтады (ойдан шығарылған)");
    }
    Ok(())
}

/// Two bills a year and their payments, which make what the register says was paid in that year.
fn money(process: &mut Process, project: &Project, course: &Course, signed_on: Date) -> anyhow::Result<()> {
    let mut years: BTreeMap<i16, Money> = BTreeMap::new();
    for line in project.money.iter().filter(|line| line.source != MoneySource::Private) {
        let Some(paid) = line.paid.filter(|paid| paid.tiyn() > 0) else { continue };
        let whole = years.entry(line.year).or_insert(Money::ZERO);
        *whole = whole.checked_add(paid).context("payments of the demonstration")?;
    }
    for (year, paid) in years {
        let half = part(paid, 3_000 + u16::from(course.roll(20, 200)) * 10)?;
        let rest = paid.checked_sub(half).context("payments of the demonstration")?;
        for (nth, amount, month) in [(1, half, 7), (2, rest, 11)] {
            let billed = date(year, month, 3).max(later(signed_on, 20 * nth)?).min(date(year, 12, 10));
            let billed = billed.max(signed_on).min(earlier(SEEN_ON, 12)?);
            let wait = if course.roll(u32::from(nth) + 21, 8) == 0 { 41 } else { 5 + course.roll(24, 16) };
            let paid_on = later(billed, wait)?.min(SEEN_ON);
            let id = format!("{year}-{nth}");
            process.invoices.push(Invoice {
                id: format!("bill{id}"),
                contract: "contract".to_owned(),
                on: billed,
                amount,
                document: format!("№ {id} орындалған жұмыстар актісі"),
            });
            process.payments.push(Payment {
                id: format!("payment{id}"),
                contract: "contract".to_owned(),
                invoice: format!("bill{id}"),
                on: paid_on,
                amount,
                document: format!("{id} төлем тапсырмасы"),
            });
        }
    }
    Ok(())
}

fn guarantee(process: &mut Process, course: &Course) -> anyhow::Result<()> {
    let contract = &process.contracts[0];
    if contract.amount.tiyn() < 10_000_000_000 || course.roll(25, 2) == 0 {
        return Ok(());
    }
    process.guarantees.push(Guarantee {
        id: "guarantee".to_owned(),
        contract: contract.id.clone(),
        what: "Шарттың орындалуын қамтамасыз ету, банк кепілдігі (ойдан шығарылған)".to_owned(),
        amount: part(contract.amount, 300)?,
        until: process.current_end(contract),
    });
    Ok(())
}

/// Kazakh and Russian words in one field, as officers write them.
fn both(kk: &str, ru: &str) -> String {
    format!("{kk} / {ru}")
}

/// A name made of that of the project and what the tender is about.
fn titled(project: &Project, kk: &str, ru: &str, en: &str) -> Text {
    let title = &project.title;
    Text::new(
        format!("{}: {kk}", title.exact(Lang::Kk)),
        format!("{}: {ru}", title.exact(Lang::Ru)),
        format!("{}: {en}", title.exact(Lang::En)),
    )
}
