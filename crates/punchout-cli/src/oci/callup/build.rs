//! `punchout oci callup build`

use std::env;
use std::path::Path;

use punchout::core::{Secret, Text};
use punchout::oci::markup::FormPage;
use punchout::oci::profile::Method;
use punchout::oci::{CallUp, CallUpEncoder, Function, FunctionCall, Parameter};

use crate::args::oci::{Build, CallFormat, CallMethod};
use crate::failure::Failure;
use crate::input::Input;
use crate::oci::profiles;
use crate::output::{self, Verdict};

pub(super) fn run(args: Build) -> Result<Verdict, Failure> {
    let profile = profiles::load(&args.profile)?;
    let (method, format) = way(&args, profile.call_up.method)?;
    let shop = args.url.clone();
    let encoder = CallUpEncoder::new(&profile).with_method(method);
    let call_up = call_up(args)?;
    let page = FormPage::new("To the shop", "Continue");
    let written = match format {
        CallFormat::Url => encoder.url(&call_up, &shop).map(|url| Secret::new(url.expose())),
        CallFormat::Body => encoder.body(&call_up),
        CallFormat::Html => encoder.page(&call_up, &shop, &page),
    };
    let written = written.map_err(Failure::CallUp)?;
    output::write(|out| writeln!(out, "{}", written.expose().trim_end()))?;
    Ok(Verdict::Good)
}

/// The method and what to write: what is not said follows from what is.
fn way(args: &Build, usual: Method) -> Result<(Method, CallFormat), Failure> {
    let method = match (args.method, args.format) {
        (Some(CallMethod::Get), Some(CallFormat::Body)) => {
            return Err(Failure::Usage(
                "a GET has no body: leave --method out, or take --format url".to_owned(),
            ));
        }
        (Some(CallMethod::Post), Some(CallFormat::Url)) => {
            return Err(Failure::Usage(
                "the URL of a POST holds no parameters: leave --method out, or take --format body".to_owned(),
            ));
        }
        (Some(CallMethod::Get), _) | (None, Some(CallFormat::Url)) => Method::Get,
        (Some(CallMethod::Post), _) | (None, Some(CallFormat::Body)) => Method::Post,
        (None, _) => usual,
    };
    let usual = if method == Method::Get { CallFormat::Url } else { CallFormat::Body };
    Ok((method, args.format.unwrap_or(usual)))
}

fn call_up(args: Build) -> Result<CallUp, Failure> {
    let password = match (&args.password_env, &args.password_file) {
        (Some(variable), _) => Some(secret_of_environment(variable)?),
        (None, Some(path)) => Some(secret_of_file(path)?),
        (None, None) => None,
    };
    let function = function(&args)?;
    let mut call_up = CallUp::default();
    call_up.hook_url = args.hook_url.map(Text::from);
    call_up.username = args.user.map(Text::from);
    call_up.password = password;
    call_up.language = args.language.map(Text::from);
    call_up.charset = args.charset.map(Text::from);
    call_up.target = args.target.map(Text::from);
    call_up.cancel_url = args.cancel_url.map(Text::from);
    call_up.function = function;
    for (name, value) in args.param {
        let parameter = Parameter::new(name.as_str(), value);
        if parameter.value.is_secret() {
            return Err(Failure::Usage(format!(
                "{name} is the name of a secret: put the value into an environment variable and take \
                 --param-env {name}=VARIABLE"
            )));
        }
        call_up.extra.push(parameter);
    }
    for (name, variable) in args.param_env {
        call_up.extra.push(Parameter::secret(name, secret_of_environment(&variable)?));
    }
    Ok(call_up)
}

fn function(args: &Build) -> Result<Option<FunctionCall>, Failure> {
    let Some(name) = &args.function else { return Ok(None) };
    let mut call = FunctionCall::new(Function::from(name.as_str()));
    for (option, name, value) in [
        ("--product-id", "PRODUCTID", &args.product_id),
        ("--quantity", "QUANTITY", &args.quantity),
        ("--search", "SEARCHSTRING", &args.search),
        ("--vendor", "VENDOR", &args.vendor),
    ] {
        let Some(value) = value else { continue };
        if call.function.is_known() && !call.function.parameters().contains(&name) {
            return Err(Failure::Usage(format!(
                "{option} is no parameter of {}: leave it out, or take --param {name}=…",
                call.function
            )));
        }
        call = call.with(name, value.as_str());
    }
    Ok(Some(call))
}

fn secret_of_environment(variable: &str) -> Result<Secret, Failure> {
    match env::var(variable) {
        Ok(value) => Ok(Secret::new(value)),
        // the error of the standard library would show what it found
        Err(env::VarError::NotUnicode(_)) => {
            Err(Failure::Usage(format!("the environment variable {variable} is no UTF-8")))
        }
        Err(env::VarError::NotPresent) => {
            Err(Failure::Usage(format!("the environment variable {variable} is not set")))
        }
    }
}

fn secret_of_file(path: &Path) -> Result<Secret, Failure> {
    let Input { name, bytes } = Input::note(path)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Usage(format!("the password in {name} is no UTF-8")))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.contains('\n') {
        return Err(Failure::Usage(format!("{name} holds more than one line, so it is no password")));
    }
    Ok(Secret::new(text))
}
