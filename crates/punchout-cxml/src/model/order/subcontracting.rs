use punchout_core::{Amount, Text};

use crate::element::element;
use crate::token::token;
use crate::{AnyContent, Batch, Description, IdReference, Other, SupplierPartId, Timestamp};

/// What the buyer gives to a subcontractor to make the goods with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SubcontractingComponent {
    /// How much of it is needed.
    pub quantity: Amount,
    /// When it is needed.
    pub requirement_date: Option<Timestamp>,
    /// What happens to it.
    pub material_provision_indicator: Option<MaterialProvision>,
    /// Its number.
    pub component_id: Text,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// In words.
    pub description: Option<Description>,
    /// Its keys as an article.
    pub product: Option<Product>,
    /// Its revision.
    pub product_revision_id: Option<Text>,
    /// Its batch.
    pub batch: Option<Box<Batch>>,
    /// `SubcontractingComponentIndustry`, as a raw element.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SubcontractingComponent {
    /// How much, of what, in what unit.
    #[must_use]
    pub fn new(
        quantity: impl Into<Amount>,
        component_id: impl Into<Text>,
        unit_of_measure: impl Into<Text>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            requirement_date: None,
            material_provision_indicator: None,
            component_id: component_id.into(),
            unit_of_measure: unit_of_measure.into(),
            description: None,
            product: None,
            product_revision_id: None,
            batch: None,
            other: Other::default(),
        }
    }

    /// Describes it in words.
    #[must_use]
    pub fn with_description(mut self, description: Description) -> Self {
        self.description = Some(description);
        self
    }
}

token! {
    /// What a subcontractor does with a component.
    pub enum MaterialProvision {
        /// It comes out of the rework.
        ReworkTo = "reworkTo",
        /// It goes into the rework.
        ReworkFrom = "reworkFrom",
        /// It is used up.
        Regular = "regular",
    }
}

/// The keys of an article, of which the supplier's may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Product {
    /// The supplier's part number.
    pub supplier_part_id: Option<SupplierPartId>,
    /// The supplier's second key.
    pub supplier_part_auxiliary_id: Option<AnyContent>,
    /// The buyer's part number.
    pub buyer_part_id: Option<Text>,
    /// Keys in other systems, such as an EAN.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

element!(SubcontractingComponent {
    attributes {
        quantity: "quantity",
        requirement_date: "requirementDate",
        material_provision_indicator: "materialProvisionIndicator",
    }
    children {
        component_id: "ComponentID",
        unit_of_measure: "UnitOfMeasure",
        description: "Description",
        product: "Product",
        product_revision_id: "ProductRevisionID",
        batch: "Batch" ["SubcontractingComponentIndustry"],
    }
});

element!(Product {
    children {
        supplier_part_id: "SupplierPartID",
        supplier_part_auxiliary_id: "SupplierPartAuxiliaryID",
        buyer_part_id: "BuyerPartID",
        id_reference: "IdReference",
    }
});
