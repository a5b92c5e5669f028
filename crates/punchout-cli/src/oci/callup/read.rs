//! `punchout oci callup read`

use std::io::{self, Write};
use std::path::Path;

use punchout::core::{All, Diagnostic};
use punchout::oci::{CallUp, CallUpDecoder, Parameter};
use serde::Serialize;

use crate::args::Format;
use crate::args::oci::{CallInput, Read};
use crate::failure::Failure;
use crate::input::Input;
use crate::mask::{self, MASK};
use crate::oci::profiles;
use crate::output::findings::{self, Source};
use crate::output::named::Named;
use crate::output::{self, Verdict, shown};

pub(super) fn run(args: &Read) -> Result<Verdict, Failure> {
    let decoder = CallUpDecoder::new(&*profiles::load(&args.rules.profile)?);
    let input = input(&args.source)?;
    let mut found = All::new();
    let call_up = match shape(args.input, &input.bytes) {
        CallInput::Url => decoder.url(&input.bytes, &mut found),
        CallInput::Query => {
            let query = input.bytes.trim_ascii_end();
            decoder.query(query.strip_prefix(b"?").unwrap_or(query), &mut found)
        }
        CallInput::Form | CallInput::Auto => decoder.body(&input.bytes, &mut found),
    };
    let call_up = call_up.map_err(|source| Failure::Decode { name: input.name.clone(), source })?;
    let document = Document::new(&decoder, &call_up, found.found());
    match args.format {
        Format::Json => {
            output::write_json(&document)?;
            findings::warn_of_dropped(&found);
        }
        Format::Text => {
            let masks = mask::secrets(&decoder, &input.bytes);
            output::write(|out| {
                document.write(out)?;
                let name = input.shown();
                Source { name: &name, bytes: &input.bytes, masks: &masks }.write(&found, out)?;
                writeln!(out, "{name}: {}", findings::summary(&found))
            })?;
        }
    }
    Ok(findings::verdict(&found, args.rules.strict))
}

fn input(source: &str) -> Result<Input, Failure> {
    if starts_like_url(source.as_bytes()) {
        return Ok(Input { name: "<url>".to_owned(), bytes: source.as_bytes().to_vec() });
    }
    let path = Path::new(source);
    if source.contains('=') && !path.exists() {
        // whoever types a body here may type a password, so it is not quoted
        return Err(Failure::Usage(
            "there is no file of this name; a body or a query is read from a file or from standard input"
                .to_owned(),
        ));
    }
    Input::document(path)
}

fn starts_like_url(text: &[u8]) -> bool {
    let starts =
        |scheme: &[u8]| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts(b"http://") || starts(b"https://")
}

fn shape(input: CallInput, bytes: &[u8]) -> CallInput {
    match input {
        CallInput::Auto if starts_like_url(bytes) => CallInput::Url,
        CallInput::Auto if bytes.starts_with(b"?") => CallInput::Query,
        CallInput::Auto => CallInput::Form,
        told => told,
    }
}

/// What is shown of a secret: whether there is one.
fn hidden(secret: &str) -> &'static str {
    if secret.is_empty() { "" } else { MASK }
}

/// A call-up as JSON. Programs read this: keys and their order stay.
#[derive(Debug, Serialize)]
struct Document<'a> {
    hook_url: Option<String>,
    username: Option<&'a str>,
    password: Option<&'static str>,
    language: Option<&'a str>,
    oci_version: Option<&'a str>,
    opi_version: Option<&'a str>,
    charset: Option<&'a str>,
    target: Option<&'a str>,
    return_target: &'a str,
    cancel_url: Option<String>,
    function: Option<JsonFunction<'a>>,
    controls: Named<'a>,
    extra: Named<'a>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Debug, Serialize)]
struct JsonFunction<'a> {
    name: &'a str,
    parameters: Named<'a>,
}

impl<'a> Document<'a> {
    fn new(decoder: &CallUpDecoder, call_up: &'a CallUp, diagnostics: &'a [Diagnostic]) -> Self {
        let address = |address: &Option<_>| address.as_deref().map(|address| mask::masked(decoder, address));
        let named = |parameters: &'a [Parameter]| {
            let value = |parameter: &Parameter| match parameter.value.as_plain() {
                Some(text) => mask::masked(decoder, text),
                None => hidden(parameter.value.expose()).to_owned(),
            };
            parameters.iter().map(|parameter| (parameter.name.as_str(), value(parameter))).collect()
        };
        let controls = call_up.controls.iter();
        Self {
            hook_url: address(&call_up.hook_url),
            username: call_up.username.as_deref(),
            password: call_up.password.as_ref().map(|password| hidden(password.expose())),
            language: call_up.language.as_deref(),
            oci_version: call_up.oci_version.as_deref(),
            opi_version: call_up.opi_version.as_deref(),
            charset: call_up.charset.as_deref(),
            target: call_up.target.as_deref(),
            return_target: call_up.return_target(),
            cancel_url: address(&call_up.cancel_url),
            function: call_up.function.as_ref().map(|call| JsonFunction {
                name: call.function.as_str(),
                parameters: named(&call.parameters),
            }),
            controls: controls.map(|control| (control.name.as_str(), control.value.as_str())).collect(),
            extra: named(&call_up.extra),
            diagnostics,
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let known = [
            ("return address", self.hook_url.as_deref()),
            ("user name", self.username),
            ("password", self.password),
            ("language", self.language),
            ("OCI version", self.oci_version),
            ("OPI version", self.opi_version),
            ("charset", self.charset),
            ("return target", Some(self.return_target)),
            ("cancel address", self.cancel_url.as_deref()),
            ("function", self.function.as_ref().map(|function| function.name)),
        ];
        for (name, value) in known {
            let Some(value) = value else { continue };
            writeln!(out, "{name:<14}  {}", shown(value, MOST))?;
        }
        let own = self.function.iter().flat_map(|function| function.parameters.iter());
        for (name, value) in own.chain(self.controls.iter()).chain(self.extra.iter()) {
            writeln!(out, "  {} = {}", shown(name, MOST), shown(value, MOST))?;
        }
        writeln!(out)
    }
}

/// The most characters of a value that are shown to people.
const MOST: usize = 400;
