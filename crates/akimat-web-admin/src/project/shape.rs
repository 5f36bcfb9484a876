//! Lines of the form that are added and taken out by buttons, without scripts: nothing is stored, the form comes back.

use super::LINES_MAX;
use akimat_web_kit::form::Form;

/// The lists of the form: their name, and the beginnings of the names of their fields.
pub(super) const LISTS: [(&str, &[&str]); 4] = [
    ("money", &["year", "source", "programme", "planned", "amended", "contracted", "invoiced", "paid"]),
    ("milestone", &["title", "planned", "forecast", "actual"]),
    ("result", &["title", "unit", "baseline", "target", "measured", "measured_on", "owner"]),
    ("served", &["group", "number"]),
];

/// How many lines of a list the form shows: what a button has set, or those that are there and an empty one.
pub(super) fn shown(form: &Form, list: &str, there: usize) -> usize {
    let set = form.get(&format!("rows_{list}")).parse::<usize>().ok();
    set.unwrap_or(there + 1).clamp(1, LINES_MAX)
}

/// The fields after a button that adds or takes out a line; `None` when another button was pressed.
pub(super) fn reshaped(sent: &Form) -> Option<Form> {
    reshaped_by(sent, &LISTS)
}

/// The same for a form with these lists.
pub(super) fn reshaped_by(sent: &Form, lists: &[(&str, &[&str])]) -> Option<Form> {
    let pressed = sent.get("do");
    for (list, parts) in lists {
        let (list, parts) = (*list, *parts);
        let rows = shown(sent, list, 0);
        if pressed == format!("add_{list}") {
            return Some(with_rows(sent, list, rows + 1));
        }
        let Some(out) = pressed.strip_prefix(&format!("remove_{list}_")) else { continue };
        let out: usize = out.parse().ok().filter(|at| *at < LINES_MAX)?;
        let mut fields = Vec::new();
        for (name, value) in sent.with_prefix("") {
            match place(name, list, parts) {
                Some((_, at)) if at == out => {}
                Some((part, at)) if at > out => {
                    fields.push((format!("{list}_{part}_{}", at - 1), value.to_owned()));
                }
                _ => fields.push((name.to_owned(), value.to_owned())),
            }
        }
        return Some(with_rows(&Form::from_fields(fields), list, rows.saturating_sub(1)));
    }
    None
}

/// Which part of which line a field is.
fn place<'p>(name: &str, list: &str, parts: &[&'p str]) -> Option<(&'p str, usize)> {
    let rest = name.strip_prefix(list)?.strip_prefix('_')?;
    let (part, at) = rest.rsplit_once('_')?;
    let part = parts.iter().find(|known| **known == part)?;
    Some((*part, at.parse().ok()?))
}

fn with_rows(sent: &Form, list: &str, rows: usize) -> Form {
    let counter = format!("rows_{list}");
    let kept = sent.with_prefix("").filter(|(name, _)| *name != counter && *name != "do");
    let mut fields: Vec<(String, String)> = kept.map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    fields.push((counter, rows.clamp(1, LINES_MAX).to_string()));
    Form::from_fields(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::from_fields(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_line_is_taken_out_and_the_others_move_up() {
        let sent = form(&[
            ("result_measured_on_0", "2026-01-01"),
            ("result_measured_0", "1"),
            ("result_measured_on_1", "2026-02-02"),
            ("result_title_2", "third"),
            ("rows_result", "4"),
            ("title_ru", "kept"),
            ("do", "remove_result_0"),
        ]);
        let after = reshaped(&sent).unwrap();
        assert_eq!(after.get("result_measured_on_0"), "2026-02-02");
        assert_eq!((after.get("result_title_1"), after.get("result_measured_0")), ("third", ""));
        assert_eq!((after.get("rows_result"), after.get("title_ru"), after.get("do")), ("3", "kept", ""));
        assert!(reshaped(&form(&[("do", "save")])).is_none());
        assert!(reshaped(&form(&[("do", "remove_result_x")])).is_none());
        let added = reshaped(&form(&[("do", "add_money"), ("rows_money", "2")])).unwrap();
        assert_eq!(added.get("rows_money"), "3");
    }
}
