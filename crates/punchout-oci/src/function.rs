//! What a call-up asks of the shop beside a shopping trip.

use std::fmt;

use punchout_core::{Amount, Text};

use crate::call_up::Parameter;

/// The value of FUNCTION.
///
/// Read in any case. A value that OCI does not know is kept as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Function {
    /// `DETAIL`: the page of one product.
    Detail,
    /// `DETAILADD`: the page of one product, from which it can be returned.
    DetailAdd,
    /// `PRODUCTDETAILS`: what one supplier's guide to OCI 3.0 calls `DETAIL`.
    ProductDetails,
    /// `VALIDATE`: the present data of one product as a return form.
    Validate,
    /// `BACKGROUND_SEARCH`: all hits for a word as a return form.
    BackgroundSearch,
    /// `SOURCING`: the shop's own search page for a word.
    Sourcing,
    /// `DOWNLOADJSON`: the catalogue, page by page (OCI 5.0).
    DownloadJson,
    /// `QUANTITYCHECK`: availability of one product (OCI 5.0).
    QuantityCheck,
    /// Another spelling, as sent.
    #[doc(hidden)]
    Other(Text),
}

impl Function {
    pub(crate) const KNOWN: [Self; 8] = [
        Self::Detail,
        Self::DetailAdd,
        Self::ProductDetails,
        Self::Validate,
        Self::BackgroundSearch,
        Self::Sourcing,
        Self::DownloadJson,
        Self::QuantityCheck,
    ];

    /// The value as OCI spells it, or as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Detail => "DETAIL",
            Self::DetailAdd => "DETAILADD",
            Self::ProductDetails => "PRODUCTDETAILS",
            Self::Validate => "VALIDATE",
            Self::BackgroundSearch => "BACKGROUND_SEARCH",
            Self::Sourcing => "SOURCING",
            Self::DownloadJson => "DOWNLOADJSON",
            Self::QuantityCheck => "QUANTITYCHECK",
            Self::Other(text) => text,
        }
    }

    /// Whether OCI knows it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }

    /// The names of its parameters, the required ones first.
    #[must_use]
    pub fn parameters(&self) -> &'static [&'static str] {
        match self {
            Self::Detail | Self::DetailAdd | Self::ProductDetails => &["PRODUCTID"],
            Self::Validate | Self::QuantityCheck => &["PRODUCTID", "QUANTITY"],
            Self::BackgroundSearch | Self::Sourcing => &["SEARCHSTRING", "VENDOR"],
            Self::DownloadJson => &["PAGESIZE", "REQUESTEDPAGE", "LASTUPDATED", "TRANSACTIONID"],
            Self::Other(_) => &[],
        }
    }

    /// The parameter without which it means nothing.
    #[must_use]
    pub fn required_parameter(&self) -> Option<&'static str> {
        match self {
            Self::Detail | Self::DetailAdd | Self::ProductDetails | Self::Validate => Some("PRODUCTID"),
            Self::BackgroundSearch | Self::Sourcing => Some("SEARCHSTRING"),
            // what QUANTITYCHECK takes is not published
            Self::DownloadJson | Self::QuantityCheck | Self::Other(_) => None,
        }
    }

    /// Whether something comes back to the return address.
    ///
    /// A page that is only looked at and an answer in JSON need none.
    #[must_use]
    pub fn needs_hook_url(&self) -> bool {
        match self {
            Self::Detail
            | Self::DetailAdd
            | Self::ProductDetails
            | Self::DownloadJson
            | Self::QuantityCheck => false,
            Self::Validate | Self::BackgroundSearch | Self::Sourcing | Self::Other(_) => true,
        }
    }

    /// Asks for the page of a product, by the key the shop gave it.
    #[must_use]
    pub fn detail(product_id: impl Into<Text>) -> FunctionCall {
        FunctionCall::new(Self::Detail).with("PRODUCTID", product_id)
    }

    /// Asks for the page of a product from which it can be returned.
    #[must_use]
    pub fn detail_add(product_id: impl Into<Text>) -> FunctionCall {
        FunctionCall::new(Self::DetailAdd).with("PRODUCTID", product_id)
    }

    /// Asks for the present data of a product at this quantity.
    ///
    /// The quantity picks the scale price.
    #[must_use]
    pub fn validate(product_id: impl Into<Text>, quantity: impl Into<Amount>) -> FunctionCall {
        FunctionCall::new(Self::Validate)
            .with("PRODUCTID", product_id)
            .with("QUANTITY", quantity.into().as_sent())
    }

    /// Asks for all hits as a return form; some shops take `*` for all.
    #[must_use]
    pub fn background_search(words: impl Into<Text>) -> FunctionCall {
        FunctionCall::new(Self::BackgroundSearch).with("SEARCHSTRING", words)
    }

    /// Asks for the shop's search page.
    #[must_use]
    pub fn sourcing(words: impl Into<Text>) -> FunctionCall {
        FunctionCall::new(Self::Sourcing).with("SEARCHSTRING", words)
    }

    /// Asks whether a product is available in this quantity.
    ///
    /// OCI 5.0 does not publish the parameters; these are those of `VALIDATE`.
    #[must_use]
    pub fn quantity_check(product_id: impl Into<Text>, quantity: impl Into<Amount>) -> FunctionCall {
        FunctionCall::new(Self::QuantityCheck)
            .with("PRODUCTID", product_id)
            .with("QUANTITY", quantity.into().as_sent())
    }
}

