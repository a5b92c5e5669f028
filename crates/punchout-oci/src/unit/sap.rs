//! What SAP keeps: ISO codes that Recommendation 20 has moved on from, and the
//! codes that its users see, German and English.

use super::table::CodeTable;

/// Codes that SAP holds as ISO codes although Recommendation 20 retired them,
/// with the code that stands for the same unit there today.
pub(super) static KEPT: CodeTable<&str, { KEPT_ROWS.len() }> = CodeTable::new(&KEPT_ROWS);

/// Other retired codes that have a successor.
pub(super) static SUCCEEDED: CodeTable<&str, { SUCCEEDED_ROWS.len() }> = CodeTable::new(&SUCCEEDED_ROWS);

/// SAP's own code for a unit.
pub(super) static SAP: CodeTable<Sap, { SAP_ROWS.len() }> = CodeTable::new(&SAP_ROWS);

/// The ISO code, and whether SAP's code is the one to write for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sap {
    pub(super) iso: &'static str,
    pub(super) written: bool,
}

/// Read and written.
const fn both(iso: &'static str) -> Sap {
    Sap { iso, written: true }
}

/// Read only, since SAP has another code for the same unit.
const fn read(iso: &'static str) -> Sap {
    Sap { iso, written: false }
}

static KEPT_ROWS: [(&str, &str); 23] = [
    ("BE", "XBE"),
    ("BG", "XBG"),
    ("BJ", "XBJ"),
    ("BK", "XBK"),
    ("BO", "XBO"),
    ("BX", "XBX"),
    ("CA", "XCA"),
    ("CR", "XCR"),
    ("CS", "XCS"),
    ("CT", "XCT"),
    ("CY", "XCY"),
    ("D97", "XPX"),
    ("DR", "XDR"),
    ("EV", "XEN"),
    ("HAR", "H18"),
    ("KTM", "KMT"),
    ("PA", "XPA"),
    ("PCE", "H87"),
    ("PF", "XPX"),
    ("PK", "XPK"),
    ("RO", "XRO"),
    ("TU", "XTU"),
    ("VI", "XVI"),
];

static SUCCEEDED_ROWS: [(&str, &str); 37] = [
    ("AM", "XAM"),
    ("ARE", "H16"),
    ("BL", "XBL"),
    ("BR", "XBR"),
    ("BT", "XBT"),
    ("CL", "XCL"),
    ("CO", "XCO"),
    ("CQ", "XCQ"),
    ("D40", "K6"),
    ("D99", "XSY"),
    ("HK", "DTN"),
    ("JG", "XJG"),
    ("JR", "XJR"),
    ("K5", "KVR"),
    ("KG", "XKG"),
    ("MQ", "KMT"),
    ("NPL", "XPC"),
    ("NPR", "PR"),
    ("NRL", "XRO"),
    ("OZ", "ONZ"),
    ("PG", "XPG"),
    ("PL", "XPL"),
    ("PU", "XPU"),
    ("RD", "XRD"),
    ("RG", "XRG"),
    ("RL", "XRL"),
    ("SA", "XSA"),
    ("SL", "XSL"),
    ("SO", "XSO"),
    ("ST", "XST"),
    ("SV", "XSI"),
    ("TK", "XTK"),
    ("TN", "XTN"),
    ("TV", "TNE"),
    ("TY", "XTY"),
    ("UM", "MIO"),
    ("Z2", "XCH"),
];

static SAP_ROWS: [(&str, Sap); 66] = [
    ("%", both("P1")),
    ("AU", read("C62")),
    ("BAG", read("BG")),
    ("BOT", read("BO")),
    ("BT", read("BO")),
    ("CAN", read("CA")),
    ("CAR", read("CT")),
    ("CCM", read("CMQ")),
    ("CL", both("CLT")),
    ("CM", both("CMT")),
    ("CM2", both("CMK")),
    ("CM3", both("CMQ")),
    ("CRT", read("CR")),
    ("D", read("DAY")),
    ("DM", both("DMT")),
    ("DZ", both("DZN")),
    ("EIM", both("BJ")),
    ("FL", both("BO")),
    ("FT", both("FOT")),
    ("FT2", both("FTK")),
    ("FT3", both("FTQ")),
    ("G", both("GRM")),
    ("GAL", both("GLL")),
    ("H", both("HUR")),
    ("HL", both("HLT")),
    ("HR", read("HUR")),
    ("IN", both("INH")),
    ("JHR", both("ANN")),
    ("KAN", both("CA")),
    ("KAR", both("CT")),
    ("KG", both("KGM")),
    ("KI", both("CR")),
    ("KM", both("KMT")),
    ("KM2", both("KMK")),
    ("L", both("LTR")),
    ("LB", both("LBR")),
    ("LE", both("C62")),
    ("M", both("MTR")),
    ("M2", both("MTK")),
    ("M3", both("MTQ")),
    ("MG", both("MGM")),
    ("ML", both("MLT")),
    ("MM", both("MMT")),
    ("MM2", both("MMK")),
    ("MM3", both("MMQ")),
    ("OZ", both("ONZ")),
    ("PAA", both("PR")),
    ("PAC", read("PK")),
    ("PAK", both("PK")),
    ("PAL", both("PF")),
    ("PC", read("PCE")),
    ("ROL", both("RO")),
    ("S", both("SEC")),
    ("SA", read("SET")),
    ("ST", both("PCE")),
    ("STD", read("HUR")),
    ("TAG", both("DAY")),
    ("TO", both("TNE")),
    ("TR", read("DR")),
    ("TS", both("MIL")),
    ("WCH", both("WEE")),
    ("WK", read("WEE")),
    ("YD", both("YRD")),
    ("YD2", both("YDK")),
    ("YD3", both("YDQ")),
    ("YR", read("ANN")),
];
