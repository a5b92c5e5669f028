//! The catalogue as JSON, page by page: DOWNLOADJSON of OCI 5.0.

mod item;
mod json;
mod page;
mod pages;
mod request;

pub use item::{CustomerField, DownloadAttachment, DownloadItem, LocalText, PriceScale, RawField};
pub use page::{DownloadDecoder, DownloadPage};
pub use pages::Pages;
pub use request::DownloadRequest;
