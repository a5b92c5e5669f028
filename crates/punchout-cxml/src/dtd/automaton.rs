//! Content models as deterministic automata.

use super::parse::Particle;

/// A content model as an automaton after Glushkov.
///
/// Its states are the places where a name stands in the model, counted from 1,
/// and 0, the beginning. Being at a place means that its element came last, so
/// a state has one symbol and its successors are told apart by theirs.
#[derive(Debug)]
pub(super) struct Automaton {
    /// The name of each place.
    pub(super) symbols: Vec<u16>,
    /// The places that may follow each state, as ranges from low to high.
    pub(super) follow: Vec<Vec<(u16, u16)>>,
    /// Whether the element may end in each state.
    pub(super) accepts: Vec<bool>,
}

/// Why a content model has no automaton.
pub(super) enum Unfit {
    /// After the same elements this name may stand at two places.
    Ambiguous(u16),
    /// Its places have too many successors.
    Large,
}

/// How many successors the states of one model may have together.
const EDGES: usize = 1 << 20;

impl Automaton {
    /// Builds the automaton of a model.
    pub(super) fn of(model: &Particle, number: &impl Fn(&str) -> u16) -> Result<Self, Unfit> {
        let mut glushkov = Glushkov { symbols: Vec::new(), follow: vec![Vec::new()], edges: 0, number };
        let part = glushkov.part(model)?;
        glushkov.link(&[0], &part.first)?;
        let Glushkov { symbols, follow, .. } = glushkov;
        let mut accepts = vec![false; follow.len()];
        for last in part.last {
            if let Some(accepts) = accepts.get_mut(usize::from(last)) {
                *accepts = true;
            }
        }
        if let (true, Some(accepts)) = (part.is_optional, accepts.first_mut()) {
            *accepts = true;
        }
        let symbol = |place: u16| symbols.get(usize::from(place) - 1).copied().unwrap_or(u16::MAX);
        let mut ranges = Vec::with_capacity(follow.len());
        for mut places in follow {
            places.sort_unstable();
            places.dedup();
            let mut names: Vec<u16> = places.iter().map(|&place| symbol(place)).collect();
            names.sort_unstable();
            if let Some(twice) = names.windows(2).find_map(|pair| match pair {
                [one, other] if one == other => Some(*one),
                _ => None,
            }) {
                return Err(Unfit::Ambiguous(twice));
            }
            ranges.push(as_ranges(&places));
        }
        Ok(Self { symbols, follow: ranges, accepts })
    }

    /// The automaton of elements in any order, any number of times.
    pub(super) fn mixed(symbols: Vec<u16>) -> Self {
        let places = u16::try_from(symbols.len()).unwrap_or(u16::MAX);
        let all = if places == 0 { vec![] } else { vec![(1, places + 1)] };
        Self { follow: vec![all; symbols.len() + 1], accepts: vec![true; symbols.len() + 1], symbols }
    }
}

/// Sorted places as ranges, each with the first place after it.
fn as_ranges(places: &[u16]) -> Vec<(u16, u16)> {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for &place in places {
        match ranges.last_mut() {
            Some((_, end)) if *end == place => *end += 1,
            _ => ranges.push((place, place + 1)),
        }
    }
    ranges
}

/// Where a part of the model may begin and end.
struct Part {
    first: Vec<u16>,
    last: Vec<u16>,
    is_optional: bool,
}

struct Glushkov<'n, N> {
    symbols: Vec<u16>,
    follow: Vec<Vec<u16>>,
    edges: usize,
    number: &'n N,
}

