//! cXML documents: a typed model with reader and writer.
//!
//! cXML is what procurement systems and suppliers send each other as XML:
//! orders, answers, confirmations, invoices. This crate has the envelope of
//! every document, the order request with all that an order needs, and the
//! response. It does no I/O.
//!
//! ```
//! use punchout_core::All;
//! use punchout_cxml::*;
//!
//! let price: punchout_core::Amount = "12.50".parse()?;
//! let lang = "en";
//! let office = Address::new(Name::new("Example GmbH", lang))
//!     .with_postal_address(PostalAddress::new("Hauptstr. 1", "Berlin", Country::new("DE", "Germany")));
//! let header = OrderRequestHeaderInit {
//!     order_id: "4500017300".into(),
//!     order_date: "2026-03-01T14:05:00+01:00".into(),
//!     total: Money::new("62.50".parse::<punchout_core::Amount>()?, "EUR").into(),
//!     bill_to: office.clone().into(),
//! };
//! let screws = ItemDetailInit {
//!     unit_price: Money::new(price, "EUR").into(),
//!     description: Description::new("Screw M4 × 20", lang),
//!     unit_of_measure: "EA".into(),
//!     classification: Classification::new("UNSPSC", "31161500"),
//! };
//! let line = ItemOut::new(500, "SCR-4-20")
//!     .with_line_number(1)
//!     .with_item_detail(ItemDetail::from(screws).with_price_basis_quantity(PriceBasisQuantity::new(100, "EA")));
//! let order = OrderRequest::new(OrderRequestHeader::from(header).with_ship_to(office), [line]);
//!
//! let sender = Credential::new("NetworkID", "AN01000000001").with_shared_secret("example-secret");
//! let parties = Header::new(
//!     Credential::new("NetworkID", "AN01000000001"),
//!     Credential::new("DUNS", "123456789"),
//!     Sender::new(sender, "Example ERP 4.2"),
//! );
//! let body = Body::request(parties, order);
//! let document = Document::new("20260301.1405.17@erp.example.com", "2026-03-01T14:05:00+01:00", body);
//! let bytes = document.write()?;
//!
//! let mut found = All::new();
//! let back = Document::read(&bytes, &mut found)?;
//! assert_eq!(back, document);
//! assert!(found.found().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The model
//!
//! * [`Document`] is the envelope; its [`Body`] is a [`Request`], a message or
//!   a [`Response`].
//! * [`PunchOutSetupRequest`] and [`PunchOutSetupResponse`] open a shop,
//!   [`PunchOutOrderMessage`] brings the cart back, and `ItemOut::from` makes an
//!   order line of each [`ItemIn`] of it. [`Message::cart_change`] says what an
//!   empty cart means.
//! * [`Document::payload`] looks for a payload by its type, such as
//!   [`StatusUpdateRequest`] or [`ProfileResponse`].
//! * [`OrderRequest`] is the order: an [`OrderRequestHeader`] and lines,
//!   [`ItemOut`].
//! * Names are those of the DTD in Rust's spelling; an attribute `type` is
//!   `kind`. Fields stand in the order of the DTD, attributes first. What the
//!   DTD requires is an argument of `new`, or a field of the `Init` struct where
//!   that is four things or more; for lists that is the first or all of them.
//! * A level that holds one thing only is left out: `Charge` is a [`Money`].
//! * What the model has no field for, known to the DTD or not, is kept in `other`:
//!   [`Other`] has it and writes it at its place. Nothing is dropped.
//! * Numbers and dates keep the spelling they were sent with: `10.000` stays.
//!
//! # Reading
//!
//! [`Document::read`] takes what peers really send: children in any order,
//! missing and unknown parts, odd numbers and dates. Whatever had to be done
//! for it is reported with a stable code of [`code`]. It refuses what is not
//! well-formed, never fetches a DTD and expands no entities but the five of
//! XML: a reference to another one, such as `&nbsp;`, is a finding and stays in
//! the text as it stands. [`Reader`] takes limits.
//!
//! # Writing
//!
//! [`Document::write`] writes UTF-8 in the order of the DTD, names the DTD of
//! [`Document::doctype`] and leaves the DTD's defaults out. The same model gives
//! the same bytes. What that version of the DTD does not know yet is an error
//! that says which version does, and so is an order without lines, or a time or
//! number that was given as text and is none. [`Document::write_unchecked`]
//! writes what was read as it is.
//!
//! [`Original`] writes a change into the bytes that a document was read from and
//! keeps everything else as it came: see [`fidelity`].
//!
//! # Validating
//!
//! [`Validator`] holds a document against the DTD that it belongs to, all of
//! them built in, and says what is wrong and what to do about it: see [`dtd`].
//!
//! # Around the document
//!
//! [`form`] takes documents out of browser forms and puts them in; [`answer`]
//! says what came back when one was posted; `mime` has documents with files,
//! and `mac` the `CredentialMac`, with the features of these names.
//!
//! # What it does not do yet
//!
//! * Writing knows what must be there, not every rule of the DTD: it does not
//!   look into raw elements, and does not see two of a choice. Hold what you
//!   send against [`Validator`] and the advisor.
//! * Payloads that [`Payload`], [`MessagePayload`] and [`ResponsePayload`] do not
//!   list are kept as raw elements.
//! * No signatures: they are neither made nor verified.
//!
//! # Features
//!
//! * `advice`: the rules of the guide and of partners beyond the DTD.
//! * `anonymise`: `Anonymiser`, which makes documents that can be shown to others.
//! * `mac`: the proof of direct punch-out, `CredentialMac`.
//! * `mime`: documents with attachments.
//! * `serde`: serialisation of the model. Secrets and card numbers are left out,
//!   except where they stand in a raw element.

