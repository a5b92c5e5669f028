//! What the shop sells.

use punchout::core::{Amount, AmountError};

pub(crate) struct Product {
    pub(crate) number: &'static str,
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    /// The code that the shop has for it.
    pub(crate) unit: &'static str,
    /// The price of `price_unit` units.
    pub(crate) price: Amount,
    pub(crate) price_unit: u32,
    pub(crate) packaging: &'static str,
    /// In days.
    pub(crate) lead_time: u32,
    pub(crate) unspsc: &'static str,
    /// What people take of it as a rule.
    pub(crate) usual: u32,
}

/// Each of them has something that goes wrong between systems: a price for 100
/// pieces, umlauts, quotation marks, a long text with line feeds and `<`, and a
/// unit that only SAP calls `PAA`; to the rest of the world a pair is `PR`.
pub(crate) fn products() -> Result<Vec<Product>, AmountError> {
    Ok(vec![
        Product {
            number: "4711-08-40",
            name: "Sechskantschraube M8 × 40, für Außen",
            text: "Sechskantschraube mit Schaft, DIN 931, Güte 8.8, feuerverzinkt.",
            unit: "PCE",
            price: "12.34".parse()?,
            price_unit: 100,
            packaging: "Karton à 100 Stück",
            lead_time: 2,
            unspsc: "31161501",
            usual: 250,
        },
        Product {
            number: "RK-19-42",
            name: "Rack 19\" 42 HE, schwarz",
            text: "Netzwerkschrank 19\", 42 HE, 600 × 1000 mm, abschließbar.",
            unit: "PCE",
            price: "899.00".parse()?,
            price_unit: 1,
            packaging: "Palette",
            lead_time: 10,
            unspsc: "43223308",
            usual: 2,
        },
        Product {
            number: "HS-9/L",
            name: "Schutzhandschuhe \"Öl & Nässe\", Größe 9",
            text: LONG_TEXT,
            unit: "PAA",
            price: "3.955".parse()?,
            price_unit: 1,
            packaging: "Beutel",
            lead_time: 1,
            unspsc: "46181504",
            usual: 12,
        },
    ])
}

const LONG_TEXT: &str = "\
Montagehandschuhe aus Nylon, Handfläche und Finger mit Nitril beschichtet. Der Handrücken bleibt frei, damit \
die Hand auch im Sommer atmet; das Bündchen ist gestrickt und hält den Ärmel dicht.

Geprüft nach EN 388 (4121A) & EN 420. Abrieb: Stufe 4; Schnitt: Stufe 1; Weiterreißen: Stufe 2; Durchstich: \
Stufe 1. Nicht geeignet für Temperaturen < -10 °C oder > 60 °C.

Größe 9 passt bei einem Handumfang von 9\" (rund 23 cm). Waschbar bei 40 °C, nicht in den Trockner. Wer \
\"nasse\" und \"ölige\" Teile greift, nimmt die Ausführung mit sandiger Beschichtung: Artikel HS-9/S.";
