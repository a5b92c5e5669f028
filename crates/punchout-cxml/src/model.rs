//! What the documents say, a module for each kind and for each thing that
//! several of them have.

pub(crate) mod agreement;
pub(crate) mod batch;
#[cfg(test)]
mod complete;
pub(crate) mod control;
pub(crate) mod document;
pub(crate) mod envelope;
pub(crate) mod forward;
pub(crate) mod fulfil;
pub(crate) mod header;
pub(crate) mod invoice;
pub(crate) mod modification;
pub(crate) mod money;
pub(crate) mod order;
pub(crate) mod packaging;
pub(crate) mod party;
pub(crate) mod payload;
pub(crate) mod payment;
pub(crate) mod pricing;
pub(crate) mod profile;
pub(crate) mod punch_out;
pub(crate) mod reference;
pub(crate) mod response;
pub(crate) mod status_update;
pub(crate) mod supplier;
pub(crate) mod tax;
pub(crate) mod terms;
pub(crate) mod text;
pub(crate) mod timestamp;
pub(crate) mod tolerance;
pub(crate) mod transport;
pub(crate) mod yes_no;
