#![doc = include_str!("../docs/advice.md")]

mod check;
mod fulfil;
mod order;
mod profile;
mod rule;
mod session;
mod value;

use punchout_core::{Diagnostic, Limits, Sink};

use crate::tree::Tree;
use crate::{Error, xml};

pub use profile::{Limit, Profile, ProfileError};
pub use rule::{Rule, rules};

/// Holds documents against what the guide and a partner ask for beyond the DTD.
///
/// ```
/// use punchout_core::All;
/// use punchout_cxml::advice::Advisor;
///
/// let response = br#"<cXML payloadID="1@example.com" timestamp="2026-03-01T13:05:00Z">
///   <Response><Status code="422" text="Unprocessable"/></Response></cXML>"#;
/// let mut found = All::new();
/// Advisor::new().advise(response, &mut found)?;
/// let codes: Vec<_> = found.found().iter().map(|finding| finding.code.as_str()).collect();
/// assert_eq!(codes, ["CXML-ADV-TIME", "CXML-ADV-STATUS-TEXT", "CXML-ADV-STATUS-CODE"]);
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Advisor {
    profile: Option<Profile>,
    limits: Limits,
}

impl Advisor {
    /// The rules of the guide.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the rules of a partner.
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Sets what a document may cost at most, and how many findings are
    /// reported.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reports what goes against the rules. The document need not be valid.
    ///
    /// The spans of findings are of `bytes`; a document that is not UTF-8 has
    /// findings without spans.
    ///
    /// # Errors
    /// When the bytes are not well-formed XML or go beyond the limits.
    pub fn advise(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<(), Error> {
        self.limits.check_bytes(bytes.len())?;
        let decoded = xml::decode(bytes)?;
        let spans_from = decoded.from.is_none().then_some(decoded.mark);
        let tree = Tree::parse(&decoded.text, self.limits).map_err(|error| error.moved_by(decoded.mark))?;
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut check =
            check::Check::new(self.profile.as_ref(), spans_from, self.limits.diagnostics, &mut found);
        check.mark(decoded.mark);
        check.document(&tree);
        session::check(&mut check, tree.root());
        order::check(&mut check, tree.root());
        fulfil::check(&mut check, tree.root());
        if let Some(profile) = &self.profile {
            profile.check(&mut check, &tree);
        }
        found.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
        for finding in found {
            sink.report(finding);
        }
        Ok(())
    }
}
