use chrono::NaiveDateTime;
use punchout_core::Text;

use crate::call_up::Parameter;
use crate::function::{Function, FunctionCall};

/// How LASTUPDATED is written: day, month, year, hour, minute, second.
pub(super) const LAST_UPDATED: &str = "%d%m%Y%H%M%S";

/// What is asked for with `FUNCTION=DOWNLOADJSON`.
///
/// It becomes a [`FunctionCall`], which goes into a
/// [`CallUp`](crate::CallUp) like any other:
///
/// ```
/// use punchout_oci::{CallUp, CallUpEncoder, DownloadRequest, Profile};
///
/// let mut request = DownloadRequest::default();
/// request.page_size = Some(500);
/// let call_up = CallUp::default().with_login("ann", "geheim").with_function(request.into());
/// let body = CallUpEncoder::new(Profile::lenient()).body(&call_up)?;
/// assert!(body.expose().contains("FUNCTION=DOWNLOADJSON&PAGESIZE=500&REQUESTEDPAGE=&LASTUPDATED="));
/// # Ok::<(), punchout_oci::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadRequest {
    /// PAGESIZE: items to a page; the shop decides if `None`.
    pub page_size: Option<u32>,
    /// REQUESTEDPAGE, from 1; `None` asks for the first.
    pub page: Option<u32>,
    /// LASTUPDATED: only what has changed since; `None` asks for everything.
    ///
    /// The protocol names no time zone.
    pub last_updated: Option<NaiveDateTime>,
    /// TRANSACTIONID: what the first page said, from the second on.
    pub transaction_id: Option<Text>,
}

impl From<DownloadRequest> for FunctionCall {
    fn from(request: DownloadRequest) -> Self {
        let mut call = Self::new(Function::DownloadJson);
        let mut push = |name: &str, value: Text| call.parameters.push(Parameter::plain(name, value));
        if let Some(size) = request.page_size {
            push("PAGESIZE", size.to_string().into());
        }
        // both are sent even if empty: so does the client that is known
        push("REQUESTEDPAGE", request.page.map_or(Text::EMPTY, |page| page.to_string().into()));
        let since = request.last_updated.map(|since| since.format(LAST_UPDATED).to_string());
        push("LASTUPDATED", since.map_or(Text::EMPTY, Text::from));
        if let Some(id) = request.transaction_id {
            push("TRANSACTIONID", id);
        }
        call
    }
}
