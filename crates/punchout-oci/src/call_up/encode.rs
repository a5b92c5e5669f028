use std::fmt;

use punchout_core::{Secret, Text};
use url::Url;

use super::names::{Meaning, Names};
use super::parameter::{canonical, is_secret};
use super::{CallUp, Parameter, hook};
use crate::error::Error;
use crate::markup::{self, Form, FormPage};
use crate::pairs::percent_encode;
use crate::profile::{CallUpRules, Method, Profile};

/// Writes call-ups, as a buyer does.
///
/// The profile names the parameters, adds its fixed ones, and says whether
/// secrets may stand in a URL; unless it does, a call-up with a password goes
/// by POST only. What carries secrets comes out as [`Secret`] or
/// [`CallUpUrl`], which do not print.
///
/// Parameters go out in UTF-8, in this order: user name, password, language,
/// function and its parameters, the other parameters, the fixed ones of the
/// profile, versions, charset, target, cancel address, controls, and the
/// return address last, where it survives a shop that does not decode it.
///
/// ```
/// use punchout_oci::markup::FormPage;
/// use punchout_oci::{CallUp, CallUpEncoder, Profile};
/// use url::Url;
///
/// let shop = Url::parse("https://shop.example/oci?client=7")?;
/// let call_up = CallUp::new("https://erp.example/return?session=7").with_login("ann", "geheim");
/// let encoder = CallUpEncoder::new(Profile::lenient());
///
/// assert!(encoder.url(&call_up, &shop).is_err(), "the password would stand in the URL");
/// let page = encoder.page(&call_up, &shop, &FormPage::new("To the shop", "Continue"))?;
/// assert!(page.expose().contains(r#"action="https://shop.example/oci?client=7""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CallUpEncoder {
    rules: CallUpRules,
    names: Names,
    profile: String,
}

impl CallUpEncoder {
    /// The content type of the body of a POST.
    pub const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";

