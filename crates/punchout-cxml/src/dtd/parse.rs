//! Reading the text of a DTD.

mod content;
mod input;

use std::collections::{BTreeMap, BTreeSet};

use punchout_core::excerpt;

use crate::Error;
use crate::xml::{is_name, is_name_char};
use input::{Entity, Input};

/// How many elements, attributes and values a DTD may declare.
const MOST: usize = 60_000;

/// What a DTD declares.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    pub(super) elements: BTreeMap<String, Content>,
    pub(super) attributes: BTreeMap<String, Vec<Attribute>>,
    /// Entities that are no XML, which attributes may name.
    pub(super) unparsed: BTreeSet<String>,
}

/// What an element may hold.
#[derive(Debug)]
pub(super) enum Content {
    Empty,
    Any,
    /// Text, and these elements in any order.
    Mixed(Vec<String>),
    Children(Particle),
}

/// A part of a content model.
#[derive(Debug)]
pub(super) enum Particle {
    Name(String),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    Optional(Box<Particle>),
    Many(Box<Particle>),
    OneOrMany(Box<Particle>),
}

impl Particle {
    /// Names every element of the model.
    pub(super) fn names<'p>(&'p self, tell: &mut impl FnMut(&'p str)) {
        match self {
            Self::Name(name) => tell(name),
            Self::Sequence(parts) | Self::Choice(parts) => parts.iter().for_each(|part| part.names(tell)),
            Self::Optional(part) | Self::Many(part) | Self::OneOrMany(part) => part.names(tell),
        }
    }
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) default: Default,
}

/// What an attribute may say.
#[derive(Debug, PartialEq)]
pub(super) enum Kind {
    Text,
    Id,
    IdRef,
    IdRefs,
    Entity,
    Entities,
    Token,
    Tokens,
    OneOf(Vec<String>),
}

#[derive(Debug, PartialEq)]
pub(super) enum Default {
    Required,
    Implied,
    Fixed(String),
    Value(String),
}

/// Reads a DTD.
pub(super) fn parse(text: &str) -> Result<Declarations, Error> {
    let mut parser =
        Parser { input: Input::new(text), found: Declarations::default(), included: Vec::new(), count: 0 };
    while parser.declaration()? {}
    let Parser { input, mut found, .. } = parser;
    let unparsed = input.generals.iter().filter(|(_, entity)| matches!(entity, Entity::Unparsed));
    found.unparsed = unparsed.map(|(name, _)| name.as_ref().into()).collect();
    Ok(found)
}

struct Parser<'a> {
    input: Input<'a>,
    found: Declarations,
    /// The sections of the kind INCLUDE that are open, by the depth they began
    /// at.
    included: Vec<usize>,
    count: usize,
}

