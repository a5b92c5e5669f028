//! A person's browser, as far as this story needs one: it follows redirects
//! and sends forms. Scripts it has none.

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{Method, Request};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use punchout::core::{Limits, Text};
use punchout::oci::profile::Method as FormMethod;
use punchout::oci::{HtmlForm, html_forms};
use url::{Url, form_urlencoded};

use super::pages::AnyError;

/// Redirects in a row before it gives up.
const MOST_REDIRECTS: usize = 5;

pub(crate) struct Browser {
    client: Client<HttpConnector, Full<Bytes>>,
}

/// A page and where it came from.
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) html: String,
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self { client: Client::builder(TokioExecutor::new()).build_http() }
    }

    pub(crate) async fn open(&self, url: &Url) -> Result<Page, AnyError> {
        self.load(Method::GET, url.clone(), None).await
    }

    /// Presses the button of a form.
    pub(crate) async fn submit(&self, page: &Page, form: &HtmlForm) -> Result<Page, AnyError> {
        let mut action = page.url.join(&form.action)?;
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &form.pairs {
            pairs.append_pair(&with_crlf(name), &with_crlf(value));
        }
        let pairs = pairs.finish();
        if form.method == FormMethod::Get {
            action.set_query(Some(&pairs));
            return self.load(Method::GET, action, None).await;
        }
        self.load(Method::POST, action, Some(pairs)).await
    }

    async fn load(
        &self,
        mut method: Method,
        mut url: Url,
        mut body: Option<String>,
    ) -> Result<Page, AnyError> {
        for _ in 0..=MOST_REDIRECTS {
            let mut request = Request::builder().method(method).uri(url.as_str());
            if body.is_some() {
                request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            }
            let request = request.body(Full::from(body.take().unwrap_or_default()))?;
            let answer = self.client.request(request).await?;
            let (head, answer) = answer.into_parts();
            if head.status.is_redirection() {
                let location = head.headers.get(LOCATION).ok_or("a redirect without a target")?;
                url = url.join(location.to_str()?)?;
                method = Method::GET;
                continue;
            }
            let html = String::from_utf8(answer.collect().await?.to_bytes().to_vec())?;
            if !head.status.is_success() {
                let path = url.path();
                return Err(format!("{path} answered {}:\n{html}", head.status).into());
            }
            return Ok(Page { url, html });
        }
        Err(format!("{} redirects again and again", url.path()).into())
    }
}

impl Page {
    /// The forms of the page, filled in as they are.
    pub(crate) fn forms(&self) -> Result<Vec<HtmlForm>, AnyError> {
        Ok(html_forms(&self.html, &Limits::default())?)
    }

    /// The only form of the page.
    pub(crate) fn form(&self) -> Result<HtmlForm, AnyError> {
        let mut forms = self.forms()?.into_iter();
        match (forms.next(), forms.next()) {
            (Some(form), None) => Ok(form),
            _ => Err(format!("{} should have one form", self.url.path()).into()),
        }
    }
}

/// Types a value into an input.
pub(crate) fn fill_in(form: &mut HtmlForm, name: &str, value: &str) -> Result<(), AnyError> {
    let input = form.pairs.iter_mut().find(|(known, _)| *known == name);
    let (_, place) = input.ok_or_else(|| format!("the form has no input {name}"))?;
    *place = Text::from(value);
    Ok(())
}

/// A browser sends each end of line as CR LF, whatever the page has.
fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}
