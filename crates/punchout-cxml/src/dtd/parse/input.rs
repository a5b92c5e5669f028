use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use punchout_core::excerpt;

use crate::Error;
use crate::xml::{is_name, is_name_char, is_space, resolve};

/// How many parameter entities may be open inside of each other.
const DEPTH: usize = 32;
/// How many bytes entities may expand to, all together.
const EXPANSION: usize = 4 << 20;

/// What an entity stands for.
#[derive(Clone)]
pub(super) enum Entity {
    Internal(Rc<str>),
    /// It lies in a file of its own, which is never read.
    External,
    /// It names data that is no XML.
    Unparsed,
}

/// The text of a DTD with parameter entities put in where they are used.
pub(super) struct Input<'a> {
    text: &'a str,
    open: Vec<Open>,
    spent: usize,
    pub(super) parameters: BTreeMap<Rc<str>, Entity>,
    pub(super) generals: BTreeMap<Rc<str>, Entity>,
}

/// A text that is being read: the file, or what an entity stands for.
struct Open {
    name: Option<Rc<str>>,
    text: Rc<str>,
    at: usize,
}

impl<'a> Input<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let file = Open { name: None, text: text.into(), at: 0 };
        Self { text, open: vec![file], spent: 0, parameters: BTreeMap::new(), generals: BTreeMap::new() }
    }

    /// An error at the place in the file that is being read.
    pub(super) fn wrong(&self, message: impl std::fmt::Display) -> Error {
        let at = self.open.first().map_or(0, |file| file.at).min(self.text.len());
        Error::dtd(self.text, at..at, message)
    }

    /// How many entities are open: what begins in one must end in it.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    fn rest(&self) -> &str {
        self.open.last().and_then(|open| open.text.get(open.at..)).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        if let Some(open) = self.open.last_mut() {
            open.at += bytes;
        }
    }

    pub(super) fn at_end(&self) -> bool {
        self.open.len() == 1 && self.rest().is_empty()
    }

    /// Passes over white space and goes into and out of parameter entities,
    /// which count as white space; says whether there was any.
    pub(super) fn space(&mut self) -> Result<bool, Error> {
        let mut any = false;
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches(is_space).len();
            if blank > 0 {
                self.advance(blank);
            } else if rest.is_empty() && self.open.len() > 1 {
                self.open.pop();
            } else if let Some(name) = reference(rest, '%') {
                let name: Rc<str> = name.into();
                self.advance(name.len() + 2);
                self.enter(name)?;
            } else {
                return Ok(any);
            }
            any = true;
        }
    }

    /// Passes over white space that has to be there.
    pub(super) fn need_space(&mut self) -> Result<(), Error> {
        if self.space()? { Ok(()) } else { Err(self.wrong("white space is missing")) }
    }

    fn enter(&mut self, name: Rc<str>) -> Result<(), Error> {
        let text = self.parameter(&name)?;
        let is_open = self.open.iter().any(|open| open.name.as_ref() == Some(&name));
        if is_open || self.open.len() > DEPTH {
            return Err(self.wrong(format!("entity {} goes round in circles", excerpt(&name))));
        }
        self.spend(text.len())?;
        self.open.push(Open { name: Some(name), text, at: 0 });
        Ok(())
    }

    fn parameter(&self, name: &str) -> Result<Rc<str>, Error> {
        match self.parameters.get(name) {
            Some(Entity::Internal(text)) => Ok(text.clone()),
            Some(_) => Err(self.wrong(format!(
                "parameter entity {} lies in another file, which is not read; put its text in",
                excerpt(name)
            ))),
            None => Err(self.wrong(format!("parameter entity {} is not declared", excerpt(name)))),
        }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Error> {
        self.spent += bytes + 1;
        if self.spent > EXPANSION {
            return Err(self.wrong(format!("entities expand to more than {EXPANSION} bytes")));
        }
        Ok(())
    }

    /// Takes this text if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let comes = self.comes(text);
        if comes {
            self.advance(text.len());
        }
        comes
    }

    /// Looks whether this text comes next, and leaves it.
    pub(super) fn comes(&self, text: &str) -> bool {
        self.rest().starts_with(text)
    }

    pub(super) fn need(&mut self, text: &str) -> Result<(), Error> {
        if self.eat(text) {
            return Ok(());
        }
        let came =
            self.rest().chars().next().map_or("the end".into(), |c| excerpt(c.encode_utf8(&mut [0; 4])));
        Err(self.wrong(format!("`{text}` is expected, but {came} comes")))
    }

    /// Takes everything before this text and the text itself.
    pub(super) fn until(&mut self, text: &str) -> Result<String, Error> {
        match self.rest().split_once(text) {
            Some((before, _)) => {
                let before = before.to_owned();
                self.advance(before.len() + text.len());
                Ok(before)
            }
            None => Err(self.wrong(format!("`{text}` is missing"))),
        }
    }

    /// Takes a run of name characters, which may be empty.
    fn word(&mut self) -> String {
        let rest = self.rest();
        let word = rest.get(..rest.find(|c| !is_name_char(c)).unwrap_or(rest.len())).unwrap_or_default();
        let word = word.to_owned();
        self.advance(word.len());
        word
    }

    pub(super) fn name(&mut self) -> Result<String, Error> {
        let word = self.word();
        if is_name(&word) { Ok(word) } else { Err(self.wrong("a name is expected")) }
    }

    pub(super) fn token(&mut self) -> Result<String, Error> {
        let word = self.word();
        if word.is_empty() { Err(self.wrong("a value is expected")) } else { Ok(word) }
    }

    /// Takes what stands in quotes, as it stands.
    pub(super) fn literal(&mut self) -> Result<String, Error> {
        let quote = if self.eat("\"") {
            "\""
        } else if self.eat("'") {
            "'"
        } else {
            return Err(self.wrong("a text in quotes is expected"));
        };
        self.until(quote)
    }

    /// What a declared entity stands for: characters and parameter entities
    /// are resolved, general entities wait until they are used.
    pub(super) fn entity_value(&mut self, literal: &str) -> Result<String, Error> {
        let mut value = String::new();
        self.expand(literal, '%', &mut BTreeSet::new(), &mut value)?;
        Ok(value)
    }

    /// The value of a default: references resolved, white space made blanks.
    pub(super) fn default_value(&mut self, literal: &str) -> Result<String, Error> {
        if literal.contains('<') {
            return Err(self.wrong("a default has a `<`"));
        }
        let mut value = String::new();
        self.expand(literal, '&', &mut BTreeSet::new(), &mut value)?;
        Ok(value)
    }

    fn expand(
        &mut self,
        text: &str,
        sign: char,
        inside: &mut BTreeSet<Rc<str>>,
        into: &mut String,
    ) -> Result<(), Error> {
        self.spend(text.len())?;
        let mut rest = text;
        while let Some(at) = rest.find(['&', '%']) {
            let (plain, special) = rest.split_at(at);
            push(plain, sign, into);
            let found = special.chars().next().unwrap_or_default();
            let Some(name) = reference(special, found) else {
                if found == '&' || sign == '%' {
                    return Err(self.wrong(format!("`{found}` stands without a name and `;`")));
                }
                into.push(found);
                rest = special.get(1..).unwrap_or_default();
                continue;
            };
            rest = special.get(name.len() + 2..).unwrap_or_default();
            let resolved = resolve(name).filter(|_| found == '&' && (sign == '&' || name.starts_with('#')));
            if let Some(c) = resolved {
                into.push(c);
            } else if found != sign {
                into.push(found);
                into.push_str(name);
                into.push(';');
            } else {
                let entity = if sign == '%' { self.parameter(name)? } else { self.general(name)? };
                let name: Rc<str> = name.into();
                if !inside.insert(name.clone()) || inside.len() > DEPTH {
                    return Err(self.wrong(format!("entity {} goes round in circles", excerpt(&name))));
                }
                self.expand(&entity, sign, inside, into)?;
                inside.remove(&name);
            }
        }
        push(rest, sign, into);
        Ok(())
    }

    fn general(&self, name: &str) -> Result<Rc<str>, Error> {
        match self.generals.get(name) {
            Some(Entity::Internal(text)) if !text.contains('<') => Ok(text.clone()),
            Some(_) => Err(self.wrong(format!("entity {} cannot stand in a default", excerpt(name)))),
            None => Err(self.wrong(format!("entity {} is not declared", excerpt(name)))),
        }
    }
}

/// Adds text to a value; only in a default white space becomes blanks.
fn push(text: &str, sign: char, into: &mut String) {
    if sign == '&' {
        into.extend(text.chars().map(|c| if is_space(c) { ' ' } else { c }));
    } else {
        into.push_str(text);
    }
}

/// The name in `%name;` or `&name;` at the beginning of a text.
fn reference(text: &str, sign: char) -> Option<&str> {
    let after = text.strip_prefix(sign)?;
    let name = after.get(..after.find(';')?)?;
    (is_name(name) || sign == '&' && name.starts_with('#')).then_some(name)
}
