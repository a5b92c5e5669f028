use std::ops::Range;

use super::known::Known;
use super::rule::{Around, Rule};
use super::{Anonymiser, Prices, held};
use crate::original::encode::Room;
use crate::secret;
use crate::tree::{Element, Piece, Tree, decode_text, decode_value};
use crate::xml::{declared_values, is_name_char};

/// Goes over a document twice: to see what is replaced, and to replace it, also
/// where it stands within something else.
pub(super) struct Rewrite<'t, 'a> {
    anonymiser: &'t Anonymiser,
    tree: &'t Tree<'a>,
    known: Known,
    room: Room,
    edits: Vec<(Range<usize>, String)>,
}

/// A value, and where it stands.
enum Place<'p> {
    /// In an attribute, without its quotes.
    Attribute(Range<usize>),
    /// In an element, between two of its children.
    Pieces(&'p [Range<usize>]),
    /// In a comment or an instruction.
    Aside(Range<usize>),
}

impl<'t, 'a> Rewrite<'t, 'a> {
    pub(super) fn new(anonymiser: &'t Anonymiser, tree: &'t Tree<'a>, room: Room) -> Self {
        Self { anonymiser, tree, room, known: Known::default(), edits: Vec::new() }
    }

    /// The text of the document with everything replaced.
    pub(super) fn document(mut self) -> String {
        let Anonymiser { pseudonyms, .. } = self.anonymiser;
        for said in secret::said(self.tree.text()) {
            self.known.add_secret(&said, &pseudonyms.secret(&said));
        }
        self.walk(|this, rule, value, _| {
            if rule == Rule::Secret {
                // A reference that stands elsewhere, too, stays there. So does what is
                // no secret anywhere else, such as the name of an algorithm.
                for part in value.split(held::HELD).filter(|part| pseudonyms.text(part) != **part) {
                    let made_up = pseudonyms.secret(part);
                    this.known.add(part, &made_up);
                    this.known.add_secret(part, &made_up);
                }
            } else if matches!(rule, Rule::Name | Rule::Domain | Rule::Card) {
                let made_up = this.replaced(rule, value);
                this.known.add(value, &made_up);
            }
        });
        self.walk(|this, rule, value, place| {
            let made_up = this.replaced(rule, value);
            if made_up != value {
                this.edit(place, &made_up);
            }
        });
        if let Some((_, span)) = self.tree.doctype() {
            let mut identifiers = secret::identifiers(self.tree.piece(span.clone()));
            let address = identifiers.pop();
            for value in identifiers {
                let value = span.start + value.start..span.start + value.end;
                let made_up = self.replaced(Rule::Name, self.tree.piece(value.clone()));
                self.edits.push((value, made_up));
            }
            if let Some(value) = address {
                let value = span.start + value.start..span.start + value.end;
                let made_up = self.known.replace_secrets(&pseudonyms.dtd(self.tree.piece(value.clone())));
                self.edits.push((value, made_up));
            }
            for value in declared_values(self.tree.piece(span.clone())) {
                let value = span.start + value.start..span.start + value.end;
                let made_up = self.declared(&value);
                self.edits.push((value, made_up));
            }
        }
        for aside in self.tree.outer_asides().to_vec() {
            self.aside(aside, Around::Nothing, &mut |this, rule, value, place| {
                let made_up = this.replaced(rule, value);
                this.edit(place, &made_up);
            });
        }
        self.edits.sort_by_key(|(span, _)| span.start);
        let mut out = String::with_capacity(self.tree.text().len());
        let mut from = 0;
        for (span, made_up) in &self.edits {
            out.push_str(self.tree.piece(from..span.start));
            out.push_str(made_up);
            from = span.end;
        }
        out.push_str(self.tree.piece(from..self.tree.text().len()));
        out
    }