impl<N: Fn(&str) -> u16> Glushkov<'_, N> {
    // The parser limits how deep a model is.
    fn part(&mut self, model: &Particle) -> Result<Part, Unfit> {
        Ok(match model {
            Particle::Name(name) => {
                self.symbols.push((self.number)(name));
                self.follow.push(Vec::new());
                let place = u16::try_from(self.symbols.len()).map_err(|_| Unfit::Large)?;
                Part { first: vec![place], last: vec![place], is_optional: false }
            }
            Particle::Sequence(parts) => {
                let mut whole = Part { first: Vec::new(), last: Vec::new(), is_optional: true };
                for part in parts {
                    let part = self.part(part)?;
                    self.link(&whole.last, &part.first)?;
                    if whole.is_optional {
                        whole.first.extend(&part.first);
                    }
                    if !part.is_optional {
                        whole.last.clear();
                    }
                    whole.last.extend(part.last);
                    whole.is_optional &= part.is_optional;
                }
                whole
            }
            Particle::Choice(parts) => {
                let mut whole = Part { first: Vec::new(), last: Vec::new(), is_optional: false };
                for part in parts {
                    let part = self.part(part)?;
                    whole.first.extend(part.first);
                    whole.last.extend(part.last);
                    whole.is_optional |= part.is_optional;
                }
                whole
            }
            Particle::Optional(part) => Part { is_optional: true, ..self.part(part)? },
            Particle::OneOrMany(part) => self.repeated(part)?,
            Particle::Many(part) => Part { is_optional: true, ..self.repeated(part)? },
        })
    }

    fn repeated(&mut self, part: &Particle) -> Result<Part, Unfit> {
        let part = self.part(part)?;
        self.link(&part.last, &part.first)?;
        Ok(part)
    }

    fn link(&mut self, from: &[u16], to: &[u16]) -> Result<(), Unfit> {
        self.edges += from.len() * to.len();
        if self.edges > EDGES {
            return Err(Unfit::Large);
        }
        for &place in from {
            if let Some(follow) = self.follow.get_mut(usize::from(place)) {
                follow.extend(to);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtd::parse::{self, Content};

    fn automaton(model: &str) -> Result<Automaton, Unfit> {
        let declarations = parse::parse(&format!("<!ELEMENT x {model}>")).unwrap();
        let Content::Children(model) = &declarations.elements["x"] else { panic!("{declarations:?}") };
        Automaton::of(model, &|name| u16::from(name.as_bytes()[0]))
    }

    fn accepts(model: &str, children: &str) -> bool {
        let automaton = automaton(model).unwrap_or_else(|_| panic!("{model}"));
        let mut state = 0;
        for child in children.bytes() {
            let ranges = automaton.follow[state].iter().flat_map(|&(from, to)| from..to);
            let mut next =
                ranges.filter(|&place| automaton.symbols[usize::from(place) - 1] == u16::from(child));
            let Some(place) = next.next() else { return false };
            state = place.into();
        }
        automaton.accepts[state]
    }

    #[test]
    fn accepts_what_the_model_says() {
        for (model, yes, no) in [
            ("(a)", "a", " aa b"),
            ("(a,b?,c*)", "a ab abc accc", " b ba acb abb"),
            ("(a|b)+", "a b abba", " c abc"),
            ("((a+,b?)|c)", "a aab c", " ac b cc"),
            ("((a,(b|c))|d),e*", "ab ac d dee abe", "a bc ad e"),
            ("(a?,b?)*", " a b ab ba aabb", "c abc"),
            ("(a,b)+,c?", "ab ababc", "aba abcab"),
        ] {
            let model = format!("({model})");
            for children in yes.split(' ') {
                assert!(accepts(&model, children), "{model}: {children}");
            }
            for children in no.split(' ').filter(|children| !children.is_empty()) {
                assert!(!accepts(&model, children), "{model}: {children}");
            }
        }
        assert!(!accepts("(a)", "") && accepts("(a?)", ""));
    }

    #[test]
    fn refuses_what_is_ambiguous() {
        for model in ["(a?,a)", "((a,b)|(a,c))", "((a|b)*,a)"] {
            assert!(matches!(automaton(model), Err(Unfit::Ambiguous(_))), "{model}");
        }
    }
}
