use std::ops::Range;

use html5gum::{DefaultEmitter, Spanned, StartTag, Token, Tokenizer};
use punchout_core::{Limits, Text};

use crate::error::Error;
use crate::name;
use crate::profile::Method;
use crate::xml;

/// A form of a page, with the pairs that a browser would send.
///
/// Buttons are left out: a browser sends one only if it was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HtmlForm {
    /// The address, as written; empty when the form has none.
    pub action: Text,
    /// The method.
    pub method: Method,
    /// The frame for the answer.
    pub target: Option<Text>,
    /// The charset that the form is to be sent in.
    pub accept_charset: Option<Text>,
    /// Name and value of each input, in their order.
    pub pairs: Vec<(Text, Text)>,
    id: Option<Text>,
    places: Vec<Place>,
}

/// Where an input stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    span: Range<usize>,
    is_suspect: bool,
}

/// An input as the decoder takes it.
pub(super) struct Input<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    /// Its tag in the page's text.
    pub(super) span: Range<usize>,
    /// A stray quotation mark stands in the tag.
    pub(super) is_suspect: bool,
}

impl HtmlForm {
    fn new(action: Text, method: Method) -> Self {
        Self {
            action,
            method,
            target: None,
            accept_charset: None,
            pairs: Vec::new(),
            id: None,
            places: Vec::new(),
        }
    }

    /// Whether the form carries items of a basket.
    #[must_use]
    pub fn is_return(&self) -> bool {
        self.pairs.iter().any(|(name, _)| name::parse(name).is_some() || xml::is_document(name))
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = Input<'_>> {
        self.pairs.iter().zip(&self.places).map(|((name, value), place)| Input {
            name,
            value,
            span: place.span.clone(),
            is_suspect: place.is_suspect,
        })
    }
}

/// Finds the forms of a page; inputs outside of any form make one of their own.
///
/// # Errors
/// When the page goes beyond a limit.
pub fn html_forms(page: &str, limits: &Limits) -> Result<Vec<HtmlForm>, Error> {
    limits.check_bytes(page.len())?;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = FormReader::new(limits);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Ok(token) => reader.token(token)?,
            Err(never) => match never {},
        }
    }
    reader.end_field()?;
    Ok(reader.finish())
}

struct FormReader<'a> {
    limits: &'a Limits,
    forms: Vec<HtmlForm>,
    /// The last form is not closed yet.
    is_open: bool,
    /// The inputs outside of any form.
    loose: Vec<Field>,
    /// The inputs that name a form by its `id`.
    assigned: Vec<(Text, Field)>,
    open: Option<OpenField>,
    /// How many templates are open: what is in one is not in the page.
    templates: usize,
    /// Which of the open fieldsets are disabled.
    fieldsets: Vec<bool>,
    inputs: usize,
}

/// A field with its pair.
struct Field {
    name: Text,
    value: Text,
    place: Place,
}

/// An element whose value is its content.
struct OpenField {
    name: Text,
    form: Option<Text>,
    is_sent: bool,
    span: Range<usize>,
    content: Content,
}

enum Content {
    TextArea(String),
    Select { is_multiple: bool, options: Vec<Choice>, is_in_option: bool },
}

struct Choice {
    value: Option<Text>,
    text: String,
    is_selected: bool,
    is_disabled: bool,
}