    /// Goes over all values of the root element.
    fn walk(&mut self, mut each: impl FnMut(&mut Self, Rule, &str, Place<'_>)) {
        let tree = self.tree;
        // What is around, and up to which element.
        let mut open = vec![(usize::MAX, Around::Nothing)];
        for element in tree.root().descendants() {
            while open.pop_if(|(until, _)| *until <= element.number()).is_some() {}
            let outside = open.last().map_or(Around::Nothing, |(_, around)| *around);
            let mut has_secret = false;
            for attribute in element.attributes() {
                let raw = held::hold(tree.piece(attribute.value.clone()));
                let value = decode_value(&raw);
                has_secret |= attribute.name.eq_ignore_ascii_case("name") && secret::is_named(Some(&value));
                let rule = outside.of_attribute(element.name(), attribute.name, &value);
                each(self, rule, &value, Place::Attribute(attribute.value.clone()));
            }
            let around = outside.max(Around::of(element.name(), has_secret));
            if around > outside {
                open.push((element.next_number(), around));
            }
            self.texts(&element, around, &mut each);
        }
    }

    fn texts(
        &mut self,
        element: &Element<'t, 'a>,
        around: Around,
        each: &mut impl FnMut(&mut Self, Rule, &str, Place<'_>),
    ) {
        let mut text = String::new();
        let mut spans = Vec::new();
        for piece in element.pieces().map(Some).chain([None]) {
            match piece {
                Some(Piece::Aside(span)) => self.aside(span, around, each),
                Some(Piece::Text(span)) => {
                    text.push_str(&decode_text(&held::hold(self.tree.piece(span.clone()))));
                    spans.push(span);
                }
                Some(piece @ Piece::CData(_)) => {
                    text.push_str(&self.tree.decoded(&piece));
                    spans.push(piece.span());
                }
                Some(Piece::Element(_)) | None => {
                    if !text.trim_ascii().is_empty() {
                        let rule = around.of_text(element.name(), &text);
                        each(self, rule, &text, Place::Pieces(&spans));
                    }
                    text.clear();
                    spans.clear();
                }
            }
        }
    }

    /// Comments and instructions may say anything.
    fn aside(
        &mut self,
        span: Range<usize>,
        around: Around,
        each: &mut impl FnMut(&mut Self, Rule, &str, Place<'_>),
    ) {
        let aside = self.tree.piece(span.clone());
        let inside = match aside.strip_prefix("<?") {
            Some(rest) => {
                let target = rest.find(|c| !is_name_char(c)).unwrap_or_default();
                // The XML declaration is no instruction.
                if rest.get(..target) == Some("xml") {
                    return;
                }
                2 + target..aside.len() - 2
            }
            None => 4..aside.len() - 3,
        };
        let inside = span.start + inside.start..span.start + inside.end;
        let text = self.tree.piece(inside.clone());
        each(self, around.of_aside(), text, Place::Aside(inside));
    }

    /// What is written for what a declaration says.
    fn declared(&self, span: &Range<usize>) -> String {
        let raw = self.tree.piece(span.clone());
        let is_quoted =
            self.tree.text().get(..span.start).is_some_and(|before| before.ends_with(['"', '\'']));
        if !is_quoted {
            return self.replaced(Rule::Name, raw);
        }
        let (held, references) = held::hold_declared(raw);
        let made_up = self.replaced(Rule::Name, &held);
        held::put_back(&made_up, references.into_iter(), |run, out| out.push_str(run))
    }

    /// What is written for a value.
    fn replaced(&self, rule: Rule, value: &str) -> String {
        match rule {
            Rule::Listed => value.to_owned(),
            Rule::Secret => self.anonymiser.pseudonyms.secret(value),
            // A part of it may have been left, such as the reference to a MIME part.
            _ => self.known.replace_secrets(&self.made_up(rule, value)),
        }
    }

    fn made_up(&self, rule: Rule, value: &str) -> String {
        let Anonymiser { pseudonyms, prices, has_texts, has_articles, .. } = self.anonymiser;
        match (rule, prices) {
            (Rule::Name | Rule::Stray, _) => pseudonyms.text(value),
            (Rule::Domain, _) => pseudonyms.domain(value),
            (Rule::Secret, _) => pseudonyms.secret(value),
            (Rule::Card, _) => pseudonyms.card(value),
            (Rule::Price, Prices::Scaled) => pseudonyms.scaled(value),
            (Rule::Price, Prices::Zero) => {
                let value = self.known.replace_secrets(value);
                value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
            }
            (Rule::Text, _) if *has_texts => pseudonyms.text(value),
            (Rule::Article, _) if *has_articles => pseudonyms.text(value),
            (Rule::ArticleText, _) if *has_texts || *has_articles => pseudonyms.text(value),
            (Rule::Leave | Rule::Listed, _) | (Rule::Price, Prices::Kept) => value.to_owned(),
            (Rule::Keep | Rule::Text | Rule::Article | Rule::ArticleText, _) => {
                self.known.replace(&self.without_cards(&pseudonyms.addresses(value)))
            }
        }
    }

    fn without_cards(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for card in secret::cards(text.as_bytes()) {
            out.push_str(text.get(from..card.start).unwrap_or_default());
            out.push_str(&self.anonymiser.pseudonyms.card(text.get(card.clone()).unwrap_or_default()));
            from = card.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }

    fn edit(&mut self, place: Place<'_>, made_up: &str) {
        match place {
            Place::Attribute(span) => {
                let quote = self.tree.piece(span.end..span.end + 1).chars().next();
                let references = held::references(self.tree.piece(span.clone()));
                let written = self.escape(made_up, quote, references);
                self.edits.push((span, written));
            }
            Place::Aside(span) => self.edits.push((span, made_up.to_owned())),
            Place::Pieces(spans) => {
                let is_cdata = |span: &Range<usize>| self.tree.piece(span.clone()).starts_with("<![CDATA[");
                let texts = spans.iter().filter(|span| !is_cdata(span));
                let references = texts.flat_map(|span| held::references(self.tree.piece(span.clone())));
                let mut spans = spans.iter();
                let first = spans.next().map(|first| {
                    let fits = !made_up.contains("]]>") && !made_up.contains('\r');
                    let text = if is_cdata(first) && fits && made_up.is_ascii() {
                        ["<![CDATA[", made_up, "]]>"].concat()
                    } else {
                        self.escape(made_up, None, references)
                    };
                    (first.clone(), text)
                });
                self.edits.extend(first);
                self.edits.extend(spans.map(|span| (span.clone(), String::new())));
            }
        }
    }

    /// Writes characters so that reading gives the same ones, and the references
    /// that were held.
    fn escape<'r>(
        &self,
        text: &str,
        quote: Option<char>,
        references: impl Iterator<Item = &'r str>,
    ) -> String {
        held::put_back(text, references, |run, out| {
            out.push_str(&self.room.fit(&escaped(run, quote)));
        })
    }
}

fn escaped(text: &str, quote: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' if quote.is_none() => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\n' if quote.is_some() => out.push_str("&#10;"),
            '\t' if quote.is_some() => out.push_str("&#9;"),
            '"' if quote == Some('"') => out.push_str("&quot;"),
            '\'' if quote == Some('\'') => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out
}
