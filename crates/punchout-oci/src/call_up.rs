//! The call-up: how a buyer sends a user to a shop.
//!
//! A buyer fills in a [`CallUp`] and has a [`CallUpEncoder`] write it; a shop
//! has a [`CallUpDecoder`] read it. Both follow a profile, which names the
//! parameters.

mod assign;
mod check;
mod decode;
mod encode;
pub(crate) mod hook;
mod names;
mod parameter;

use std::fmt;

use punchout_core::{Secret, Text};

use crate::basket::Control;
use crate::function::FunctionCall;

pub use decode::CallUpDecoder;
pub use encode::{CallUpEncoder, CallUpRequest, CallUpUrl};
pub use parameter::{Parameter, ParameterValue};

/// A call-up, without the address of the shop.
///
/// What was not sent is `None`; what was sent empty is empty.
///
/// ```
/// use punchout_core::All;
/// use punchout_oci::{CallUp, CallUpDecoder, CallUpEncoder, Profile};
///
/// let call_up = CallUp::new("https://erp.example/return?session=7")
///     .with_login("buyer", "geheim")
///     .with_parameter("oci_usermail", "ann@example.org");
/// let body = CallUpEncoder::new(Profile::lenient()).body(&call_up)?;
///
/// let mut found = All::new();
/// let read = CallUpDecoder::lenient().body(body.expose(), &mut found)?;
/// assert_eq!(read.hook_url.as_deref(), Some("https://erp.example/return?session=7"));
/// assert_eq!(read.parameter("OCI_USERMAIL"), Some("ann@example.org"));
/// assert_eq!(format!("{:?}", read.password), "Some(***)");
/// # Ok::<(), punchout_oci::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct CallUp {
    /// `HOOK_URL`: where the basket goes.
    ///
    /// Opaque: it is the only key of the session, may carry a query, and may
    /// be `SAPEVENT:POST`, which is no address at all.
    pub hook_url: Option<Text>,
    /// `USERNAME`: the account in the shop.
    pub username: Option<Text>,
    /// `PASSWORD`: never printed, never serialised.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub password: Option<Secret>,
    /// The language of the shop's pages.
    pub language: Option<Text>,
    /// `OCI_VERSION`, such as `4.0`. An encoder sends its profile's if `None`.
    pub oci_version: Option<Text>,
    /// `OPI_VERSION`, such as `1.0`. An encoder sends its profile's if `None`.
    pub opi_version: Option<Text>,
    /// `http_content_charset`: the charset that the return is wanted in.
    pub charset: Option<Text>,
    /// `returntarget`: the frame for the return; see [`CallUp::return_target`].
    pub target: Option<Text>,
    /// The address to call when the user gives up.
    pub cancel_url: Option<Text>,
    /// FUNCTION with its parameters; `None` for ordinary shopping.
    pub function: Option<FunctionCall>,
    /// `~OkCode`, `~TARGET`, `~CALLER` and `~ForceTarget`, spelled as sent.
    pub controls: Vec<Control>,
    /// All other parameters, spelled as sent, in their order.
    pub extra: Vec<Parameter>,
}

impl CallUp {
    /// Starts a call-up whose basket is to come to this address.
    ///
    /// A function that needs no return address starts with
    /// [`CallUp::default`].
    #[must_use]
    pub fn new(hook_url: impl Into<Text>) -> Self {
        Self { hook_url: Some(hook_url.into()), ..Self::default() }
    }

    /// Sets user name and password.
    #[must_use]
    pub fn with_login(mut self, username: impl Into<Text>, password: impl Into<Secret>) -> Self {
        self.username = Some(username.into());
        self.password = Some(password.into());
        self
    }

    /// Sets the function.
    #[must_use]
    pub fn with_function(mut self, function: FunctionCall) -> Self {
        self.function = Some(function);
        self
    }

    /// Adds a parameter of the shop's own, such as `oci_usermail`.
    ///
    /// Its name decides whether it is a secret, see [`Parameter::new`].
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.extra.push(Parameter::new(name, value));
        self
    }

    /// Adds a control, such as `~OkCode`.
    #[must_use]
    pub fn with_control(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.controls.push(Control::new(name, value));
        self
    }

    /// The value of one of the other parameters, by its name in any case.
    ///
    /// Gives secrets away too: a shop has to check them.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.extra.iter().find(|parameter| parameter.is(name)).map(|parameter| parameter.value.expose())
    }

    /// The value of a control, by its name in any case.
    #[must_use]
    pub fn control(&self, name: &str) -> Option<&str> {
        let found = self.controls.iter().find(|control| parameter::same_name(&control.name, name));
        found.map(|control| control.value.as_str())
    }

    /// The frame for the return: `returntarget`, else `~TARGET`, else `_top`.
    #[must_use]
    pub fn return_target(&self) -> &str {
        let filled = |target: &&str| !target.is_empty();
        let target = self.target.as_deref().map(str::trim).filter(filled);
        target.or_else(|| self.control("~TARGET").map(str::trim).filter(filled)).unwrap_or("_top")
    }

    /// The charset that the return is wanted in, if the buyer named one.
    #[must_use]
    pub fn charset(&self) -> Option<&str> {
        self.charset.as_deref().map(str::trim).filter(|label| !label.is_empty())
    }

    /// The controls that a return echoes: `~OkCode`, `~TARGET` and `~CALLER`.
    pub fn echo(&self) -> impl Iterator<Item = &Control> {
        let echoed = |control: &&Control| {
            ["~OKCODE", "~TARGET", "~CALLER"].iter().any(|name| parameter::same_name(&control.name, name))
        };
        self.controls.iter().filter(echoed)
    }
}

/// Without password and other secrets, and without the queries of addresses,
/// which carry session keys.
impl fmt::Debug for CallUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallUp")
            .field("hook_url", &self.hook_url.as_deref().map(hook::shown))
            .field("username", &self.username)
            .field("password", &self.password)
            .field("language", &self.language)
            .field("oci_version", &self.oci_version)
            .field("opi_version", &self.opi_version)
            .field("charset", &self.charset)
            .field("target", &self.target)
            .field("cancel_url", &self.cancel_url.as_deref().map(hook::shown))
            .field("function", &self.function)
            .field("controls", &self.controls)
            .field("extra", &self.extra)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn target_precedence() {
        let mut call_up = CallUp::new("https://b.example/");
        assert_eq!(call_up.return_target(), "_top");
        call_up = call_up.with_control("~Target", "_self");
        assert_eq!(call_up.return_target(), "_self");
        call_up.target = Some("_parent".into());
        assert_eq!(call_up.return_target(), "_parent");
        call_up.target = Some(" ".into());
        assert_eq!(call_up.return_target(), "_self");
    }

    #[test]
    fn echoes_three_controls_as_spelled() {
        let call_up = CallUp::new("x")
            .with_control("~ForceTarget", "yes")
            .with_control("~caller", "CTLG")
            .with_control("~OkCode", "ADDI");
        let names: Vec<_> = call_up.echo().map(|control| control.name.as_str()).collect();
        assert_eq!(names, ["~caller", "~OkCode"]);
    }

    #[test]
    fn debug_shows_no_secret() {
        let call_up = CallUp::new("https://me:pw1@b.example/r?session=5e55")
            .with_login("ann", "geheim")
            .with_parameter("VIEW_PASSWD", "geheim2");
        let shown = format!("{call_up:?}");
        for secret in ["5e55", "geheim", "pw1"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(shown.contains("https://b.example/r?…") && shown.contains("ann"), "{shown}");
    }
}
