//! The visit in a supplier's shop: what opens it and what it brings back.

mod cart;
mod item_in;
mod setup;

pub use cart::{
    CartChange, OperationAllowed, PunchOutOrderMessage, PunchOutOrderMessageHeader, QuoteStatus,
    SourcingAction, SourcingStatus,
};
pub use item_in::ItemIn;
pub use setup::{PunchOutOperation, PunchOutSetupRequest, PunchOutSetupResponse};