impl From<Text> for Function {
    fn from(text: Text) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| text.trim().eq_ignore_ascii_case(known.as_str()));
        known.unwrap_or(Self::Other(text))
    }
}

impl From<&str> for Function {
    fn from(text: &str) -> Self {
        Self::from(Text::from(text))
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Function {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Function {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(Self::from)
    }
}

/// A function with its parameters.
///
/// ```
/// use punchout_oci::Function;
///
/// let call = Function::validate("4711-A", 25);
/// assert_eq!(call.product_id(), Some("4711-A"));
/// assert_eq!(call.quantity(), Some("25"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FunctionCall {
    /// What is asked for.
    pub function: Function,
    /// The function's own parameters, in their order, named as sent.
    ///
    /// For a function that OCI does not know they cannot be told from the
    /// others and stay among [`CallUp::extra`](crate::CallUp::extra).
    pub parameters: Vec<Parameter>,
}

impl FunctionCall {
    /// Starts without parameters.
    #[must_use]
    pub fn new(function: Function) -> Self {
        Self { function, parameters: Vec::new() }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.parameters.push(Parameter::plain(name, value));
        self
    }

    /// Narrows a search down to one supplier, by the buyer's number for it.
    #[must_use]
    pub fn with_vendor(self, vendor: impl Into<Text>) -> Self {
        self.with("VENDOR", vendor)
    }

    /// The value of a parameter, by its name in any case; `None` if empty.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|parameter| parameter.is(name))?;
        Some(found.value.expose()).filter(|value| !value.trim().is_empty())
    }

    /// PRODUCTID: what the shop sent before as `EXT_PRODUCT_ID`.
    #[must_use]
    pub fn product_id(&self) -> Option<&str> {
        self.parameter("PRODUCTID")
    }

    /// QUANTITY, as sent. Where VALIDATE has none, 1 is meant.
    #[must_use]
    pub fn quantity(&self) -> Option<&str> {
        self.parameter("QUANTITY")
    }

    /// SEARCHSTRING.
    #[must_use]
    pub fn search_string(&self) -> Option<&str> {
        self.parameter("SEARCHSTRING")
    }

    /// VENDOR: the supplier that a search is narrowed down to.
    #[must_use]
    pub fn vendor(&self) -> Option<&str> {
        self.parameter("VENDOR")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_and_unknown_ones_kept() {
        for known in Function::KNOWN {
            assert_eq!(Function::from(known.as_str().to_lowercase().as_str()), known);
            assert!(known.is_known());
            assert!(known.required_parameter().is_none_or(|name| known.parameters().first() == Some(&name)));
        }
        assert_eq!(Function::from(" detail "), Function::Detail);
        let unknown = Function::from("Evaluate");
        assert_eq!((unknown.as_str(), unknown.is_known()), ("Evaluate", false));
    }

    #[test]
    fn parameters_are_spelled_as_the_protocol_has_them() {
        let names =
            |call: FunctionCall| call.parameters.iter().map(|p| p.name.to_string()).collect::<Vec<_>>();
        assert_eq!(names(Function::validate("a", 2)), ["PRODUCTID", "QUANTITY"]);
        assert_eq!(names(Function::background_search("x").with_vendor("7")), ["SEARCHSTRING", "VENDOR"]);
        let exact: Amount = "2.500".parse().unwrap();
        assert_eq!(Function::quantity_check("a", exact).quantity(), Some("2.500"));
        assert_eq!(Function::detail(" ").product_id(), None);
    }
}
