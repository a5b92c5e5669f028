use punchout_core::{Amount, Text};

use crate::element::element;
use crate::token::token;
use crate::{Extrinsic, Other, ShipNoticeIdInfo, ShipNoticeReference, Timestamp};

/// A release of a scheduling agreement: how far its deliveries have come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReleaseInfo {
    /// What sort of release it is.
    pub release_type: ReleaseType,
    /// How much has been received up to now.
    pub cumulative_received_quantity: Amount,
    /// The number of the release.
    pub release_number: Option<Text>,
    /// Until when the supplier may produce on the buyer's risk.
    pub production_go_ahead_end_date: Option<Timestamp>,
    /// Until when the supplier may buy material on the buyer's risk.
    pub material_go_ahead_end_date: Option<Timestamp>,
    /// The unit of the quantities.
    pub unit_of_measure: Text,
    /// The ship notice that was received last.
    pub ship_notice_release_info: Option<ShipNoticeReleaseInfo>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ReleaseInfo {
    /// What sort of release it is, and how much of what unit has been received.
    #[must_use]
    pub fn new(
        release_type: ReleaseType,
        cumulative_received_quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
    ) -> Self {
        Self {
            release_type,
            cumulative_received_quantity: cumulative_received_quantity.into(),
            release_number: None,
            production_go_ahead_end_date: None,
            material_go_ahead_end_date: None,
            unit_of_measure: unit_of_measure.into(),
            ship_notice_release_info: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

token! {
    /// What sort of release it is.
    pub enum ReleaseType {
        /// For planning.
        Forecast = "forecast",
        /// For delivery just in time.
        Jit = "jit",
    }
}

/// How much of a ship notice has been received. The ship notice is named by
/// exactly one of document and number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeReleaseInfo {
    /// How much.
    pub received_quantity: Amount,
    /// The ship notice, by its document.
    pub ship_notice_reference: Option<ShipNoticeReference>,
    /// The ship notice, by its number.
    pub ship_notice_id_info: Option<ShipNoticeIdInfo>,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticeReleaseInfo {
    /// How much of what unit has been received by the ship notice of a number.
    #[must_use]
    pub fn new(
        received_quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
        ship_notice: ShipNoticeIdInfo,
    ) -> Self {
        Self {
            received_quantity: received_quantity.into(),
            ship_notice_reference: None,
            ship_notice_id_info: Some(ship_notice),
            unit_of_measure: unit_of_measure.into(),
            other: Other::default(),
        }
    }
}

/// What a schedule line of a release commits the buyer to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ScheduleLineReleaseInfo {
    /// How firm it is.
    pub commitment_code: CommitmentCode,
    /// How much is to be shipped up to this line.
    pub cumulative_scheduled_quantity: Amount,
    /// How much of this line has been received.
    pub received_quantity: Option<Amount>,
    /// The unit of the quantities.
    pub unit_of_measure: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ScheduleLineReleaseInfo {
    /// How firm it is, and how much of what unit is to be shipped up to this
    /// line.
    #[must_use]
    pub fn new(
        commitment_code: CommitmentCode,
        cumulative_scheduled_quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
    ) -> Self {
        Self {
            commitment_code,
            cumulative_scheduled_quantity: cumulative_scheduled_quantity.into(),
            received_quantity: None,
            unit_of_measure: unit_of_measure.into(),
            other: Other::default(),
        }
    }
}

token! {
    /// How firm a schedule line is.
    pub enum CommitmentCode {
        /// The buyer answers for production and material.
        Firm = "firm",
        /// The buyer answers for material.
        Tradeoff = "tradeoff",
        /// The buyer answers for nothing.
        Forecast = "forecast",
    }
}

element!(ReleaseInfo {
    attributes {
        release_type: "releaseType",
        cumulative_received_quantity: "cumulativeReceivedQuantity",
        release_number: "releaseNumber",
        production_go_ahead_end_date: "productionGoAheadEndDate",
        material_go_ahead_end_date: "materialGoAheadEndDate",
    }
    children {
        unit_of_measure: "UnitOfMeasure",
        ship_notice_release_info: "ShipNoticeReleaseInfo",
        extrinsic: "Extrinsic",
    }
});

element!(ShipNoticeReleaseInfo {
    attributes { received_quantity: "receivedQuantity", }
    children {
        ship_notice_reference: "ShipNoticeReference",
        ship_notice_id_info: "ShipNoticeIDInfo",
        unit_of_measure: "UnitOfMeasure",
    }
    need { ship_notice_reference | ship_notice_id_info, }
});

element!(ScheduleLineReleaseInfo {
    attributes {
        commitment_code: "commitmentCode",
        cumulative_scheduled_quantity: "cumulativeScheduledQuantity",
        received_quantity: "receivedQuantity",
    }
    children { unit_of_measure: "UnitOfMeasure", }
});
