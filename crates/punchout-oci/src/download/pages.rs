use punchout_core::{LimitExceeded, Text};

use super::page::DownloadPage;
use super::request::DownloadRequest;
use crate::error::Error;

/// Goes through the pages of a download; it asks, somebody else fetches.
///
/// A shop that sends the same page for ever, skips pages, or changes the
/// transaction is stopped with an error.
///
/// ```
/// # use punchout_core::All;
/// # use punchout_oci::{DownloadDecoder, DownloadRequest, Error, FunctionCall, Pages};
/// # fn fetch(call: FunctionCall) -> Vec<u8> {
/// #     let page = call.parameter("REQUESTEDPAGE").unwrap_or("1").to_owned();
/// #     format!(r#"{{"CURRENTPAGE":{page},"TOTALPAGES":2,"TRANSACTIONID":"8F","Items":[]}}"#).into_bytes()
/// # }
/// let mut pages = Pages::new(DownloadRequest::default());
/// while let Some(request) = pages.request() {
///     let answer = fetch(request.into());
///     let page = DownloadDecoder::lenient().page(&answer, &mut All::new())?;
///     pages.accept(&page)?;
///     // … use page.items
/// }
/// # assert_eq!(pages.seen(), 2);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pages {
    /// The next request; `None` after the last page.
    next: Option<DownloadRequest>,
    seen: u32,
    most: u32,
}

impl Pages {
    /// Starts with a request for the first page, or for a later one.
    #[must_use]
    pub fn new(first: DownloadRequest) -> Self {
        Self { next: Some(first), seen: 0, most: 10_000 }
    }

    /// Sets how many pages there may be: 10,000.
    #[must_use]
    pub fn with_most(mut self, pages: u32) -> Self {
        self.most = pages;
        self
    }

    /// The request to send next; `None` when all pages are there.
    #[must_use]
    pub fn request(&self) -> Option<DownloadRequest> {
        self.next.clone()
    }

    /// How many pages were accepted.
    #[must_use]
    pub fn seen(&self) -> u32 {
        self.seen
    }

    /// Takes the answer to the last request into account.
    ///
    /// # Errors
    /// The page is not the one that was asked for, belongs to another
    /// transaction, does not say whether more follow, or is one too many. After
    /// that there is no next request; the pages so far are good.
    pub fn accept(&mut self, page: &DownloadPage) -> Result<(), Error> {
        let asked =
            self.next.take().ok_or_else(|| Error::misuse("no page was asked for: the last one is there"))?;
        let wanted = asked.page.unwrap_or(1);
        let current = page.current_page.unwrap_or(wanted);
        if current != wanted {
            return Err(Error::garbage(format!(
                "CURRENTPAGE is {current} where page {wanted} was asked for"
            )));
        }
        let is_other = |(was, is): (&Text, &Text)| was != is;
        if asked.transaction_id.as_ref().zip(page.transaction_id.as_ref()).is_some_and(is_other) {
            return Err(Error::garbage(format!("TRANSACTIONID changed on page {current}: start again")));
        }
        self.seen += 1;
        let all_items = page.total_items.is_some_and(|total| page.items.len() >= total as usize);
        let total = match page.total_pages {
            Some(total) => total,
            None if all_items => current,
            None => {
                return Err(Error::garbage(format!(
                    "TOTALPAGES is missing on page {current}: whether more follow is not known"
                )));
            }
        };
        if current >= total {
            return Ok(());
        }
        LimitExceeded::check("pages", self.most as usize, total as usize)?;
        self.next = Some(DownloadRequest {
            page: Some(current.saturating_add(1)),
            transaction_id: page.transaction_id.clone().or(asked.transaction_id),
            ..asked
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn page(current: u32, total: u32, transaction: &str) -> DownloadPage {
        DownloadPage {
            current_page: Some(current),
            total_pages: Some(total),
            transaction_id: Some(transaction.into()),
            ..DownloadPage::default()
        }
    }

    #[test]
    fn echoes_the_transaction_and_stops_at_the_last_page() {
        let mut pages = Pages::new(DownloadRequest { page_size: Some(5), ..DownloadRequest::default() });
        pages.accept(&page(1, 2, "T")).unwrap();
        let second = pages.request().unwrap();
        assert_eq!((second.page, second.page_size), (Some(2), Some(5)));
        assert_eq!(second.transaction_id.as_deref(), Some("T"));
        pages.accept(&page(2, 2, "T")).unwrap();
        assert_eq!((pages.request(), pages.seen()), (None, 2));
        assert_eq!(pages.accept(&page(3, 2, "T")).unwrap_err().kind(), ErrorKind::Misuse);
    }

    #[test]
    fn a_catalogue_without_items_has_no_second_page() {
        for total in [0, 1] {
            let mut pages = Pages::new(DownloadRequest::default());
            pages.accept(&page(1, total, "T")).unwrap();
            assert_eq!(pages.request(), None);
        }
    }

    #[test]
    fn guards_against_loops() {
        let after_first = |second: &DownloadPage| {
            let mut pages = Pages::new(DownloadRequest::default()).with_most(9);
            pages.accept(&page(1, 3, "T")).unwrap();
            let error = pages.accept(second).unwrap_err();
            assert_eq!(pages.request(), None);
            (error.kind(), error.to_string())
        };
        let (kind, text) = after_first(&page(1, 3, "T"));
        assert_eq!(
            (kind, text.as_str()),
            (ErrorKind::Garbage, "CURRENTPAGE is 1 where page 2 was asked for")
        );
        assert_eq!(after_first(&page(3, 3, "T")).0, ErrorKind::Garbage);
        assert_eq!(after_first(&page(2, 3, "U")).0, ErrorKind::Garbage);
        assert_eq!(after_first(&page(2, 10, "T")).0, ErrorKind::Limit);
        let silent = DownloadPage { total_pages: None, ..page(2, 0, "T") };
        assert_eq!(after_first(&silent).0, ErrorKind::Garbage);
    }

    #[test]
    fn a_page_with_all_items_is_the_last_one() {
        let mut pages = Pages::new(DownloadRequest::default());
        let only = DownloadPage { total_items: Some(0), ..DownloadPage::default() };
        pages.accept(&only).unwrap();
        assert_eq!(pages.request(), None);
    }
}