impl Parser<'_> {
    /// Reads one declaration; says whether there was one.
    fn declaration(&mut self) -> Result<bool, Error> {
        self.input.space()?;
        let depth = self.input.depth();
        if self.input.eat("<!--") {
            let comment = self.input.until("-->")?;
            if comment.contains("--") || comment.ends_with('-') {
                return Err(self.input.wrong("a comment has `--`"));
            }
            return Ok(true);
        }
        if self.input.eat("<?") {
            return self.input.until("?>").map(|_| true);
        }
        if self.input.eat("<![") {
            return self.section().map(|()| true);
        }
        if self.input.eat("]]>") {
            return match self.included.pop() {
                Some(began) if began == depth => Ok(true),
                _ => Err(self.input.wrong("`]]>` ends nothing that began here")),
            };
        }
        if self.input.at_end() {
            return match self.included.last() {
                None => Ok(false),
                Some(_) => Err(self.input.wrong("a section is not ended with `]]>`")),
            };
        }
        let declare = if self.input.eat("<!ELEMENT") {
            Self::element
        } else if self.input.eat("<!ATTLIST") {
            Self::attribute_list
        } else if self.input.eat("<!ENTITY") {
            Self::entity
        } else if self.input.eat("<!NOTATION") {
            Self::notation
        } else {
            return Err(self.input.wrong("this is no declaration"));
        };
        self.input.need_space()?;
        declare(self)?;
        self.input.space()?;
        self.input.need(">")?;
        if self.input.depth() != depth {
            return Err(self.input.wrong("a declaration ends in another entity than it began in"));
        }
        self.count += 1;
        if self.count > MOST {
            return Err(self.input.wrong(format!("more than {MOST} declarations")));
        }
        Ok(true)
    }

    /// A section that is taken or left out.
    fn section(&mut self) -> Result<(), Error> {
        let depth = self.input.depth();
        self.input.space()?;
        let word = self.input.name()?;
        self.input.space()?;
        self.input.need("[")?;
        match word.as_str() {
            "INCLUDE" => self.included.push(depth),
            "IGNORE" => {
                let mut open = 1;
                while open > 0 {
                    let skipped = self.input.until("]]>")?;
                    open = open - 1 + skipped.matches("<![").count();
                }
            }
            other => {
                return Err(self
                    .input
                    .wrong(format!("a section is INCLUDE or IGNORE, not {}", excerpt(other))));
            }
        }
        Ok(())
    }

    fn element(&mut self) -> Result<(), Error> {
        let name = self.input.name()?;
        self.input.need_space()?;
        let content = content::parse(&mut self.input)?;
        match self.found.elements.insert(name, content) {
            None => Ok(()),
            Some(_) => Err(self.input.wrong("the element is declared twice")),
        }
    }

    fn attribute_list(&mut self) -> Result<(), Error> {
        let element = self.input.name()?;
        loop {
            let spaced = self.input.space()?;
            if self.input.comes(">") {
                return Ok(());
            }
            if !spaced {
                return Err(self.input.wrong("white space is missing"));
            }
            let attribute = self.attribute()?;
            self.count += 1;
            let list = self.found.attributes.entry(element.clone()).or_default();
            if list.len() >= 4_096 {
                return Err(self.input.wrong("more than 4096 attributes of one element"));
            }
            // The first declaration counts.
            if list.iter().any(|known| known.name == attribute.name) {
                continue;
            }
            let second_id = attribute.kind == Kind::Id && list.iter().any(|known| known.kind == Kind::Id);
            if second_id {
                return Err(self.input.wrong(format!("element {} has two IDs", excerpt(&element))));
            }
            list.push(attribute);
        }
    }

    fn attribute(&mut self) -> Result<Attribute, Error> {
        let name = self.input.name()?;
        self.input.need_space()?;
        let kind = self.kind()?;
        self.input.need_space()?;
        let default = if self.input.eat("#REQUIRED") {
            Default::Required
        } else if self.input.eat("#IMPLIED") {
            Default::Implied
        } else {
            let is_fixed = self.input.eat("#FIXED");
            if is_fixed {
                self.input.need_space()?;
            }
            let literal = self.input.literal()?;
            let mut value = self.input.default_value(&literal)?;
            if kind != Kind::Text {
                value = value.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            }
            if !kind.allows(&value) {
                return Err(self.input.wrong(format!(
                    "attribute {} cannot have its default {}",
                    excerpt(&name),
                    excerpt(&value)
                )));
            }
            if is_fixed { Default::Fixed(value) } else { Default::Value(value) }
        };
        Ok(Attribute { name, kind, default })
    }

    fn kind(&mut self) -> Result<Kind, Error> {
        if self.input.eat("(") {
            return self.one_of();
        }
        Ok(match self.input.name()?.as_str() {
            "CDATA" => Kind::Text,
            "ID" => Kind::Id,
            "IDREF" => Kind::IdRef,
            "IDREFS" => Kind::IdRefs,
            "ENTITY" => Kind::Entity,
            "ENTITIES" => Kind::Entities,
            "NMTOKEN" => Kind::Token,
            "NMTOKENS" => Kind::Tokens,
            "NOTATION" => {
                self.input.need_space()?;
                self.input.need("(")?;
                self.one_of()?
            }
            other => {
                return Err(self.input.wrong(format!("{} is no kind of attribute", excerpt(other))));
            }
        })
    }

    fn one_of(&mut self) -> Result<Kind, Error> {
        let mut values = Vec::new();
        let mut seen = BTreeSet::new();
        loop {
            self.input.space()?;
            let value = self.input.token()?;
            self.count += 1;
            if seen.insert(value.clone()) {
                values.push(value);
            }
            self.input.space()?;
            if self.input.eat(")") {
                return Ok(Kind::OneOf(values));
            }
            self.input.need("|")?;
        }
    }

    fn entity(&mut self) -> Result<(), Error> {
        let is_parameter = self.input.eat("%");
        if is_parameter {
            self.input.need_space()?;
        }
        let name = self.input.name()?;
        self.input.need_space()?;
        let entity = if self.external_id()? {
            let spaced = self.input.space()?;
            if !is_parameter && spaced && self.input.eat("NDATA") {
                self.input.need_space()?;
                self.input.name()?;
                Entity::Unparsed
            } else {
                Entity::External
            }
        } else {
            let literal = self.input.literal()?;
            Entity::Internal(self.input.entity_value(&literal)?.into())
        };
        let known = if is_parameter { &mut self.input.parameters } else { &mut self.input.generals };
        // The first declaration counts.
        known.entry(name.into()).or_insert(entity);
        Ok(())
    }

    /// Takes the address of another file, if one comes.
    fn external_id(&mut self) -> Result<bool, Error> {
        let is_public = self.input.eat("PUBLIC");
        if !is_public && !self.input.eat("SYSTEM") {
            return Ok(false);
        }
        self.input.need_space()?;
        self.input.literal()?;
        if is_public {
            self.input.need_space()?;
            self.input.literal()?;
        }
        Ok(true)
    }

    fn notation(&mut self) -> Result<(), Error> {
        self.input.name()?;
        self.input.need_space()?;
        let is_public = self.input.eat("PUBLIC");
        if !is_public && !self.input.eat("SYSTEM") {
            return Err(self.input.wrong("a notation has an address"));
        }
        self.input.need_space()?;
        self.input.literal()?;
        self.input.space()?;
        // A public name may stand alone here.
        if is_public && !self.input.comes(">") {
            self.input.literal()?;
        }
        Ok(())
    }
}

impl Kind {
    /// Whether a normalised value is of this kind.
    fn allows(&self, value: &str) -> bool {
        let all = |is: fn(&str) -> bool| !value.is_empty() && value.split(' ').all(is);
        match self {
            Self::Text => true,
            // An ID that has a default could not be unique.
            Self::Id => false,
            Self::IdRef | Self::Entity => is_name(value),
            Self::IdRefs | Self::Entities => all(is_name),
            Self::Token => is_token(value),
            Self::Tokens => all(is_token),
            Self::OneOf(values) => values.iter().any(|known| known == value),
        }
    }
}

/// Whether it is an NMTOKEN.
pub(super) fn is_token(value: &str) -> bool {
    !value.is_empty() && value.chars().all(is_name_char)
}
