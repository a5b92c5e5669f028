use punchout_core::{Amount, Text};

use super::{ScheduleLineReleaseInfo, SubcontractingComponent};
use crate::element::element;
use crate::token::token;
use crate::{Extrinsic, Other, ShipTo, Timestamp};

/// What of a line is wanted when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ScheduleLine {
    /// How many.
    pub quantity: Amount,
    /// When.
    pub requested_delivery_date: Timestamp,
    /// The number of the schedule line.
    pub line_number: Option<Amount>,
    /// How long around that time delivery may happen, as an ISO 8601 duration.
    pub delivery_window: Option<Text>,
    /// When the goods are to leave.
    pub requested_shipment_date: Option<Timestamp>,
    /// When they were wanted at first.
    pub original_requested_delivery_date: Option<Timestamp>,
    /// How firm it is.
    pub kind: Option<ScheduleLineType>,
    /// The date that statistics count.
    pub statistical_delivery_date: Option<Timestamp>,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// What the line commits the buyer to.
    pub schedule_line_release_info: Option<ScheduleLineReleaseInfo>,
    /// What the buyer gives to make the goods with.
    pub subcontracting_component: Vec<SubcontractingComponent>,
    /// Where the goods go.
    pub ship_to: Option<Box<ShipTo>>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// `ScheduleLineIndustry`, as a raw element.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ScheduleLine {
    /// How many of what unit, and when.
    #[must_use]
    pub fn new(
        quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
        requested_delivery_date: impl Into<Timestamp>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            requested_delivery_date: requested_delivery_date.into(),
            line_number: None,
            delivery_window: None,
            requested_shipment_date: None,
            original_requested_delivery_date: None,
            kind: None,
            statistical_delivery_date: None,
            unit_of_measure: unit_of_measure.into(),
            schedule_line_release_info: None,
            subcontracting_component: Vec::new(),
            ship_to: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

token! {
    /// How firm a schedule line is.
    pub enum ScheduleLineType {
        /// It should have come already.
        Backlog = "backlog",
        /// It is wanted now.
        Immediate = "immediate",
        /// It may be wanted.
        Forecast = "forecast",
    }
}

element!(ScheduleLine {
    attributes {
        quantity: "quantity",
        requested_delivery_date: "requestedDeliveryDate",
        line_number: "lineNumber",
        delivery_window: "deliveryWindow",
        requested_shipment_date: "requestedShipmentDate",
        original_requested_delivery_date: "originalRequestedDeliveryDate",
        kind: "type",
        statistical_delivery_date: "statisticalDeliveryDate",
    }
    children {
        unit_of_measure: "UnitOfMeasure",
        schedule_line_release_info: "ScheduleLineReleaseInfo",
        subcontracting_component: "SubcontractingComponent",
        ship_to: "ShipTo" ["ScheduleLineIndustry"],
        extrinsic: "Extrinsic",
    }
});
