use crate::tree::{Element, Piece};

use super::align::has_layout;

/// How the children of an element are laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout<'a> {
    line_end: &'a str,
    indent: String,
    unit: String,
    /// What stands before the end tag.
    outer: String,
}

const UNIT: &str = "  ";

impl<'a> Layout<'a> {
    /// The layout of the children, or of what would be the first one; `None`
    /// where they stand on one line.
    pub(super) fn of_children(parent: &Element<'_, 'a>) -> Option<Self> {
        let own = indent(parent);
        let unit = || unit(parent).unwrap_or(UNIT).to_owned();
        let (line_end, indent) = match parent.children().next() {
            Some(child) => indent(&child).map(|(line_end, indent)| (line_end, indent.to_owned()))?,
            None => own.map(|(line_end, indent)| (line_end, [indent, &unit()].concat()))?,
        };
        let unit = match own.and_then(|(_, own)| indent.strip_prefix(own)) {
            Some(more) if !more.is_empty() => more.to_owned(),
            _ => unit(),
        };
        let outer = own.map_or("", |(_, own)| own).to_owned();
        Some(Self { line_end, indent, unit, outer })
    }

    /// The line end and indentation before an element at a level below the
    /// children.
    pub(super) fn lead(&self, level: usize) -> String {
        [self.line_end, &self.indent, &self.unit.repeat(level)].concat()
    }

    /// What stands before the end tag of the parent.
    pub(super) fn tail(&self) -> String {
        [self.line_end, &self.outer].concat()
    }
}

/// The line end and the indentation before an element that begins its line.
fn indent<'a>(element: &Element<'_, 'a>) -> Option<(&'a str, &'a str)> {
    let before = element.tree().piece(0..element.span().start);
    let lines = before.trim_end_matches([' ', '\t']);
    let indent = before.get(lines.len()..)?;
    let line_end = if lines.ends_with("\r\n") { "\r\n" } else { "\n" };
    (lines.ends_with('\n') || lines.is_empty()).then_some((line_end, indent))
}

/// What each level adds, as far as the elements above tell.
fn unit<'a>(element: &Element<'_, 'a>) -> Option<&'a str> {
    let above = std::iter::successors(Some(*element), Element::parent);
    above.zip(std::iter::successors(element.parent(), Element::parent)).find_map(|(inner, outer)| {
        let (_, inner) = indent(&inner)?;
        let (_, outer) = indent(&outer)?;
        inner.strip_prefix(outer).filter(|unit| !unit.is_empty())
    })
}

/// The markup of an element that the writer wrote, in another layout.
pub(super) fn laid_out(new: &Element<'_, '_>, layout: Option<&Layout<'_>>) -> String {
    let tree = new.tree();
    let depth = std::iter::successors(new.parent(), Element::parent).count();
    let mut gaps = Vec::new();
    for element in new.descendants().filter(has_layout) {
        gaps.extend(element.pieces().filter_map(|piece| match piece {
            Piece::Text(span) => Some(span),
            _ => None,
        }));
    }
    gaps.sort_by_key(|gap| gap.start);
    let mut out = String::new();
    let mut from = new.span().start;
    for gap in gaps {
        // Other white space is not the writer's.
        let Some(spaces) = tree.piece(gap.clone()).strip_prefix('\n').filter(|rest| rest.len() % 2 == 0)
        else {
            continue;
        };
        out.push_str(tree.piece(from..gap.start));
        if let Some(layout) = layout {
            out.push_str(&layout.lead((spaces.len() / 2).saturating_sub(depth)));
        }
        from = gap.end;
    }
    out.push_str(tree.piece(from..new.span().end));
    out
}
