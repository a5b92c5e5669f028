//! The HTML page that carries a form from one site to the other.
//!
//! Both legs of OCI travel through the user's browser as a form of hidden
//! inputs: the call-up to the shop, the basket back to the buyer.

use std::fmt::Write as _;

use punchout_core::Text;
use punchout_core::html::{attribute, escape};

use crate::profile::Method;

/// The page around a form: what a person sees and how the form is sent.
///
/// ```
/// use punchout_oci::markup::{FormPage, Submit};
///
/// let mut page = FormPage::new("Naar de winkel", "Verder");
/// page.language = "nl".into();
/// page.submit = Submit::Button;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormPage {
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
    /// A script, at once; nothing is visible unless scripts are switched off.
    /// An answer to VALIDATE has to be like this.
    Silent,
    /// The person, with the button. An answer to `BACKGROUND_SEARCH` has to be
    /// like this.
    Button,
}

impl FormPage {
    /// A page in English that is sent by its script.
    #[must_use]
    pub fn new(title: impl Into<Text>, button: impl Into<Text>) -> Self {
        Self {
            language: Text::from("en"),
            title: title.into(),
            text: Text::EMPTY,
            button: button.into(),
            submit: Submit::default(),
            nonce: None,
        }
    }

    /// Writes the page; `inputs` adds the hidden inputs with [`hidden`].
    ///
    /// `charset` goes into the page's own declaration. Whoever sends the page
    /// in another charset than UTF-8 encodes the text accordingly.
    pub(crate) fn write(
        &self,
        out: &mut String,
        charset: &str,
        form: &Form<'_>,
        inputs: impl FnOnce(&mut String),
    ) {
        out.push_str("<!DOCTYPE html>\n<html");
        attribute(out, "lang", &self.language);
        out.push_str(">\n<head>\n<meta");
        attribute(out, "charset", charset);
        out.push_str(">\n<meta name=\"robots\" content=\"noindex\">\n<title>");
        escape(out, &self.title);
        out.push_str("</title>\n</head>\n<body>\n");
        if self.submit != Submit::Silent && !self.text.is_empty() {
            out.push_str("<p>");
            escape(out, &self.text);
            out.push_str("</p>\n");
        }
        form.open(out);
        inputs(out);
        let (before, after) = match self.submit {
            Submit::Silent => ("<noscript>", "</noscript>"),
            Submit::Script | Submit::Button => ("", ""),
        };
        // without a name, so that it adds no pair to the form
        let _ = write!(out, "{before}<button type=\"submit\">");
        escape(out, &self.button);
        let _ = write!(out, "</button>{after}\n</form>\n");
        if self.submit != Submit::Button {
            out.push_str("<script");
            if let Some(nonce) = &self.nonce {
                attribute(out, "nonce", nonce);
            }
            // through the prototype: an input may be named `submit`
            out.push_str(">HTMLFormElement.prototype.submit.call(document.forms[0]);</script>\n");
        }
        out.push_str("</body>\n</html>\n");
    }
}

/// Where a form goes and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form<'a> {
    pub(crate) method: Method,
    pub(crate) action: &'a str,
    /// The frame that the answer is shown in.
    pub(crate) target: Option<&'a str>,
    pub(crate) accept_charset: &'a str,
}

impl Form<'_> {
    /// Writes the opening tag.
    pub(crate) fn open(&self, out: &mut String) {
        out.push_str("<form");
        let method = match self.method {
            Method::Get => "get",
            Method::Post => "post",
        };
        attribute(out, "method", method);
        attribute(out, "action", self.action);
        if let Some(target) = self.target {
            attribute(out, "target", target);
        }
        attribute(out, "accept-charset", self.accept_charset);
        out.push_str(">\n");
    }
}

/// Writes a hidden input, as one line.
pub(crate) fn hidden(out: &mut String, name: &str, value: &str) {
    out.push_str("<input type=\"hidden\"");
    attribute(out, "name", name);
    attribute(out, "value", value);
    out.push_str(">\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(submit: Submit) -> String {
        let mut page = FormPage::new("A & B", "Go \"on\"");
        page.text = "One <moment>".into();
        page.submit = submit;
        let form = Form {
            method: Method::Post,
            action: "https://x.example/?a=1&b='2'",
            target: Some("_top"),
            accept_charset: "utf-8",
        };
        let mut out = String::new();
        page.write(&mut out, "utf-8", &form, |out| {
            hidden(out, "NEW_ITEM-DESCRIPTION[1]", "19\" <Rack>\r\n& 'more'");
        });
        out
    }

    #[test]
    fn escapes_everything_it_is_given() {
        let page = page(Submit::Script);
        for line in [
            "<title>A &amp; B</title>",
            r#"<meta charset="utf-8">"#,
            "<p>One &lt;moment&gt;</p>",
            r#"<form method="post" action="https://x.example/?a=1&amp;b=&#39;2&#39;" target="_top" accept-charset="utf-8">"#,
            r#"<input type="hidden" name="NEW_ITEM-DESCRIPTION[1]" value="19&quot; &lt;Rack&gt;&#13;"#,
            r#"&amp; &#39;more&#39;">"#,
            r#"<button type="submit">Go &quot;on&quot;</button>"#,
        ] {
            assert!(page.lines().any(|there| there == line), "{line}\nnot in\n{page}");
        }
    }

    #[test]
    fn each_way_of_sending() {
        let (script, silent, button) = (page(Submit::Script), page(Submit::Silent), page(Submit::Button));
        assert!(script.contains("<script>") && script.contains("\n<button"));
        assert!(
            silent.contains("<script>") && silent.contains("<noscript><button") && !silent.contains("<p>")
        );
        assert!(!button.contains("<script") && button.contains("\n<button"));
    }

    #[test]
    fn a_nonce_goes_with_the_script() {
        let mut page = FormPage::new("t", "b");
        page.nonce = Some("r4nd0m".into());
        let form =
            Form { method: Method::Get, action: "https://x.example/", target: None, accept_charset: "utf-8" };
        let mut out = String::new();
        page.write(&mut out, "utf-8", &form, |_| {});
        assert!(out.contains(r#"<script nonce="r4nd0m">"#), "{out}");
        assert!(
            out.contains(r#"<form method="get" action="https://x.example/" accept-charset="utf-8">"#),
            "{out}"
        );
    }
}