#[cfg(feature = "advice")]
pub mod advice;
#[cfg(feature = "anonymise")]
mod anonymise;
pub mod answer;
mod base64;
mod charset;
mod choice;
pub mod code;
pub mod dtd;
mod element;
mod entity;
mod error;
#[doc = include_str!("../docs/fidelity.md")]
pub mod fidelity {}
pub mod form;
#[cfg(feature = "mac")]
pub mod mac;
#[cfg(feature = "mime")]
pub mod mime;
mod model;
mod original;
mod other;
mod raw;
mod read;
pub mod secret;
mod setters;
mod token;
#[cfg_attr(
    not(all(feature = "advice", feature = "anonymise")),
    allow(dead_code, reason = "some of it is read by a feature only")
)]
mod tree;
mod write;
mod xml;

#[cfg(feature = "anonymise")]
pub use anonymise::{Anonymiser, Prices};
pub use dtd::{Dtd, Report, Validator};
pub use error::{Error, ErrorKind};
pub use model::agreement::{AgreementType, MasterAgreementIdInfo, MasterAgreementReference};
pub use model::batch::{
    Batch, Characteristic, PropertyReference, PropertyValuation, PropertyValue, ValueGroup,
};
pub use model::control::{
    AsnInstruction, ControlKeys, DocumentRule, InvoiceInstruction, InvoiceRule, OcInstruction, OcRule,
    SesInstruction, TemporaryPrice, VerificationType,
};
pub use model::document::{Doctype, Document};
pub use model::envelope::{Body, DeploymentMode, Message, Request};
pub use model::forward::{CopyRequest, GetPendingRequest, GetPendingResponse, ProcessingMode};
pub use model::fulfil::{
    ActivityStepType, ComponentConsumptionDetails, ComponentConsumptionKind, ConfirmationHeader,
    ConfirmationItem, ConfirmationItemInit, ConfirmationKind, ConfirmationOperation, ConfirmationRequest,
    ConfirmationStatus, ConfirmationStatusKind, ExpiryDate, FulfillmentType, Hazard, ImportInfo, IncoTerms,
    IuidInfo, OrderReference, OrderStatusRequest, OrderStatusRequestIdInfo, OrderStatusRequestReference,
    OutboundType, PackageIdentification, ScheduleLineReference, ShipControl, ShipControlRoute,
    ShipNoticeBatch, ShipNoticeHeader, ShipNoticeItem, ShipNoticeItemDetail, ShipNoticeItemIndustry,
    ShipNoticeItemRetail, ShipNoticeOperation, ShipNoticePortion, ShipNoticeReason, ShipNoticeRequest,
    ShipmentIdentifier, ShipmentType, TermsOfTransport,
};
pub use model::header::{
    Correspondent, Credential, CredentialMac, CredentialType, Destination, DigitalSignature, Header,
    Identity, NodeType, Party, Path, PathNode, Routing, Sender,
};
pub use model::invoice::{
    AdditionalAmounts, AdditionalPrice, AdditionalPrices, CustomsInfo, InvoiceDetailDiscount,
    InvoiceDetailHeaderIndicator, InvoiceDetailHeaderOrder, InvoiceDetailItem, InvoiceDetailItemIndustry,
    InvoiceDetailItemInit, InvoiceDetailItemReference, InvoiceDetailItemReferenceIndustry,
    InvoiceDetailItemReferenceRetail, InvoiceDetailItemRetail, InvoiceDetailLine, InvoiceDetailLineIndicator,
    InvoiceDetailLineShipping, InvoiceDetailLineSpecialHandling, InvoiceDetailOrder, InvoiceDetailOrderInfo,
    InvoiceDetailOrderSummary, InvoiceDetailPaymentTerm, InvoiceDetailReceiptInfo, InvoiceDetailRequest,
    InvoiceDetailRequestHeader, InvoiceDetailServiceItem, InvoiceDetailServiceItemReference,
    InvoiceDetailShipNoticeInfo, InvoiceDetailShipping, InvoiceDetailSummary, InvoiceDetailSummaryIndustry,
    InvoiceDetailSummaryRetail, InvoiceIdInfo, InvoiceItemReason, InvoiceLaborDetail, InvoiceOperation,
    InvoiceOrigin, InvoicePartner, InvoicePurpose, InvoiceTimeCardDetail, ItemIndicator, OrderIdInfo,
    PaymentInformation, PaymentProposalIdInfo, ProductMovementItemIdInfo, ReceiptIdInfo,
    ReceiptLineItemReference, ReceiptReference, ServiceEntryItemIdInfo, ServiceEntryItemReference,
    ShipNoticeIdInfo, ShipNoticeLineItemReference, ShipNoticeReference, ShippingAmount,
    SpecialHandlingAmount, TimeCardIdInfo, TimeCardReference,
};
pub use model::modification::{
    AdditionalDeduction, Modification, ModificationDetail, Modifications, MoneyOrPercentage, OriginalPrice,
    Percentage,
};
pub use model::money::{Money, Shipping, Total};
pub use model::order::{
    Accounting, AccountingSegment, AttachmentReference, BatchInfo, BlanketItemDetail, CertificateInfo,
    Classification, CommitmentCode, CompositeItemType, Contractor, ContractorDomain, ContractorIdentifier,
    Dimension, DimensionType, Distribution, DocumentReference, ExternalDocumentType, FeeDetail, IndustryType,
    InternalId, ItemCategory, ItemClassification, ItemDetail, ItemDetailIndustry, ItemDetailInit,
    ItemDetailRetail, ItemId, ItemOut, ItemOutIndustry, ItemOutOperation, ItemOutRetail, ItemType,
    LaborDetail, ManufacturerName, MaterialProvision, OrderKind, OrderRequest, OrderRequestHeader,
    OrderRequestHeaderIndustry, OrderRequestHeaderInit, OrderType, PackagingDistribution, PlanningType,
    PriceBasisQuantity, Priority, PriorityLevel, Product, QualityInfo, ReleaseInfo, ReleaseType,
    ScheduleLine, ScheduleLineReleaseInfo, ScheduleLineType, Segment, SerialNumberInfo, SerialNumberType,
    ShipNoticeReleaseInfo, SpendDetail, StoDelivery, StockTransferType, SubcontractingComponent,
    SubcontractingType, SupplierOrderInfo, SupplierPartId, TermReference, UnitPrice, UnitRate,
};
pub use model::packaging::{BestBeforeDate, PackageId, Packaging, PackedQuantity};
pub use model::party::{
    Address, BillTo, BusinessPartner, BusinessPartnerRole, BusinessPartnerType, CarrierIdentifier, City,
    Contact, Country, CountryCode, Email, Fax, IdReference, Municipality, Phone, PostalAddress, ShipTo,
    State, TelephoneNumber, Url,
};
pub use model::payload::{Carried, MessagePayload, Payload, ResponsePayload};
pub use model::payment::{PCard, Payment, PaymentToken};
pub use model::pricing::{
    ConditionType, ConditionTypes, PricingConditions, Scale, ScaleBasis, ScaleType, Scales, ValidityPeriod,
};
pub use model::profile::{ProfileOption, ProfileRequest, ProfileResponse, Transaction};
pub use model::punch_out::{
    CartChange, ItemIn, OperationAllowed, PunchOutOperation, PunchOutOrderMessage,
    PunchOutOrderMessageHeader, PunchOutSetupRequest, PunchOutSetupResponse, QuoteStatus, SourcingAction,
    SourcingStatus,
};
pub use model::reference::{
    AssetInfo, DateInfo, DateInfoType, DocumentInfo, Indicator, IndicatorLevel, ReferenceDocumentInfo,
    ReferenceStatus, ReferencedAsset,
};
pub use model::response::{NextStep, Response, Status, StatusClass, StatusCode};
pub use model::status_update::{
    DeliveryStatus, DocumentStatus, IntegrationMessage, IntegrationStatus, InvoiceStatus, InvoiceStatusType,
    ItemStatus, PaymentStatus, PaymentStatusInit, PaymentType, StatusUpdateRequest,
};
pub use model::supplier::{
    OrderMethod, OrderMethods, OrderTarget, Supplier, SupplierId, SupplierList, SupplierLocation,
};
pub use model::tax::{ExemptDetail, Tax, TaxDetail, TaxExemption};
pub use model::terms::{CodedText, Discount, DiscountPercent, PaymentTerm, Period, TermsOfDelivery};
pub use model::text::{Attachment, Comments, Description, Extrinsic, LangText, Name, Visibility};
pub use model::timestamp::{Timestamp, TimestampValue};
pub use model::tolerance::{QuantityTolerance, TimeTolerance, TimeUnit, ToleranceValue, Tolerances};
pub use model::transport::{Route, RouteMethod, ShippingInstructions, TransportInformation};
pub use model::yes_no::YesNo;
pub use original::Original;
pub use other::Other;
pub use raw::{AnyContent, OpenTag, RawDocument, RawElement, Step};
pub use read::Reader;
pub use token::UnknownToken;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
