//! What a partner's system can do, and where.

use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::{Other, Timestamp, Url};

/// Asks what a partner's system can do, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ProfileRequest {
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ProfileRequest {
    /// The question; it says nothing more.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// What a system can do, and where.
///
/// ```
/// use punchout_cxml::{ProfileOption, ProfileResponse, Transaction};
///
/// let orders = Transaction::new("OrderRequest", "https://shop.example/cxml")
///     .with_option(ProfileOption::new("attachments", "Yes"));
/// let profile = ProfileResponse::new("2026-03-01T00:00:00+01:00", orders);
/// let orders = profile.find("OrderRequest").unwrap();
/// assert_eq!(orders.option_value("attachments"), Some("Yes"));
/// assert!(profile.find("PunchOutSetupRequest").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ProfileResponse {
    /// Since when it holds.
    pub effective_date: Timestamp,
    /// When it was looked at last.
    pub last_refresh: Option<Timestamp>,
    /// What older documents say of the types of the attributes. The DTD fixes
    /// it; leave it out.
    pub a_dtype: Option<Text>,
    /// What is true of the whole system.
    pub option: Vec<ProfileOption>,
    /// What the system takes; at least one.
    pub transaction: Vec<Transaction>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ProfileResponse {
    /// A system that takes one kind of request.
    #[must_use]
    pub fn new(effective_date: impl Into<Timestamp>, transaction: Transaction) -> Self {
        Self {
            effective_date: effective_date.into(),
            last_refresh: None,
            a_dtype: None,
            option: Vec::new(),
            transaction: vec![transaction],
            other: Other::default(),
        }
    }

    /// How a kind of request is taken, by the name of its element; `None` when
    /// it is not.
    #[must_use]
    pub fn find(&self, request_name: &str) -> Option<&Transaction> {
        self.transaction.iter().find(|transaction| transaction.request_name.trim_ascii() == request_name)
    }
}

setters! {
    ProfileResponse {
        /// Adds a kind of request that is taken.
        transaction: with_transaction(transaction: Transaction),
        /// Adds what is true of the whole system.
        option: with_option(option: ProfileOption),
    }
}

/// A kind of request that a system takes, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Transaction {
    /// The name of its element, such as `OrderRequest`.
    pub request_name: Text,
    /// The types of the attributes; leave it out.
    pub a_dtype: Option<Text>,
    /// Where to send it.
    pub url: Url,
    /// What is true of this kind of request.
    pub option: Vec<ProfileOption>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Transaction {
    /// A kind of request and where to send it.
    #[must_use]
    pub fn new(request_name: impl Into<Text>, url: impl Into<Url>) -> Self {
        Self {
            request_name: request_name.into(),
            a_dtype: None,
            url: url.into(),
            option: Vec::new(),
            other: Other::default(),
        }
    }

    /// Adds what is true of this kind of request.
    #[must_use]
    pub fn with_option(mut self, option: ProfileOption) -> Self {
        self.option.push(option);
        self
    }

    /// The value of an option, without the white space around it.
    #[must_use]
    pub fn option_value(&self, name: &str) -> Option<&str> {
        let option = self.option.iter().find(|option| option.name.trim_ascii() == name);
        option.map(|option| option.value.trim_ascii())
    }
}

/// Something that a system can do, or how: the element `Option`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ProfileOption {
    /// What it is about, such as `attachments` or `changes`.
    pub name: Text,
    /// The types of the attributes; leave it out.
    pub a_dtype: Option<Text>,
    /// The value, such as `Yes`.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ProfileOption {
    /// A name and its value.
    #[must_use]
    pub fn new(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { name: name.into(), a_dtype: None, value: value.into(), other: Other::default() }
    }
}

element!(ProfileRequest {});

element!(ProfileResponse {
    attributes { effective_date: "effectiveDate", last_refresh: "lastRefresh", a_dtype: "a-dtype", }
    children { option: "Option", transaction: "Transaction", }
    need { transaction, }
});

element!(Transaction {
    attributes { request_name: "requestName", a_dtype: "a-dtype", }
    children { url: "URL", option: "Option", }
});

element!(ProfileOption {
    attributes { name: "name", a_dtype: "a-dtype", }
    text value;
});