    /// Writes by the names and rules of a profile.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        Self {
            rules: profile.call_up.clone(),
            names: Names::of(&profile.call_up),
            profile: profile.name.clone(),
        }
    }

    /// Sends by this method instead of the profile's.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Self {
        self.rules.method = method;
        self
    }

    /// Writes the request that a program sends, by the profile's method.
    ///
    /// This is for the functions that a server calls, such as VALIDATE. A
    /// person's browser is sent with [`CallUpEncoder::page`].
    ///
    /// # Errors
    /// As for [`CallUpEncoder::url`] and [`CallUpEncoder::body`].
    pub fn request(&self, call_up: &CallUp, shop: &Url) -> Result<CallUpRequest, Error> {
        let method = self.rules.method;
        match method {
            Method::Get => Ok(CallUpRequest { method, url: self.url(call_up, shop)?, body: None }),
            Method::Post => {
                let parameters = self.parameters(call_up)?;
                self.check_shop(shop, &parameters)?;
                let mut body = String::new();
                write_pairs(&mut body, &parameters);
                let body = Secret::new(body);
                Ok(CallUpRequest { method, url: CallUpUrl(shop.clone().into()), body: Some(body) })
            }
        }
    }

    /// Writes the URL of a GET: the shop's own query, then the parameters,
    /// then the shop's own fragment.
    ///
    /// # Errors
    /// A secret would stand in the URL and the profile does not allow it; the
    /// shop's address is no http or https URL, or holds one of the parameters
    /// already; or as for [`CallUpEncoder::parameters`].
    pub fn url(&self, call_up: &CallUp, shop: &Url) -> Result<CallUpUrl, Error> {
        let parameters = self.parameters(call_up)?;
        self.check_shop(shop, &parameters)?;
        self.check_get(&parameters)?;
        let (address, fragment) = match shop.as_str().split_once('#') {
            Some((address, fragment)) => (address, Some(fragment)),
            None => (shop.as_str(), None),
        };
        let mut url = address.to_owned();
        if shop.query().is_none() {
            url.push('?');
        } else if !url.ends_with(['?', '&']) {
            url.push('&');
        }
        write_pairs(&mut url, &parameters);
        if let Some(fragment) = fragment {
            url.push('#');
            url.push_str(fragment);
        }
        Ok(CallUpUrl(url))
    }

    /// Writes the body of a POST, of type [`CallUpEncoder::CONTENT_TYPE`].
    ///
    /// # Errors
    /// As for [`CallUpEncoder::parameters`].
    pub fn body(&self, call_up: &CallUp) -> Result<Secret, Error> {
        let mut body = String::new();
        write_pairs(&mut body, &self.parameters(call_up)?);
        Ok(Secret::new(body))
    }

    /// Writes the page that sends a person's browser to the shop.
    ///
    /// The form is sent by the profile's method. A browser drops the query of
    /// a GET form's address, so that the shop's own query becomes inputs.
    ///
    /// # Errors
    /// As for [`CallUpEncoder::url`] if the method is GET, else as for
    /// [`CallUpEncoder::parameters`].
    pub fn page(&self, call_up: &CallUp, shop: &Url, page: &FormPage) -> Result<Secret, Error> {
        let parameters = self.parameters(call_up)?;
        self.check_shop(shop, &parameters)?;
        let mut action = shop.clone();
        if self.rules.method == Method::Get {
            self.check_get(&parameters)?;
            action.set_query(None);
        }
        let form = Form {
            method: self.rules.method,
            action: action.as_str(),
            target: None,
            accept_charset: "utf-8",
        };
        let mut html = String::new();
        page.write(&mut html, "utf-8", &form, |html| {
            if self.rules.method == Method::Get {
                for (name, value) in shop.query_pairs() {
                    markup::hidden(html, &name, &value);
                }
            }
            for parameter in &parameters {
                markup::hidden(html, &parameter.name, parameter.value.expose());
            }
        });
        Ok(Secret::new(html))
    }

    /// The parameters as they are sent, in their order.
    ///
    /// # Errors
    /// The return address, a parameter of the function or one that the profile
    /// requires is missing; a name that means something occurs twice; the
    /// profile has no name for what the call-up holds.
    pub fn parameters(&self, call_up: &CallUp) -> Result<Vec<Parameter>, Error> {
        let names = &self.rules.names;
        let or_profile = |own: &Option<Text>, profile: &str, name: &str| match own {
            None if profile.is_empty() || name.is_empty() => None,
            None => Some(Text::from(profile)),
            own => own.clone(),
        };
        let version = or_profile(&call_up.oci_version, &self.rules.oci_version, &names.oci_version);
        let partner_version = or_profile(&call_up.opi_version, &self.rules.opi_version, &names.opi_version);
        let hook_url = (Meaning::HookUrl, &names.hook_url, &call_up.hook_url);

        let mut list = List { parameters: Vec::new(), profile: &self.profile };
        if !self.rules.hook_url_last {
            list.push(hook_url)?;
        }
        list.push((Meaning::Username, &names.username, &call_up.username))?;
        if let Some(password) = &call_up.password {
            let name = list.named(Meaning::Password, &names.password)?;
            list.parameters.push(Parameter::secret(name, password.clone()));
        }
        list.push((Meaning::Language, &names.language, &call_up.language))?;
        if let Some(call) = &call_up.function {
            let value = Some(Text::from(call.function.as_str()));
            list.push((Meaning::Function, &names.function, &value))?;
            list.parameters.extend(call.parameters.iter().cloned());
        }
        list.parameters.extend(call_up.extra.iter().cloned());
        for fixed in &self.rules.fixed {
            if !list.parameters.iter().any(|parameter| parameter.is(&fixed.name)) {
                list.parameters.push(Parameter::new(fixed.name.as_str(), fixed.value.as_str()));
            }
        }
        list.push((Meaning::OciVersion, &names.oci_version, &version))?;
        list.push((Meaning::OpiVersion, &names.opi_version, &partner_version))?;
        list.push((Meaning::Charset, &names.charset, &call_up.charset))?;
        list.push((Meaning::Target, &names.target, &call_up.target))?;
        list.push((Meaning::CancelUrl, &names.cancel_url, &call_up.cancel_url))?;
        let controls = call_up.controls.iter();
        list.parameters
            .extend(controls.map(|control| Parameter::plain(control.name.clone(), control.value.clone())));
        if self.rules.hook_url_last {
            list.push(hook_url)?;
        }
        self.check_complete(call_up, &list.parameters)?;
        Ok(list.parameters)
    }

    fn check_complete(&self, call_up: &CallUp, parameters: &[Parameter]) -> Result<(), Error> {
        let is_filled = |name: &str| {
            parameters
                .iter()
                .any(|parameter| parameter.is(name) && !parameter.value.expose().trim().is_empty())
        };
        let call = call_up.function.as_ref();
        let hook_url = &self.rules.names.hook_url;
        if call.is_none_or(|call| call.function.needs_hook_url()) && !is_filled(hook_url) {
            return Err(Error::misuse(format!("{hook_url} is missing: say where the basket has to go")));
        }
        if let Some(call) = call
            && let Some(required) = call.function.required_parameter()
            && call.parameter(required).is_none()
        {
            return Err(Error::misuse(format!("{required} is missing: {} needs it", call.function)));
        }
        if let Some(required) = self.rules.required.iter().find(|name| !is_filled(name)) {
            return Err(Error::misuse(format!(
                "{required} is missing: profile {} requires it",
                self.profile
            )));
        }
        let own = call.map_or(&[][..], |call| call.function.parameters());
        let mut seen = Vec::new();
        for parameter in parameters {
            let key = canonical(&parameter.name);
            if self.names.meaning(&key).is_none() && !own.contains(&key.as_str()) {
                continue;
            }
            if seen.contains(&key) {
                return Err(twice(&parameter.name));
            }
            seen.push(key);
        }
        Ok(())
    }

    /// A secret in a URL ends up in histories, logs and Referer headers.
    fn check_get(&self, parameters: &[Parameter]) -> Result<(), Error> {
        let is_exposed = |parameter: &&Parameter| {
            let is_secret = parameter.value.is_secret() || is_secret(&parameter.name);
            is_secret && !parameter.value.expose().is_empty()
        };
        match parameters.iter().find(is_exposed) {
            Some(exposed) if !self.rules.secrets_in_url => Err(self.refuse_secret(&exposed.name)),
            _ => Ok(()),
        }
    }

    fn check_shop(&self, shop: &Url, parameters: &[Parameter]) -> Result<(), Error> {
        if !matches!(shop.scheme(), "http" | "https") {
            return Err(Error::misuse(format!(
                "the shop's address has the scheme {}: give one with http or https",
                shop.scheme()
            )));
        }
        if shop.password().is_some() && !self.rules.secrets_in_url {
            return Err(self.refuse_secret("the password before the host"));
        }
        for (name, value) in shop.query_pairs() {
            if is_secret(&name) && !value.is_empty() && !self.rules.secrets_in_url {
                return Err(self.refuse_secret(&name));
            }
            let has_meaning = self.names.meaning(&canonical(&name)).is_some();
            if has_meaning && parameters.iter().any(|parameter| parameter.is(&name)) {
                return Err(twice(&name));
            }
        }
        Ok(())
    }

    fn refuse_secret(&self, name: &str) -> Error {
        Error::misuse(format!(
            "{name} must not stand in a URL: send it by POST, or use a profile that allows secrets in URLs \
             ({} does not)",
            self.profile
        ))
    }
}

