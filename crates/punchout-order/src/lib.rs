//! From a punch-out basket to an order: where OCI and cXML meet.
//!
//! A shop returns a basket, people edit and approve it, and the supplier gets
//! it as cXML `OrderRequest`. [`OrderDraft`] is the order in between. It needs
//! only what every order has, it holds the parts of the cXML order itself, and
//! it says of each item what could not be carried over exactly.
//!
//! ```
//! use punchout_core::All;
//! use punchout_cxml::{Address, Country, Credential, Header, Name, PostalAddress, Sender};
//! use punchout_order::OrderDraft;
//!
//! let body = b"NEW_ITEM-DESCRIPTION[1]=Hex+bolt+M8x40&NEW_ITEM-VENDORMAT[1]=4711&NEW_ITEM-QUANTITY[1]=250\
//!     &NEW_ITEM-UNIT[1]=PCE&NEW_ITEM-PRICE[1]=12.50&NEW_ITEM-PRICEUNIT[1]=100&NEW_ITEM-CURRENCY[1]=EUR\
//!     &NEW_ITEM-LEADTIME[1]=3&NEW_ITEM-MATGROUP[1]=31161500";
//! let mut found = All::new();
//! let basket = punchout_oci::decode(body, &mut found)?;
//!
//! let plant = Address::new(Name::new("Example Works", "en"))
//!     .with_postal_address(PostalAddress::new("Dock Road 1", "Utrecht", Country::new("NL", "Netherlands")));
//! let mut draft = OrderDraft::new("4500000017", "2026-03-02T09:00:00+01:00", plant.clone())
//!     .with_ship_to(plant)
//!     .with_basket(&basket, &mut found);
//! draft.lines[0].item_out.quantity = 300.into();
//!
//! let buyer = Credential::new("NetworkID", "buyer");
//! let sender = Sender::new(buyer.clone().with_shared_secret("secret"), "Example ERP 1.0");
//! let header = Header::new(buyer, Credential::new("DUNS", "123456789"), sender);
//! let document = draft.to_document("17.1@buyer.example.com", "2026-03-02T09:00:01+01:00", header, &mut found)?;
//!
//! let order = document.order_request().ok_or("no order")?;
//! assert_eq!(order.order_request_header.total.money.amount.as_sent(), "37.50");
//! assert_eq!(order.item_out[0].requested_delivery_date, Some("2026-03-05".into()));
//! let bytes = document.write()?;
//! # assert!(!bytes.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What goes where
//!
//! | OCI | cXML |
//! |---|---|
//! | VENDORMAT | `SupplierPartID`; else `EXT_PRODUCT_ID`, else MANUFACTMAT, with a finding |
//! | `EXT_PRODUCT_ID` | `SupplierPartAuxiliaryID`, unless it is the part number |
//! | MATNR | `BuyerPartID` |
//! | DESCRIPTION, LONGTEXT | `Description`: the long text, with the item text as `ShortName`; a lone one is the text |
//! | QUANTITY, UNIT | `quantity`, `UnitOfMeasure`: the code as sent, or the one that is meant |
//! | PRICE, CURRENCY | `UnitPrice`, as spelled if that is digits and dot |
//! | PRICEUNIT | `PriceBasisQuantity` with conversion factor 1, unless it is 1: prices are not divided |
//! | `EXT_CATEGORY_ID`, `EXT_CATEGORY` | `Classification` of domain `EXT_SCHEMA_TYPE`; eight digits without that: `UNSPSC` |
//! | MATGROUP | `Classification` of domain `MaterialGroup`; `UNSPSC` for eight digits if there is no other |
//! | MANUFACTMAT, MANUFACTCODE | `ManufacturerPartID`, `ManufacturerName` if it has letters |
//! | LEADTIME | `LeadTime`; `requestedDeliveryDate` is the order date and that many calendar days |
//! | CONTRACT, `CONTRACT_ITEM` | `MasterAgreementIDInfo`, `agreementItemNumber` |
//! | SERVICE | `itemClassification="service"` |
//! | `PARENT_ID`, `ITEM_TYPE` | `parentLineNumber`, `itemType`, `compositeItemType` |
//! | all others and unknown ones | `Extrinsic` of the line, under the name the shop used |
//!
//! What is written in another form than sent (a unit, a currency, the scheme
//! of a category) goes along as an extrinsic of its OCI name as well. An item
//! without any category is `unknown` of domain `custom`, because the DTD
//! wants one. The CR LF that a browser makes of a line end is a line feed
//! again. The controls of a basket (`~OkCode` and the like) belong to the
//! session, not to the order. [`code`] lists what is reported.
//!
//! # Errors and findings
//!
//! The way into the draft never fails: what an item lacks is left open and
//! reported. The way out fails, with an [`Error`] that names the line, as long
//! as something is open or does not fit together. The rest is findings.
//!
//! # Limits
//!
//! Amounts have at most 28 digits. Time and memory grow with the basket; its
//! size is limited where it is read.
//!
//! # Not here
//!
//! Confirmations, ship notices and their effect on an order, the comparison of
//! basket and order, and orders from cXML baskets are not there yet. Nothing
//! is sent, stored or given an identity: ids and times are arguments.
//!
//! # Features
//!
//! * `serde`: drafts can be stored and read again.

mod draft;
mod error;
mod finish;
mod hierarchy;
mod line;
mod map;
mod total;

pub mod code;

pub use draft::OrderDraft;
pub use error::{Error, ErrorKind};
pub use line::DraftLine;
