//! Which parameter goes by which name.

use std::collections::BTreeSet;

use punchout_core::Text;

use super::CallUp;
use super::parameter::canonical;
use crate::function::Function;
use crate::profile::CallUpRules;

/// What a parameter means to the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    HookUrl,
    Username,
    Password,
    Language,
    OciVersion,
    OpiVersion,
    Charset,
    Target,
    CancelUrl,
    Function,
    Control,
}

impl Meaning {
    /// The place of a parameter that is plain text.
    pub(super) fn slot(self, call_up: &mut CallUp) -> Option<&mut Option<Text>> {
        match self {
            Self::HookUrl => Some(&mut call_up.hook_url),
            Self::Username => Some(&mut call_up.username),
            Self::Language => Some(&mut call_up.language),
            Self::OciVersion => Some(&mut call_up.oci_version),
            Self::OpiVersion => Some(&mut call_up.opi_version),
            Self::Charset => Some(&mut call_up.charset),
            Self::Target => Some(&mut call_up.target),
            Self::CancelUrl => Some(&mut call_up.cancel_url),
            Self::Password | Self::Function | Self::Control => None,
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::HookUrl => "the return address",
            Self::Username => "the user name",
            Self::Password => "the password",
            Self::Language => "the language",
            Self::OciVersion => "the version of OCI",
            Self::OpiVersion => "the version of OPI",
            Self::Charset => "the charset",
            Self::Target => "the target",
            Self::CancelUrl => "the cancel address",
            Self::Function => "the function",
            Self::Control => "controls",
        }
    }
}

/// The controls of the Internet Transaction Server.
const CONTROLS: [&str; 4] = ["~OKCODE", "~TARGET", "~CALLER", "~FORCETARGET"];

/// Catalogue-specific parameters that are too well known to be the tail of a
/// return address.
const CONVENTIONS: [&str; 38] = [
    "ACCOUNTCODE",
    "AGREEMENTNO",
    "BRANDING",
    "BUYERMPID",
    "BUYERUSERNAME",
    "BYPASSINBHANDLER",
    "BYPASSOUTBHANDLER",
    "COUNTRY",
    "DATALANGUAGE",
    "EASYORDER",
    "EMAIL",
    "EXTERNALUSERID",
    "FIRSTNAME",
    "FNAME",
    "HOOKURL",
    "INTERFACETYPE",
    "LANGU",
    "LANGUAGE",
    "LASTNAME",
    "LNAME",
    "LOGIN",
    "LOGINNAME",
    "OCICANCEL",
    "OCIUSERFULLNAME",
    "OCIUSERMAIL",
    "OCIVERSION",
    "ORGANIZATION",
    "PASSWD",
    "PASSWORD",
    "SECUREMODE",
    "SENDERID",
    "SITEID",
    "TENANTID",
    "UILANGUAGE",
    "USERID",
    "USERNAME",
    "VIEWID",
    "VIEWPASSWD",
];

/// The names of a profile, in the form by which parameters are looked up.
#[derive(Clone, Debug)]
pub(super) struct Names {
    meanings: Vec<(String, Meaning)>,
    /// Everything that is surely a parameter of the call-up.
    known: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(rules: &CallUpRules) -> Self {
        let names = &rules.names;
        let mut meanings: Vec<_> = [
            (&names.hook_url, Meaning::HookUrl),
            (&names.username, Meaning::Username),
            (&names.password, Meaning::Password),
            (&names.language, Meaning::Language),
            (&names.oci_version, Meaning::OciVersion),
            (&names.opi_version, Meaning::OpiVersion),
            (&names.charset, Meaning::Charset),
            (&names.target, Meaning::Target),
            (&names.cancel_url, Meaning::CancelUrl),
            (&names.function, Meaning::Function),
        ]
        .into_iter()
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, meaning)| (canonical(name), meaning))
        .collect();
        meanings.extend(CONTROLS.map(|name| (name.to_owned(), Meaning::Control)));

        let agreed = rules.fixed.iter().map(|parameter| &parameter.name);
        let agreed = agreed.chain(&rules.required).chain(&rules.optional).map(|name| canonical(name));
        let functions = Function::KNOWN.iter().flat_map(Function::parameters).map(|&name| name.to_owned());
        let known = agreed
            .chain(functions)
            .chain(CONVENTIONS.map(str::to_owned))
            .chain(meanings.iter().map(|(name, _)| name.clone()))
            // these stand in the query of SAP's own return addresses
            .filter(|name| !name.starts_with("SAP"))
            .collect();
        Self { meanings, known }
    }

    /// What a name means, in its canonical form.
    pub(super) fn meaning(&self, canonical: &str) -> Option<Meaning> {
        self.meanings.iter().find(|(name, _)| name == canonical).map(|(_, meaning)| *meaning)
    }

    /// Whether a name is a parameter's own and no part of a return address.
    pub(super) fn is_known(&self, canonical: &str) -> bool {
        self.known.contains(canonical) || canonical.starts_with('~') || canonical.starts_with("NEWITEM")
    }
}
