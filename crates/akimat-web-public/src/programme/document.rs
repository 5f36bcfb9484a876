//! A published programme as PDF, in the language of the address.

use super::tell::{Candidate, Published};
use akimat_document::{Block, Document, encode_pdf};
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::visitor::Visitor;
use tokio::sync::Semaphore;

/// Documents that are made at once.
static WRITING: Semaphore = Semaphore::const_new(2);

struct Writer {
    locale: &'static Locale,
    blocks: Vec<Block>,
}

impl Writer {
    fn heading(&mut self, key: &str) {
        self.blocks.push(Block::Heading { level: 1, text: self.locale.t(key).into_owned() });
    }

    fn words(&mut self, text: &str) {
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text.to_owned()));
        }
    }

    fn list(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            self.blocks.push(Block::Paragraph(format!("{name}: {value}")));
        }
    }

    fn candidates(&mut self, key: &str, list: &[Candidate]) {
        self.heading(key);
        for one in list {
            self.blocks.push(Block::Heading { level: 2, text: one.title.clone() });
            self.blocks.push(Block::Note(one.about.clone()));
            self.words(&one.deviation);
            let label = if one.label.is_empty() { String::new() } else { format!(" ({})", one.label) };
            self.words(&format!("{}{label}", one.reason));
        }
    }
}

/// The document.
///
/// # Errors
/// When a figure cannot be drawn, which is a fault of ours.
pub(super) async fn encode(visitor: &Visitor, told: Published, invented: bool) -> Answer<Vec<u8>> {
    let locale = visitor.locale();
    let mut writer = Writer { locale, blocks: Vec::new() };
    if invented {
        writer.words(&locale.t("report-invented"));
    }
    writer.words(&told.lead);
    writer.words(&format!("{}.", told.state));
    writer.words(&told.loss);
    writer.words(&told.reason);
    writer.list(&told.stats);
    writer.candidates("plan-in", &told.inside);
    writer.candidates("plan-public-out", &told.outside);
    writer.heading("plan-public-money");
    for figure in &told.figures {
        writer.blocks.extend(figure.blocks(visitor.lang.code())?);
    }
    writer.heading("plan-public-rules");
    for rule in &told.rules {
        writer.words(rule);
    }
    writer.blocks.extend(told.weights.blocks(visitor.lang.code())?);
    writer.heading("plan-public-changes");
    match &told.changes {
        Some(changes) => {
            for text in &changes.causes {
                writer.words(text);
            }
            writer.blocks.extend(changes.figure.blocks(visitor.lang.code())?);
        }
        None => writer.words(&locale.t("plan-public-first")),
    }
    if !told.comments.is_empty() {
        writer.heading("plan-comments");
        for [voice, by, body] in &told.comments {
            writer.blocks.push(Block::Note(format!("{voice}. {by}")));
            writer.words(body);
        }
    }
    writer.heading("plan-public-computed");
    writer.list(&told.computed);
    let document = Document {
        title: told.title.clone(),
        subtitle: told.by.clone(),
        lang: visitor.lang.code().to_owned(),
        footer: format!("{} · {}", locale.t("site-name"), told.title),
        contents: Some(locale.t("report-contents").into_owned()),
        blocks: writer.blocks,
    };
    let _permit = WRITING.acquire().await.map_err(Failure::internal)?;
    let written = tokio::task::spawn_blocking(move || {
        let page_words = |page: usize, pages: usize| {
            locale.f("report-page-of", &[("page", page.into()), ("pages", pages.into())])
        };
        encode_pdf(&document, &page_words)
    });
    written.await.map_err(Failure::internal)?.map_err(Failure::internal)
}
