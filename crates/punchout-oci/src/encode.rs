//! Writing what a shop returns.

mod pairs;
mod xml;

use std::borrow::Cow;

use encoding_rs::Encoding;
use punchout_core::{Sink, Text, excerpt};

use crate::basket::{Basket, Control};
use crate::call_up::CallUp;
use crate::decode::Decoder;
use crate::error::Error;
use crate::markup::{self, FormPage};
use crate::name::{self, FieldName, Index, ItemName};
use crate::pairs::percent_encode;
use crate::profile::{Method, Profile};
use crate::report::{At, Levels, Reporter};
use crate::rule::Rule;

/// Writes baskets by the rules of a profile.
///
/// Output is strict: items counted without a gap, numbers with three decimals,
/// the canonical name of the long text, a DESCRIPTION that is too long cut on
/// a character boundary with the whole of it in the long text. What was
/// changed, and what is wrong with the basket itself, goes to the sink; the
/// rules are those of [`Decoder`], which reads the output once.
///
/// ```
/// use punchout_core::All;
/// use punchout_oci::{Basket, Encoder, Item, Profile, ReturnTo};
/// use punchout_oci::markup::FormPage;
///
/// let bolt = Item::new("Bolt M8 \"long\"", 200, "PCE")
///     .with_price("12.50".parse::<punchout_core::Amount>()?, "EUR", 100)
///     .with_article("4711");
/// let to = ReturnTo::new("https://erp.example/return?session=1");
/// let mut found = All::new();
/// let page = Encoder::new(Profile::strict())
///     .page(&Basket::new(vec![bolt]), &to, &FormPage::new("Return", "Continue"), &mut found)?;
/// assert!(page.contains(r#"name="NEW_ITEM-PRICE[1]" value="12.500""#));
/// assert!(page.contains(r#"value="Bolt M8 &quot;long&quot;""#));
/// assert!(found.found().is_empty(), "{:?}", found.found());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Encoder {
    profile: Profile,
    levels: Levels,
    checker: Decoder,
}

/// Where a basket goes and what goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReturnTo {
    /// The return address, opaque: it is not interpreted or changed.
    pub hook_url: Text,
    /// The method; `None` takes the profile's.
    pub method: Option<Method>,
    /// The frame; `None` takes the profile's.
    pub target: Option<Text>,
    /// The charset that the form is sent in; `None` takes the profile's.
    pub charset: Option<Text>,
    /// The controls of the call-up to send back, such as `~OkCode`.
    pub controls: Vec<Control>,
}

impl ReturnTo {
    /// Returns to an address.
    #[must_use]
    pub fn new(hook_url: impl Into<Text>) -> Self {
        Self { hook_url: hook_url.into(), method: None, target: None, charset: None, controls: Vec::new() }
    }

    /// Returns to where a call-up came from, as it asks to.
    ///
    /// # Errors
    /// When the call-up has no return address.
    pub fn of(call_up: &CallUp) -> Result<Self, Error> {
        let hook_url = call_up
            .hook_url
            .clone()
            .ok_or_else(|| Error::misuse("the call-up has no HOOK_URL, so there is nowhere to return to"))?;
        Ok(Self {
            hook_url,
            method: None,
            target: Some(call_up.return_target().into()),
            charset: call_up.charset().map(Text::from),
            controls: call_up.echo().cloned().collect(),
        })
    }

    /// Sets the method.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }
}

