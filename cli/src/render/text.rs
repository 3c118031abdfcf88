//! For people: the lines at fault, marked.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use cognate_schema::diagnostic::{Label, LabelKind, Suggestion};
use cognate_schema::{Diagnostic, Severity, SourceFile, Span};

use super::Report;

/// Text of a file that is drawn at most, in bytes. A schema in one line of a megabyte is hard to look at and slow to draw.
const DRAWN: usize = 16 << 10;

pub(super) fn render(report: &Report, color: bool) -> String {
    report.files.iter().map(|file| draw(&file.diagnostics, 1, color)).collect()
}

/// Draws diagnostics. `first_line` is the number of the first line of their texts.
pub(crate) fn draw(diagnostics: &[Diagnostic], first_line: usize, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&groups(diagnostic, first_line)));
        out.push_str("\n\n");
    }
    out
}

fn groups(diagnostic: &Diagnostic, first_line: usize) -> Vec<Group<'_>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.id));
    for (source, labels) in by_source(diagnostic) {
        group = snippet(group, source, &labels, first_line);
    }
    group = group.elements(diagnostic.notes.iter().map(|note| Level::NOTE.message(note.as_str())));
    std::iter::once(group).chain(diagnostic.suggestions.iter().map(|suggestion| help(suggestion, first_line))).collect()
}

/// The labels, those in one text together, the text of the main place first.
fn by_source(diagnostic: &Diagnostic) -> Vec<(&Arc<SourceFile>, Vec<&Label>)> {
    let mut sources: Vec<(&Arc<SourceFile>, Vec<&Label>)> = Vec::new();
    for label in diagnostic.place().into_iter().chain(&diagnostic.labels) {
        match sources.iter_mut().find(|(source, _)| Arc::ptr_eq(source, &label.source)) {
            Some((_, labels)) if labels.iter().any(|known| std::ptr::eq(*known, label)) => {}
            Some((_, labels)) => labels.push(label),
            None => sources.push((&label.source, vec![label])),
        }
    }
    sources
}

fn snippet<'a>(group: Group<'a>, source: &'a SourceFile, labels: &[&'a Label], first_line: usize) -> Group<'a> {
    let excerpt = Excerpt::of(source, labels.iter().map(|label| label.span));
    let Some(excerpt) = excerpt else {
        return labels.iter().fold(group, |group, label| {
            let start = label.start();
            let origin = Origin::path(source.path()).line(start.line + first_line - 1).char_column(start.column);
            let group = group.element(origin);
            if label.message.is_empty() { group } else { group.element(Level::NOTE.message(label.message.as_str())) }
        });
    };
    let annotations = labels.iter().map(|label| {
        let kind = match label.kind {
            LabelKind::Primary => AnnotationKind::Primary,
            LabelKind::Secondary => AnnotationKind::Context,
        };
        let message = (!label.message.is_empty()).then_some(label.message.as_str());
        kind.span(excerpt.range(label.span)).label(message)
    });
    let snippet = Snippet::source(excerpt.text).path(source.path()).line_start(excerpt.line + first_line - 1);
    group.element(snippet.annotations(annotations))
}

fn help(suggestion: &Suggestion, first_line: usize) -> Group<'_> {
    let mut group = Group::with_title(Level::HELP.secondary_title(suggestion.message.as_str()));
    for edit in &suggestion.edits {
        let Some(excerpt) = Excerpt::of(&edit.source, std::iter::once(edit.span)) else { continue };
        let patch = Patch::new(excerpt.range(edit.span), edit.replacement.as_str());
        let snippet = Snippet::source(excerpt.text).path(edit.source.path()).line_start(excerpt.line + first_line - 1);
        group = group.element(snippet.patch(patch));
    }
    group
}

/// The lines of a text that spans touch.
struct Excerpt<'a> {
    text: &'a str,
    /// Where it starts in the source.
    start: usize,
    /// The number of its first line.
    line: usize,
}

impl<'a> Excerpt<'a> {
    /// Nothing if they are too much to be drawn.
    fn of(source: &'a SourceFile, spans: impl Iterator<Item = Span> + Clone) -> Option<Self> {
        let text = source.text();
        let first = spans.clone().map(|span| span.range().start).min()?.min(text.len());
        let last = spans.map(|span| span.range().end).max()?.min(text.len());
        let start = text.get(..first)?.rfind('\n').map_or(source.byte_order_mark_length(), |newline| newline + 1);
        let end = text.get(last..)?.find('\n').map_or(text.len(), |newline| last + newline);
        let excerpt = text.get(start..end)?;
        (excerpt.len() <= DRAWN).then(|| Self { text: excerpt, start, line: source.position(first).line })
    }

    /// The place of a span within the excerpt.
    fn range(&self, span: Span) -> Range<usize> {
        let Range { start, end } = span.range();
        let inside = |offset: usize| offset.saturating_sub(self.start).min(self.text.len());
        inside(start)..inside(end)
    }
}
