//! What the pages of all sites have in common.

use std::error::Error;
use std::fmt;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;

/// Anything that goes wrong.
pub(crate) type AnyError = Box<dyn Error + Send + Sync>;

/// The looks of a site: two sites in one browser should not be mixed up.
pub(crate) struct Site {
    pub(crate) name: &'static str,
    pub(crate) colour: &'static str,
}

impl Site {
    /// A page of the site; `body` is HTML.
    pub(crate) fn page(&self, title: &str, body: &str) -> Html<String> {
        let Self { name, colour } = self;
        let (name, title) = (text(name), text(title));
        Html(format!(
            r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – {name}</title>
<style>:root {{ --site: {colour} }}
{STYLE}</style>
</head>
<body>
<header><a href="/">{name}</a></header>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"#
        ))
    }
}

const STYLE: &str = "\
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #f4f4f2; }
header { padding: .75rem 2rem; font-weight: 600; background: var(--site); }
header a { color: #fff; text-decoration: none; }
main { max-width: 56rem; margin: 2rem auto; padding: 1rem 2rem 2rem; background: #fff; border: 1px solid #ddd; }
h1 { font-size: 1.5rem; margin: .5rem 0 1rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--site); }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
th:last-child, td:last-child { padding-right: 0; }
.reason::first-letter { text-transform: uppercase; }
th { font-size: .85rem; font-weight: 600; color: #555; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.total td { font-weight: 600; border-bottom: 0; }
.small { font-size: .875rem; color: #555; white-space: pre-line; }
code { font-size: .875rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1.5rem; margin: 1rem 0; }
dt { color: #555; }
dd { margin: 0; }
label { display: block; margin: 1rem 0; }
input, select { display: inline-block; padding: .35rem .5rem; font: inherit; border: 1px solid #aaa; border-radius: .25rem; }
input[type=number] { width: 5rem; text-align: right; }
button { margin-top: .5rem; padding: .5rem 1.25rem; font: inherit; color: #fff; background: var(--site);
  border: 0; border-radius: .25rem; cursor: pointer; }
";

/// A price with all its decimals, but at least two.
pub(crate) fn money(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    amount.rescale(amount.scale().max(2));
    amount.to_string()
}

/// Makes text safe between tags and in quoted attributes.
pub(crate) fn text(text: &str) -> Escaped<'_> {
    Escaped(text)
}

/// Text that shows itself escaped.
#[derive(Clone, Copy)]
pub(crate) struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            c => fmt::Write::write_char(f, c),
        })
    }
}

/// Why there is no page, told to the person in front of it.
pub(crate) struct Refusal(AnyError);

impl<E: Into<AnyError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let site = Site { name: "Back to the start", colour: "#8a1f11" };
        let body = format!("<p class=\"reason\">{}.</p>", text(&self.0.to_string()));
        (StatusCode::BAD_REQUEST, site.page("That did not work", &body)).into_response()
    }
}
