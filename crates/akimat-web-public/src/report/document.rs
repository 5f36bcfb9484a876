//! A report as PDF.

use super::piece::Section;
use super::show::Opened;
use akimat_document::{Block, Document, encode_pdf};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::visitor::Visitor;
use tokio::sync::Semaphore;

/// Documents that are made at once.
static WRITING: Semaphore = Semaphore::const_new(2);

/// The report in the visitor's language.
///
/// # Errors
/// When a figure cannot be drawn, which is a fault of ours.
pub async fn encode(visitor: &Visitor, report: &Opened) -> Answer<Vec<u8>> {
    let locale = visitor.locale();
    let mut blocks = Vec::new();
    if report.invented {
        blocks.push(Block::Paragraph(locale.t("report-invented").into_owned()));
    }
    blocks.extend(report.lead.iter().cloned().map(Block::Paragraph));
    for section in &report.sections {
        append(&mut blocks, section, visitor)?;
    }
    blocks.push(Block::Note(locale.t("report-figures-note").into_owned()));
    let document = Document {
        title: report.title.clone(),
        subtitle: report.by.clone(),
        lang: visitor.lang.code().to_owned(),
        footer: format!("{} · {}", locale.t("site-name"), report.title),
        contents: Some(locale.t("report-contents").into_owned()),
        blocks,
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

fn append(blocks: &mut Vec<Block>, section: &Section, visitor: &Visitor) -> Answer<()> {
    if !section.heading.is_empty() {
        blocks.push(Block::Heading { level: 1, text: section.heading.clone() });
    }
    if !section.lang.is_empty() {
        let key = format!("not-translated-{}", section.lang);
        blocks.push(Block::Note(visitor.locale().t(&key).into_owned()));
    }
    blocks.extend(section.paragraphs.iter().cloned().map(Block::Paragraph));
    if !section.refusal.is_empty() {
        blocks.push(Block::Note(section.refusal.clone()));
    }
    if !section.figure.is_empty() {
        blocks.extend(section.figure.blocks(visitor.lang.code())?);
    }
    Ok(())
}