fn twice(name: &str) -> Error {
    Error::misuse(format!("{name} is there twice: set it in one place only"))
}

/// Parameters on their way out.
struct List<'a> {
    parameters: Vec<Parameter>,
    profile: &'a str,
}

impl List<'_> {
    fn push(&mut self, (meaning, name, value): (Meaning, &String, &Option<Text>)) -> Result<(), Error> {
        if let Some(value) = value {
            let name = self.named(meaning, name)?;
            self.parameters.push(Parameter::plain(name, value.clone()));
        }
        Ok(())
    }

    fn named(&self, meaning: Meaning, name: &str) -> Result<Text, Error> {
        if name.is_empty() {
            let what = meaning.in_words();
            let profile = self.profile;
            return Err(Error::misuse(format!(
                "profile {profile} has no parameter for {what}: leave it out"
            )));
        }
        Ok(Text::from(name))
    }
}

fn write_pairs(out: &mut String, parameters: &[Parameter]) {
    for (at, parameter) in parameters.iter().enumerate() {
        if at > 0 {
            out.push('&');
        }
        percent_encode(parameter.name.as_bytes(), out);
        out.push('=');
        percent_encode(parameter.value.expose().as_bytes(), out);
    }
}

/// What a program sends to a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallUpRequest {
    /// GET or POST.
    pub method: Method,
    /// Where to.
    pub url: CallUpUrl,
    /// The body of a POST, of type [`CallUpEncoder::CONTENT_TYPE`].
    pub body: Option<Secret>,
}

/// A URL that may carry secrets; it shows itself without query and user-info.
#[derive(Clone, PartialEq, Eq)]
pub struct CallUpUrl(String);

impl CallUpUrl {
    /// The whole URL, for whoever calls it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallUpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&hook::shown(&self.0))
    }
}

impl fmt::Debug for CallUpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&hook::shown(&self.0), f)
    }
}