impl Encoder {
    /// Writes by the rules of this profile.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        Self { levels: Levels::of(profile), checker: Decoder::new(profile), profile: profile.clone() }
    }

    /// Writes by OCI 4.0.
    #[must_use]
    pub fn strict() -> Self {
        Self::new(Profile::strict())
    }

    /// Writes names and values, the basket's controls first.
    ///
    /// # Errors
    /// When an extra field has the name of an OCI field, or one that cannot be
    /// told apart from its index.
    pub fn pairs(&self, basket: &Basket, sink: &mut dyn Sink) -> Result<Vec<(String, String)>, Error> {
        let mut out: Vec<(String, String)> = basket
            .controls
            .iter()
            .map(|control| (control.name.to_string(), control.value.to_string()))
            .collect();
        self.item_pairs(basket, &mut out, &mut Reporter::new(sink, &self.levels))?;
        self.checker.pairs(out.iter().map(|(name, value)| (name, value)), sink)?;
        Ok(out)
    }

    /// Writes a url-encoded body in the charset that was asked for.
    ///
    /// A character that the charset lacks becomes a character reference, as
    /// browsers do it, and is reported.
    ///
    /// # Errors
    /// As for [`Encoder::pairs`]; also when the charset is not known.
    pub fn body(&self, basket: &Basket, to: &ReturnTo, sink: &mut dyn Sink) -> Result<String, Error> {
        let pairs = self.all_pairs(basket, to, sink)?;
        self.url_encode(&pairs, to, sink)
    }

    /// Writes the page that sends the basket through the user's browser.
    ///
    /// The page is UTF-8; the browser converts to the form's charset.
    ///
    /// # Errors
    /// As for [`Encoder::body`].
    pub fn page(
        &self,
        basket: &Basket,
        to: &ReturnTo,
        page: &FormPage,
        sink: &mut dyn Sink,
    ) -> Result<String, Error> {
        let pairs = self.all_pairs(basket, to, sink)?;
        self.write_page(&pairs, to, page)
    }

    /// Writes the XML variant's pairs: the document in base64, and its type.
    ///
    /// # Errors
    /// When a text has a character that XML cannot hold.
    pub fn xml_pairs(&self, basket: &Basket, sink: &mut dyn Sink) -> Result<Vec<(String, String)>, Error> {
        let document = self.xml(basket, sink)?;
        let mut out: Vec<(String, String)> = basket
            .controls
            .iter()
            .map(|control| (control.name.to_string(), control.value.to_string()))
            .collect();
        out.extend(xml::embed(&document));
        Ok(out)
    }

    /// Writes the page of the XML variant.
    ///
    /// # Errors
    /// As for [`Encoder::xml_pairs`].
    pub fn xml_page(
        &self,
        basket: &Basket,
        to: &ReturnTo,
        page: &FormPage,
        sink: &mut dyn Sink,
    ) -> Result<String, Error> {
        let mut pairs = self.lead(basket, to);
        pairs.extend(xml::embed(&self.xml(basket, sink)?));
        self.write_page(&pairs, to, page)
    }

    fn method(&self, to: &ReturnTo) -> Method {
        to.method.unwrap_or(self.profile.encode.method)
    }

    /// A browser drops the query of a GET form's address, so there its
    /// parameters must become inputs.
    fn splits(&self, to: &ReturnTo) -> bool {
        self.profile.encode.split_hook_query || self.method(to) == Method::Get
    }

    /// The pairs before the items: the address's own, then the controls.
    fn lead(&self, basket: &Basket, to: &ReturnTo) -> Vec<(String, String)> {
        let mut out = Vec::new();
        if self.splits(to)
            && let Some((_, query)) = split_address(&to.hook_url)
        {
            let (query, _) = query.split_once('#').unwrap_or((query, ""));
            out.extend(url::form_urlencoded::parse(query.as_bytes()).into_owned());
        }
        let pair = |control: &Control| (control.name.to_string(), control.value.to_string());
        if self.profile.encode.echo_controls {
            out.extend(to.controls.iter().map(pair));
        }
        // what the call-up says counts more than what the basket came with
        let own = basket.controls.iter().filter(|control| {
            !out.iter().any(|(name, _): &(String, String)| name.eq_ignore_ascii_case(&control.name))
        });
        let own: Vec<_> = own.map(pair).collect();
        out.extend(own);
        out
    }

    fn all_pairs(
        &self,
        basket: &Basket,
        to: &ReturnTo,
        sink: &mut dyn Sink,
    ) -> Result<Vec<(String, String)>, Error> {
        let mut out = self.lead(basket, to);
        let lead = out.len();
        self.item_pairs(basket, &mut out, &mut Reporter::new(sink, &self.levels))?;
        let items = out.get(lead..).unwrap_or_default();
        self.checker.pairs(items.iter().map(|(name, value)| (name, value)), sink)?;
        Ok(out)
    }

    fn charset(&self, to: &ReturnTo) -> Result<&'static Encoding, Error> {
        let label = to.charset.as_deref().unwrap_or(&self.profile.encode.charset);
        let encoding = Encoding::for_label(label.trim().as_bytes())
            .ok_or_else(|| Error::misuse(format!("charset {} is not known; use utf-8", excerpt(label))))?;
        Ok(encoding.output_encoding())
    }

    fn url_encode(
        &self,
        pairs: &[(String, String)],
        to: &ReturnTo,
        sink: &mut dyn Sink,
    ) -> Result<String, Error> {
        let encoding = self.charset(to)?;
        let mut reporter = Reporter::new(sink, &self.levels);
        let mut out = String::new();
        for (name, value) in pairs {
            if !out.is_empty() {
                out.push('&');
            }
            for (text, after) in [(name, "="), (value, "")] {
                let (bytes, _, is_lossy) = encoding.encode(text);
                if is_lossy {
                    reporter.report(Rule::OutCharset, place(name), None, || {
                        format!("{} has characters that {} lacks", excerpt(text), encoding.name())
                    });
                }
                percent_encode(&bytes, &mut out);
                out.push_str(after);
            }
        }
        Ok(out)
    }

    fn write_page(
        &self,
        pairs: &[(String, String)],
        to: &ReturnTo,
        page: &FormPage,
    ) -> Result<String, Error> {
        let accept_charset = self.charset(to)?.name().to_ascii_lowercase();
        let action = match split_address(&to.hook_url) {
            Some((address, query)) if self.splits(to) => match query.split_once('#') {
                Some((_, fragment)) => Cow::Owned(format!("{address}#{fragment}")),
                None => Cow::Borrowed(address),
            },
            _ => Cow::Borrowed(to.hook_url.as_str()),
        };
        let form = markup::Form {
            method: self.method(to),
            action: &action,
            target: Some(to.target.as_deref().unwrap_or(&self.profile.encode.target)),
            accept_charset: &accept_charset,
        };
        let mut out = String::new();
        page.write(&mut out, "utf-8", &form, |out| {
            for (name, value) in pairs {
                markup::hidden(out, name, value);
            }
        });
        Ok(out)
    }
}

/// What a pair that was just written is about.
fn place(name: &str) -> At<'_> {
    match name::parse(name) {
        Some(ItemName { field, index: Index::Number(index), .. }) => match field {
            FieldName::Known(field) => At::Field(index, field),
            FieldName::Unknown(own) => At::Extra(index, name.get(own).unwrap_or_default()),
        },
        _ => At::Control(name),
    }
}

/// Splits an address at its query; `None` when it has none.
fn split_address(address: &str) -> Option<(&str, &str)> {
    let (before, query) = address.split_once('?')?;
    // a question mark in the fragment starts no query
    (!before.contains('#')).then_some((before, query))
}
