//! What the register demands of those who keep it, as dated numbers.

use crate::{Project, Status};
use akimat_core::Text;
use jiff::civil::Date;
use serde::Deserialize;

/// The rules of one span of time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// First day on which they hold.
    pub valid_from: Date,
    /// Last day on which they hold; open when there is none.
    pub valid_to: Option<Date>,
    /// They were compared with a legal text.
    pub verified: bool,
    /// A planned end that slips by more days than this needs a new date and a reason.
    pub slip_days: u16,
    /// A project in work says so when there was nothing new for this many days.
    pub silence_days: u16,
    /// A change of cost names its document.
    pub cost_document: bool,
    /// What they rest on.
    pub basis: Text,
}

impl Rules {
    /// The rules that hold on a day; the last ones when none do.
    ///
    /// # Errors
    /// When the text is not a list of rules.
    pub fn on(text: &str, day: Date) -> Result<Option<Self>, serde_json::Error> {
        let all: Vec<Self> = serde_json::from_str(text)?;
        let holds = |rules: &&Self| rules.valid_from <= day && rules.valid_to.is_none_or(|last| day <= last);
        Ok(all.iter().find(holds).or(all.last()).cloned())
    }

    /// Days by which a new planned end is later than the old one, when that needs a reason.
    pub fn slip(&self, before: Option<Date>, after: Option<Date>) -> Option<i64> {
        let days = days_between(before?, after?);
        (days > i64::from(self.slip_days)).then_some(days)
    }

    /// Days by which the planned end of an unfinished project has passed, when that needs a new date.
    pub fn overdue(&self, project: &Project, today: Date) -> Option<i64> {
        let open = project.status > Status::Idea && project.status < Status::Completed;
        let days = days_between(project.ends_on?, today);
        (open && days > i64::from(self.slip_days)).then_some(days)
    }

    /// Whole days without news, when the project should have some and has had none for long enough.
    pub fn silence(&self, status: Status, days_since_news: i64) -> Option<i64> {
        let in_work = matches!(status, Status::Tender | Status::Contract | Status::Implementing);
        (in_work && days_since_news >= i64::from(self.silence_days)).then_some(days_since_news)
    }
}

/// Days from one day to another; negative when the other is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}
