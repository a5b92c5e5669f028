//! The page that sends a form.

use punchout_core::html::{attribute, escape};
use punchout_core::{Text, excerpt};

use super::{Field, pair};
use crate::Error;

/// The page around the field: what a person sees and who sends it.
///
/// The page is UTF-8 and posts one hidden field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Page {
    /// The language of title, text and button: `en`.
    pub language: Text,
    /// The title of the page.
    pub title: Text,
    /// A sentence above the button; empty for none.
    pub text: Text,
    /// What is written on the button.
    pub button: Text,
    /// Who sends the form.
    pub submit: Submit,
    /// The frame that the answer is shown in: the whole window, because shops
    /// are shown in frames of the buyer's system; empty for the page's own.
    pub target: Text,
    /// The nonce of the site's Content-Security-Policy, which the script needs
    /// where the policy forbids inline scripts.
    pub nonce: Option<Text>,
}

/// Who sends the form of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Submit {
    /// A script, at once; the button is there in case it does not run.
    #[default]
    Script,
    /// The person, with the button.
    Button,
}

impl Page {
    /// A page in English that is sent by its script.
    pub fn new(title: impl Into<Text>, button: impl Into<Text>) -> Self {
        Self {
            language: Text::from("en"),
            title: title.into(),
            text: Text::EMPTY,
            button: button.into(),
            submit: Submit::default(),
            target: Text::from("_top"),
            nonce: None,
        }
    }

    /// Writes the page that takes a document to the address in
    /// `BrowserFormPost`.
    ///
    /// The address is the buyer's word. Whoever writes pages for many buyers
    /// holds it against the hosts known of this one.
    ///
    /// # Errors
    /// As [`pair`](super::pair); also when the address is not one of `https` or
    /// `http`, so that no script can hide in it.
    pub fn write(&self, address: &str, field: Field, document: &[u8]) -> Result<String, Error> {
        let address = address.trim();
        let is = |scheme: &str| address.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
        if !(is("https://") || is("http://")) {
            let message = format!("{} is no address of https", excerpt(address));
            return Err(Error::unwritable("BrowserFormPost".into(), message));
        }
        let (name, value) = pair(field, document)?;
        let mut out = String::with_capacity(value.len() + value.len() / 4 + 1024);
        out.push_str("<!DOCTYPE html>\n<html");
        attribute(&mut out, "lang", &self.language);
        out.push_str(
            ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"robots\" content=\"noindex\">\n<title>",
        );
        escape(&mut out, &self.title);
        out.push_str("</title>\n</head>\n<body>\n");
        if !self.text.is_empty() {
            out.push_str("<p>");
            escape(&mut out, &self.text);
            out.push_str("</p>\n");
        }
        out.push_str("<form method=\"post\"");
        attribute(&mut out, "action", address);
        if !self.target.is_empty() {
            attribute(&mut out, "target", &self.target);
        }
        out.push_str(" accept-charset=\"utf-8\">\n<input type=\"hidden\"");
        attribute(&mut out, "name", name);
        attribute(&mut out, "value", &value);
        // the button has no name, so that it adds no field
        out.push_str(">\n<button type=\"submit\">");
        escape(&mut out, &self.button);
        out.push_str("</button>\n</form>\n");
        if self.submit == Submit::Script {
            out.push_str("<script");
            if let Some(nonce) = &self.nonce {
                attribute(&mut out, "nonce", nonce);
            }
            out.push_str(">document.forms[0].submit();</script>\n");
        }
        out.push_str("</body>\n</html>\n");
        Ok(out)
    }
}
