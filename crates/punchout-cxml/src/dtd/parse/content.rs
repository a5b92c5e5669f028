use std::collections::BTreeSet;

use super::input::Input;
use super::{Content, Particle};
use crate::Error;

/// How deep groups may lie in each other.
const DEPTH: usize = 64;
/// How many names one content model may have.
const NAMES: usize = 4_096;

/// Reads what an element may hold.
pub(super) fn parse(input: &mut Input<'_>) -> Result<Content, Error> {
    if input.eat("EMPTY") {
        return Ok(Content::Empty);
    }
    if input.eat("ANY") {
        return Ok(Content::Any);
    }
    input.need("(")?;
    input.space()?;
    if input.eat("#PCDATA") {
        return mixed(input);
    }
    let mut names = 0;
    group(input, 1, &mut names).map(Content::Children)
}

fn mixed(input: &mut Input<'_>) -> Result<Content, Error> {
    let mut names = Vec::new();
    let mut seen = BTreeSet::new();
    loop {
        input.space()?;
        if input.eat(")") {
            break;
        }
        input.need("|")?;
        input.space()?;
        let name = input.name()?;
        if !seen.insert(name.clone()) {
            return Err(input.wrong(format!("`{name}` is there twice")));
        }
        names.push(name);
        if names.len() > NAMES {
            return Err(input.wrong(format!("more than {NAMES} names in one content model")));
        }
    }
    if !input.eat("*") && !names.is_empty() {
        return Err(input.wrong("elements beside text need a `*`"));
    }
    Ok(Content::Mixed(names))
}

/// Reads a group whose `(` was taken.
fn group(input: &mut Input<'_>, depth: usize, names: &mut usize) -> Result<Particle, Error> {
    if depth > DEPTH {
        return Err(input.wrong(format!("more than {DEPTH} groups lie in each other")));
    }
    let mut parts = Vec::new();
    let mut separator = None;
    loop {
        input.space()?;
        parts.push(if input.eat("(") {
            group(input, depth + 1, names)?
        } else {
            *names += 1;
            if *names > NAMES {
                return Err(input.wrong(format!("more than {NAMES} names in one content model")));
            }
            let name = input.name()?;
            repeated(input, Particle::Name(name))
        });
        input.space()?;
        if input.eat(")") {
            break;
        }
        let next = if input.eat("|") { "|" } else { "," };
        if next == "," {
            input.need(",")?;
        }
        if *separator.get_or_insert(next) != next {
            return Err(input.wrong("a group mixes `,` and `|`"));
        }
    }
    let group = if separator == Some("|") { Particle::Choice(parts) } else { Particle::Sequence(parts) };
    Ok(repeated(input, group))
}

fn repeated(input: &mut Input<'_>, part: Particle) -> Particle {
    if input.eat("?") {
        Particle::Optional(Box::new(part))
    } else if input.eat("*") {
        Particle::Many(Box::new(part))
    } else if input.eat("+") {
        Particle::OneOrMany(Box::new(part))
    } else {
        part
    }
}
