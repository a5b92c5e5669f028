//! What suppliers answer to orders: confirmations and ship notices.

mod component;
mod confirmation;
mod confirmation_item;
mod reference;
mod ship_control;
mod ship_notice;
mod ship_notice_detail;
mod ship_notice_item;

pub use component::{ComponentConsumptionDetails, ComponentConsumptionKind, Hazard};
pub use confirmation::{
    ConfirmationHeader, ConfirmationKind, ConfirmationOperation, ConfirmationRequest, IncoTerms,
};
pub use confirmation_item::{
    ConfirmationItem, ConfirmationItemInit, ConfirmationStatus, ConfirmationStatusKind, ScheduleLineReference,
};
pub use reference::{
    OrderReference, OrderStatusRequest, OrderStatusRequestIdInfo, OrderStatusRequestReference,
};
pub use ship_control::{PackageIdentification, ShipControl, ShipControlRoute, ShipmentIdentifier};
pub use ship_notice::{
    ActivityStepType, FulfillmentType, ShipNoticeHeader, ShipNoticeOperation, ShipNoticeReason,
    ShipNoticeRequest, ShipmentType, TermsOfTransport,
};
pub use ship_notice_detail::{
    ExpiryDate, ImportInfo, IuidInfo, ShipNoticeItemDetail, ShipNoticeItemIndustry, ShipNoticeItemRetail,
};
pub use ship_notice_item::{OutboundType, ShipNoticeBatch, ShipNoticeItem, ShipNoticePortion};