impl<'a> FormReader<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            forms: Vec::new(),
            is_open: false,
            loose: Vec::new(),
            assigned: Vec::new(),
            open: None,
            templates: 0,
            fieldsets: Vec::new(),
            inputs: 0,
        }
    }

    fn token(&mut self, token: Token<usize>) -> Result<(), Error> {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(text) => {
                let piece = String::from_utf8_lossy(&text.value);
                match self.open.as_mut().map(|open| &mut open.content) {
                    Some(Content::TextArea(value)) => value.push_str(&piece),
                    Some(Content::Select { options, is_in_option: true, .. }) => {
                        if let Some(option) = options.last_mut() {
                            option.text.push_str(&piece);
                        }
                    }
                    _ => {}
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Error> {
        match name {
            b"form" => {
                self.end_field()?;
                self.is_open = false;
            }
            b"textarea" | b"select" => self.end_field()?,
            b"option" => self.end_option(),
            b"template" => self.templates = self.templates.saturating_sub(1),
            b"fieldset" => drop(self.fieldsets.pop()),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &StartTag<usize>) -> Result<(), Error> {
        let span = tag.span.start..tag.span.end;
        match tag.name.as_slice() {
            b"template" => self.templates += 1,
            _ if self.templates > 0 => {}
            b"fieldset" => self.fieldsets.push(has(tag, b"disabled")),
            // a form inside a form is no form
            b"form" if !self.is_open => {
                self.end_field()?;
                let is_post =
                    attribute(tag, b"method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
                let method = if is_post { Method::Post } else { Method::Get };
                let mut form = HtmlForm::new(attribute(tag, b"action").unwrap_or_default(), method);
                form.target = attribute(tag, b"target");
                form.accept_charset = attribute(tag, b"accept-charset");
                form.id = attribute(tag, b"id").filter(|id| !id.is_empty());
                self.forms.push(form);
                self.is_open = true;
            }
            b"input" => {
                let kind = attribute(tag, b"type").unwrap_or_default().to_ascii_lowercase();
                let is_choice = matches!(kind.as_str(), "checkbox" | "radio");
                let is_button = matches!(kind.as_str(), "submit" | "button" | "reset" | "image" | "file");
                if self.is_sent(tag) && !is_button && (!is_choice || has(tag, b"checked")) {
                    let default = if is_choice { "on" } else { "" };
                    let value = attribute(tag, b"value").unwrap_or_else(|| default.into());
                    let is_suspect =
                        tag.attributes.keys().any(|name| name.contains(&b'"') || name.contains(&b'\''));
                    let name = attribute(tag, b"name").unwrap_or_default();
                    let field = Field { name, value, place: Place { span, is_suspect } };
                    self.add(attribute(tag, b"form"), field)?;
                }
            }
            b"textarea" => self.open(tag, Content::TextArea(String::new()))?,
            b"select" => {
                let is_multiple = has(tag, b"multiple");
                self.open(tag, Content::Select { is_multiple, options: Vec::new(), is_in_option: false })?;
            }
            b"option" => {
                if let Some(OpenField { content: Content::Select { options, is_in_option, .. }, .. }) =
                    &mut self.open
                {
                    *is_in_option = true;
                    options.push(Choice {
                        value: attribute(tag, b"value"),
                        text: String::new(),
                        is_selected: has(tag, b"selected"),
                        is_disabled: has(tag, b"disabled"),
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn is_sent(&self, tag: &StartTag<usize>) -> bool {
        !has(tag, b"disabled") && !self.fieldsets.contains(&true)
    }

    fn open(&mut self, tag: &StartTag<usize>, content: Content) -> Result<(), Error> {
        self.end_field()?;
        self.open = Some(OpenField {
            name: attribute(tag, b"name").unwrap_or_default(),
            form: attribute(tag, b"form"),
            is_sent: self.is_sent(tag),
            span: tag.span.start..tag.span.end,
            content,
        });
        Ok(())
    }

    fn end_option(&mut self) {
        if let Some(OpenField { content: Content::Select { is_in_option, .. }, .. }) = &mut self.open {
            *is_in_option = false;
        }
    }

    fn end_field(&mut self) -> Result<(), Error> {
        let Some(OpenField { name, form, is_sent, span, content }) = self.open.take() else { return Ok(()) };
        if !is_sent {
            return Ok(());
        }
        let values: Vec<Text> = match content {
            // the first line feed belongs to the tag
            Content::TextArea(text) => vec![text.strip_prefix('\n').unwrap_or(&text).into()],
            Content::Select { is_multiple, options, .. } => {
                let value =
                    |choice: &Choice| choice.value.clone().unwrap_or_else(|| choice.text.trim().into());
                let mut chosen = options.iter().filter(|choice| choice.is_selected && !choice.is_disabled);
                if is_multiple {
                    chosen.map(value).collect()
                } else {
                    let chosen =
                        chosen.next_back().or_else(|| options.iter().find(|choice| !choice.is_disabled));
                    chosen.map(value).into_iter().collect()
                }
            }
        };
        for value in values {
            let place = Place { span: span.clone(), is_suspect: false };
            self.add(form.clone(), Field { name: name.clone(), value, place })?;
        }
        Ok(())
    }

    /// Files a field; one without a name is not sent.
    fn add(&mut self, form: Option<Text>, field: Field) -> Result<(), Error> {
        if field.name.is_empty() {
            return Ok(());
        }
        self.inputs += 1;
        self.limits.check_fields(self.inputs)?;
        match (form, self.forms.last_mut()) {
            (Some(id), _) => self.assigned.push((id, field)),
            (None, Some(open)) if self.is_open => open.push(field),
            (None, _) => self.loose.push(field),
        }
        Ok(())
    }

    fn finish(self) -> Vec<HtmlForm> {
        let mut forms = self.forms;
        let mut loose = HtmlForm::new(Text::EMPTY, Method::Get);
        for field in self.loose {
            loose.push(field);
        }
        // the first form of an id has it; a sorted list finds it quickly
        let mut ids: Vec<(Text, usize)> =
            forms.iter().enumerate().filter_map(|(at, form)| Some((form.id.clone()?, at))).collect();
        ids.sort();
        for (id, field) in self.assigned {
            let at = ids.partition_point(|(known, _)| *known < id);
            let form = ids.get(at).filter(|(known, _)| *known == id).and_then(|(_, at)| forms.get_mut(*at));
            form.unwrap_or(&mut loose).push(field);
        }
        if !loose.pairs.is_empty() {
            forms.push(loose);
        }
        forms
    }
}

impl HtmlForm {
    fn push(&mut self, Field { name, value, place }: Field) {
        self.pairs.push((name, value));
        self.places.push(place);
    }
}

fn attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<Text> {
    let Spanned { value, .. } = tag.attributes.get(name)?;
    Some(Text::from(&*String::from_utf8_lossy(value)))
}

fn has(tag: &StartTag<usize>, name: &[u8]) -> bool {
    tag.attributes.contains_key(name)
}
