//! Units of measure in words.

use crate::Language;

/// What a unit is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) one: &'static str,
    pub(crate) many: &'static str,
    /// Whether the code may mean something else, or is spelt in another way than
    /// the list has it, and so is to be told beside the name.
    pub(crate) is_doubtful: bool,
}

/// These mean something else in ANSI X12, by which many American systems code:
/// case, cubic metre, pail and net ton.
const DOUBTFUL: [&str; 4] = ["CA", "CR", "PA", "TN"];
/// No codes, and sent as such.
const WORDS: [(&str, &str); 3] = [("BOX", "BX"), ("EACH", "EA"), ("PCS", "EA")];

/// A unit's name by its code of UN/ECE Recommendation 20 or 21, in capitals or
/// not; those that orders commonly use. `ST` is not among them: the list says
/// sheet, and half of its senders mean a piece.
pub(crate) fn named(code: &str, language: Language) -> Option<Unit> {
    let find = |code: &str| {
        let at = UNITS.binary_search_by_key(&code, |(code, _)| code).ok()?;
        UNITS.get(at).map(|(_, names)| names)
    };
    let listed = find(code);
    let meant = || {
        let code = code.to_ascii_uppercase();
        let word = WORDS.iter().find(|(word, _)| *word == code);
        find(word.map_or(&*code, |(_, code)| code))
    };
    let [english, dutch, german, french] = listed.or_else(meant)?;
    let [one, many] = *match language {
        Language::English => english,
        Language::Dutch => dutch,
        Language::German => german,
        Language::French => french,
    };
    Some(Unit { one, many, is_doubtful: listed.is_none() || DOUBTFUL.contains(&code) })
}

type Names = [[&'static str; 2]; 4];

/// Sorted by code; English, Dutch, German, French.
#[rustfmt::skip]
static UNITS: [(&str, Names); 120] = [
    ("5B", [["batch", "batches"], ["charge", "charges"], ["Charge", "Chargen"], ["lot de fabrication", "lots de fabrication"]]),
    ("ACT", [["activity", "activities"], ["activiteit", "activiteiten"], ["Leistung", "Leistungen"], ["activité", "activités"]]),
    ("AM", [["ampoule", "ampoules"], ["ampul", "ampullen"], ["Ampulle", "Ampullen"], ["ampoule", "ampoules"]]),
    ("ANN", [["year", "years"], ["jaar", "jaar"], ["Jahr", "Jahre"], ["an", "ans"]]),
    ("AV", [["capsule", "capsules"], ["capsule", "capsules"], ["Kapsel", "Kapseln"], ["gélule", "gélules"]]),
    ("BE", [["bundle", "bundles"], ["bundel", "bundels"], ["Bündel", "Bündel"], ["botte", "bottes"]]),
    ("BG", [["bag", "bags"], ["zak", "zakken"], ["Beutel", "Beutel"], ["sac", "sacs"]]),
    ("BJ", [["bucket", "buckets"], ["emmer", "emmers"], ["Eimer", "Eimer"], ["seau", "seaux"]]),
    ("BO", [["bottle", "bottles"], ["fles", "flessen"], ["Flasche", "Flaschen"], ["bouteille", "bouteilles"]]),
    ("BX", [["box", "boxes"], ["doos", "dozen"], ["Schachtel", "Schachteln"], ["boîte", "boîtes"]]),
    ("C62", [["piece", "pieces"], ["stuk", "stuks"], ["Stück", "Stück"], ["pièce", "pièces"]]),
    ("CA", [["can", "cans"], ["bus", "bussen"], ["Kanne", "Kannen"], ["bidon", "bidons"]]),
    ("CEN", [["hundred", "hundred"], ["honderd", "honderd"], ["hundert", "hundert"], ["centaine", "centaines"]]),
    ("CLT", [["centilitre", "centilitres"], ["centiliter", "centiliter"], ["Zentiliter", "Zentiliter"], ["centilitre", "centilitres"]]),
    ("CMK", [["square centimetre", "square centimetres"], ["vierkante centimeter", "vierkante centimeter"], ["Quadratzentimeter", "Quadratzentimeter"], ["centimètre carré", "centimètres carrés"]]),
    ("CMQ", [["cubic centimetre", "cubic centimetres"], ["kubieke centimeter", "kubieke centimeter"], ["Kubikzentimeter", "Kubikzentimeter"], ["centimètre cube", "centimètres cubes"]]),
    ("CMT", [["centimetre", "centimetres"], ["centimeter", "centimeter"], ["Zentimeter", "Zentimeter"], ["centimètre", "centimètres"]]),
    ("CR", [["crate", "crates"], ["krat", "kratten"], ["Lattenkiste", "Lattenkisten"], ["cageot", "cageots"]]),
    ("CS", [["case", "cases"], ["kist", "kisten"], ["Kiste", "Kisten"], ["caisse", "caisses"]]),
    ("CT", [["carton", "cartons"], ["karton", "kartons"], ["Karton", "Kartons"], ["carton", "cartons"]]),
    ("D63", [["book", "books"], ["boek", "boeken"], ["Buch", "Bücher"], ["livre (ouvrage)", "livres (ouvrages)"]]),
    ("D97", [["pallet", "pallets"], ["pallet", "pallets"], ["Palette", "Paletten"], ["palette", "palettes"]]),
    ("DAY", [["day", "days"], ["dag", "dagen"], ["Tag", "Tage"], ["jour", "jours"]]),
    ("DLT", [["decilitre", "decilitres"], ["deciliter", "deciliter"], ["Deziliter", "Deziliter"], ["décilitre", "décilitres"]]),
    ("DMK", [["square decimetre", "square decimetres"], ["vierkante decimeter", "vierkante decimeter"], ["Quadratdezimeter", "Quadratdezimeter"], ["décimètre carré", "décimètres carrés"]]),
    ("DMQ", [["cubic decimetre", "cubic decimetres"], ["kubieke decimeter", "kubieke decimeter"], ["Kubikdezimeter", "Kubikdezimeter"], ["décimètre cube", "décimètres cubes"]]),
    ("DMT", [["decimetre", "decimetres"], ["decimeter", "decimeter"], ["Dezimeter", "Dezimeter"], ["décimètre", "décimètres"]]),
    ("DPC", [["dozen pieces", "dozen pieces"], ["dozijn stuks", "dozijn stuks"], ["Dutzend Stück", "Dutzend Stück"], ["douzaine de pièces", "douzaines de pièces"]]),
    ("DR", [["drum", "drums"], ["vat", "vaten"], ["Fass", "Fässer"], ["fût", "fûts"]]),
    ("DTN", [["hundred kilograms", "hundred kilograms"], ["honderd kilogram", "honderd kilogram"], ["Dezitonne", "Dezitonnen"], ["quintal", "quintaux"]]),
    ("DZN", [["dozen", "dozen"], ["dozijn", "dozijn"], ["Dutzend", "Dutzend"], ["douzaine", "douzaines"]]),
    ("E48", [["service unit", "service units"], ["eenheid dienst", "eenheden dienst"], ["Leistungseinheit", "Leistungseinheiten"], ["unité de service", "unités de service"]]),
    ("E49", [["working day", "working days"], ["werkdag", "werkdagen"], ["Arbeitstag", "Arbeitstage"], ["jour ouvré", "jours ouvrés"]]),
    ("E51", [["job", "jobs"], ["opdracht", "opdrachten"], ["Auftrag", "Aufträge"], ["travail", "travaux"]]),
    ("EA", [["piece", "pieces"], ["stuk", "stuks"], ["Stück", "Stück"], ["pièce", "pièces"]]),
    ("FOT", [["foot", "feet"], ["voet", "voet"], ["Fuß", "Fuß"], ["pied", "pieds"]]),
    ("FTK", [["square foot", "square feet"], ["vierkante voet", "vierkante voet"], ["Quadratfuß", "Quadratfuß"], ["pied carré", "pieds carrés"]]),
    ("GLL", [["US gallon", "US gallons"], ["Amerikaanse gallon", "Amerikaanse gallon"], ["US-Gallone", "US-Gallonen"], ["gallon américain", "gallons américains"]]),
    ("GRM", [["gram", "grams"], ["gram", "gram"], ["Gramm", "Gramm"], ["gramme", "grammes"]]),
    ("GRO", [["gross", "gross"], ["gros", "gros"], ["Gros", "Gros"], ["grosse", "grosses"]]),
    ("H87", [["piece", "pieces"], ["stuk", "stuks"], ["Stück", "Stück"], ["pièce", "pièces"]]),
    ("HAR", [["hectare", "hectares"], ["hectare", "hectare"], ["Hektar", "Hektar"], ["hectare", "hectares"]]),
    ("HLT", [["hectolitre", "hectolitres"], ["hectoliter", "hectoliter"], ["Hektoliter", "Hektoliter"], ["hectolitre", "hectolitres"]]),
    ("HUR", [["hour", "hours"], ["uur", "uur"], ["Stunde", "Stunden"], ["heure", "heures"]]),
    ("IE", [["person", "persons"], ["persoon", "personen"], ["Person", "Personen"], ["personne", "personnes"]]),
    ("INH", [["inch", "inches"], ["inch", "inch"], ["Zoll", "Zoll"], ["pouce", "pouces"]]),
    ("JR", [["jar", "jars"], ["pot", "potten"], ["Glas", "Gläser"], ["bocal", "bocaux"]]),
    ("KGM", [["kilogram", "kilograms"], ["kilogram", "kilogram"], ["Kilogramm", "Kilogramm"], ["kilogramme", "kilogrammes"]]),
    ("KMK", [["square kilometre", "square kilometres"], ["vierkante kilometer", "vierkante kilometer"], ["Quadratkilometer", "Quadratkilometer"], ["kilomètre carré", "kilomètres carrés"]]),
    ("KMT", [["kilometre", "kilometres"], ["kilometer", "kilometer"], ["Kilometer", "Kilometer"], ["kilomètre", "kilomètres"]]),
    ("KT", [["kit", "kits"], ["kit", "kits"], ["Bausatz", "Bausätze"], ["kit", "kits"]]),
    ("KWH", [["kilowatt hour", "kilowatt hours"], ["kilowattuur", "kilowattuur"], ["Kilowattstunde", "Kilowattstunden"], ["kilowattheure", "kilowattheures"]]),
    ("KWT", [["kilowatt", "kilowatts"], ["kilowatt", "kilowatt"], ["Kilowatt", "Kilowatt"], ["kilowatt", "kilowatts"]]),
    ("LBR", [["pound", "pounds"], ["Engels pond", "Engelse pond"], ["britisches Pfund", "britische Pfund"], ["livre", "livres"]]),
    ("LM", [["linear metre", "linear metres"], ["strekkende meter", "strekkende meter"], ["laufender Meter", "laufende Meter"], ["mètre linéaire", "mètres linéaires"]]),
    ("LO", [["lot", "lots"], ["partij", "partijen"], ["Los", "Lose"], ["lot", "lots"]]),
    ("LS", [["lump sum", "lump sums"], ["vast bedrag", "vaste bedragen"], ["Pauschale", "Pauschalen"], ["forfait", "forfaits"]]),
    ("LTR", [["litre", "litres"], ["liter", "liter"], ["Liter", "Liter"], ["litre", "litres"]]),
    ("MGM", [["milligram", "milligrams"], ["milligram", "milligram"], ["Milligramm", "Milligramm"], ["milligramme", "milligrammes"]]),
    ("MIL", [["thousand", "thousand"], ["duizend", "duizend"], ["tausend", "tausend"], ["millier", "milliers"]]),
    ("MIN", [["minute", "minutes"], ["minuut", "minuten"], ["Minute", "Minuten"], ["minute", "minutes"]]),
    ("MLT", [["millilitre", "millilitres"], ["milliliter", "milliliter"], ["Milliliter", "Milliliter"], ["millilitre", "millilitres"]]),
    ("MMK", [["square millimetre", "square millimetres"], ["vierkante millimeter", "vierkante millimeter"], ["Quadratmillimeter", "Quadratmillimeter"], ["millimètre carré", "millimètres carrés"]]),
    ("MMQ", [["cubic millimetre", "cubic millimetres"], ["kubieke millimeter", "kubieke millimeter"], ["Kubikmillimeter", "Kubikmillimeter"], ["millimètre cube", "millimètres cubes"]]),
    ("MMT", [["millimetre", "millimetres"], ["millimeter", "millimeter"], ["Millimeter", "Millimeter"], ["millimètre", "millimètres"]]),
    ("MON", [["month", "months"], ["maand", "maanden"], ["Monat", "Monate"], ["mois", "mois"]]),
    ("MTK", [["square metre", "square metres"], ["vierkante meter", "vierkante meter"], ["Quadratmeter", "Quadratmeter"], ["mètre carré", "mètres carrés"]]),
    ("MTQ", [["cubic metre", "cubic metres"], ["kubieke meter", "kubieke meter"], ["Kubikmeter", "Kubikmeter"], ["mètre cube", "mètres cubes"]]),
    ("MTR", [["metre", "metres"], ["meter", "meter"], ["Meter", "Meter"], ["mètre", "mètres"]]),
    ("MWH", [["megawatt hour", "megawatt hours"], ["megawattuur", "megawattuur"], ["Megawattstunde", "Megawattstunden"], ["mégawattheure", "mégawattheures"]]),
    ("NMP", [["pack", "packs"], ["pak", "pakken"], ["Packung", "Packungen"], ["paquet", "paquets"]]),
    ("NPL", [["parcel", "parcels"], ["collo", "colli"], ["Paket", "Pakete"], ["colis", "colis"]]),
    ("NPR", [["pair", "pairs"], ["paar", "paar"], ["Paar", "Paar"], ["paire", "paires"]]),
    ("NRL", [["roll", "rolls"], ["rol", "rollen"], ["Rolle", "Rollen"], ["rouleau", "rouleaux"]]),
    ("ONZ", [["ounce", "ounces"], ["ounce", "ounce"], ["Unze", "Unzen"], ["once", "onces"]]),
    ("P1", [["percent", "percent"], ["procent", "procent"], ["Prozent", "Prozent"], ["pour cent", "pour cent"]]),
    ("PA", [["packet", "packets"], ["pakje", "pakjes"], ["Päckchen", "Päckchen"], ["petit paquet", "petits paquets"]]),
    ("PCE", [["piece", "pieces"], ["stuk", "stuks"], ["Stück", "Stück"], ["pièce", "pièces"]]),
    ("PF", [["pallet", "pallets"], ["pallet", "pallets"], ["Palette", "Paletten"], ["palette", "palettes"]]),
    ("PK", [["pack", "packs"], ["pak", "pakken"], ["Packung", "Packungen"], ["paquet", "paquets"]]),
    ("PR", [["pair", "pairs"], ["paar", "paar"], ["Paar", "Paar"], ["paire", "paires"]]),
    ("QAN", [["quarter", "quarters"], ["kwartaal", "kwartalen"], ["Quartal", "Quartale"], ["trimestre", "trimestres"]]),
    ("RL", [["reel", "reels"], ["haspel", "haspels"], ["Spule", "Spulen"], ["bobine", "bobines"]]),
    ("RM", [["ream", "reams"], ["riem", "riemen"], ["Ries", "Ries"], ["rame", "rames"]]),
    ("RO", [["roll", "rolls"], ["rol", "rollen"], ["Rolle", "Rollen"], ["rouleau", "rouleaux"]]),
    ("SA", [["sack", "sacks"], ["baal", "balen"], ["Sack", "Säcke"], ["grand sac", "grands sacs"]]),
    ("SEC", [["second", "seconds"], ["seconde", "seconden"], ["Sekunde", "Sekunden"], ["seconde", "secondes"]]),
    ("SET", [["set", "sets"], ["set", "sets"], ["Satz", "Sätze"], ["jeu", "jeux"]]),
    ("SMI", [["mile", "miles"], ["mijl", "mijl"], ["Meile", "Meilen"], ["mille", "milles"]]),
    ("T3", [["thousand pieces", "thousand pieces"], ["duizend stuks", "duizend stuks"], ["tausend Stück", "tausend Stück"], ["millier de pièces", "milliers de pièces"]]),
    ("TN", [["tin", "tins"], ["blik", "blikken"], ["Dose", "Dosen"], ["boîte métallique", "boîtes métalliques"]]),
    ("TNE", [["tonne", "tonnes"], ["ton", "ton"], ["Tonne", "Tonnen"], ["tonne", "tonnes"]]),
    ("TU", [["tube", "tubes"], ["tube", "tubes"], ["Tube", "Tuben"], ["tube", "tubes"]]),
    ("U2", [["tablet", "tablets"], ["tablet", "tabletten"], ["Tablette", "Tabletten"], ["comprimé", "comprimés"]]),
    ("VI", [["vial", "vials"], ["flacon", "flacons"], ["Fläschchen", "Fläschchen"], ["flacon", "flacons"]]),
    ("WEE", [["week", "weeks"], ["week", "weken"], ["Woche", "Wochen"], ["semaine", "semaines"]]),
    ("WTT", [["watt", "watts"], ["watt", "watt"], ["Watt", "Watt"], ["watt", "watts"]]),
    ("XAM", [["ampoule", "ampoules"], ["ampul", "ampullen"], ["Ampulle", "Ampullen"], ["ampoule", "ampoules"]]),
    ("XBE", [["bundle", "bundles"], ["bundel", "bundels"], ["Bündel", "Bündel"], ["botte", "bottes"]]),
    ("XBG", [["bag", "bags"], ["zak", "zakken"], ["Beutel", "Beutel"], ["sac", "sacs"]]),
    ("XBJ", [["bucket", "buckets"], ["emmer", "emmers"], ["Eimer", "Eimer"], ["seau", "seaux"]]),
    ("XBO", [["bottle", "bottles"], ["fles", "flessen"], ["Flasche", "Flaschen"], ["bouteille", "bouteilles"]]),
    ("XBX", [["box", "boxes"], ["doos", "dozen"], ["Schachtel", "Schachteln"], ["boîte", "boîtes"]]),
    ("XCA", [["can", "cans"], ["bus", "bussen"], ["Kanne", "Kannen"], ["bidon", "bidons"]]),
    ("XCR", [["crate", "crates"], ["krat", "kratten"], ["Lattenkiste", "Lattenkisten"], ["cageot", "cageots"]]),
    ("XCS", [["case", "cases"], ["kist", "kisten"], ["Kiste", "Kisten"], ["caisse", "caisses"]]),
    ("XCT", [["carton", "cartons"], ["karton", "kartons"], ["Karton", "Kartons"], ["carton", "cartons"]]),
    ("XDR", [["drum", "drums"], ["vat", "vaten"], ["Fass", "Fässer"], ["fût", "fûts"]]),
    ("XJR", [["jar", "jars"], ["pot", "potten"], ["Glas", "Gläser"], ["bocal", "bocaux"]]),
    ("XPA", [["packet", "packets"], ["pakje", "pakjes"], ["Päckchen", "Päckchen"], ["petit paquet", "petits paquets"]]),
    ("XPC", [["parcel", "parcels"], ["collo", "colli"], ["Paket", "Pakete"], ["colis", "colis"]]),
    ("XPK", [["pack", "packs"], ["pak", "pakken"], ["Packung", "Packungen"], ["paquet", "paquets"]]),
    ("XPX", [["pallet", "pallets"], ["pallet", "pallets"], ["Palette", "Paletten"], ["palette", "palettes"]]),
    ("XRL", [["reel", "reels"], ["haspel", "haspels"], ["Spule", "Spulen"], ["bobine", "bobines"]]),
    ("XRO", [["roll", "rolls"], ["rol", "rollen"], ["Rolle", "Rollen"], ["rouleau", "rouleaux"]]),
    ("XSA", [["sack", "sacks"], ["baal", "balen"], ["Sack", "Säcke"], ["grand sac", "grands sacs"]]),
    ("XTN", [["tin", "tins"], ["blik", "blikken"], ["Dose", "Dosen"], ["boîte métallique", "boîtes métalliques"]]),
    ("XTU", [["tube", "tubes"], ["tube", "tubes"], ["Tube", "Tuben"], ["tube", "tubes"]]),
    ("XVI", [["vial", "vials"], ["flacon", "flacons"], ["Fläschchen", "Fläschchen"], ["flacon", "flacons"]]),
    ("YRD", [["yard", "yards"], ["yard", "yard"], ["Yard", "Yard"], ["yard", "yards"]]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_sorted_and_named() {
        assert!(UNITS.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(UNITS.iter().flat_map(|(_, names)| names).flatten().all(|name| !name.is_empty()));
        let unit = |code, language| named(code, language).map(|it| (it.one, it.many, it.is_doubtful));
        assert_eq!(unit("XBX", Language::German), Some(("Schachtel", "Schachteln", false)));
        assert_eq!(unit("HUR", Language::Dutch), Some(("uur", "uur", false)));
        assert_eq!(unit("EA", Language::English), Some(("piece", "pieces", false)));
        for code in ["ea", "Ea", "Each", "PCS"] {
            assert_eq!(unit(code, Language::French), Some(("pièce", "pièces", true)), "{code}");
        }
        for code in ["CA", "ca", "TN", "PA", "CR"] {
            assert!(unit(code, Language::English).unwrap().2, "{code}");
        }
        assert!(!unit("XCA", Language::English).unwrap().2);
        for code in ["ST", "st", "", "ZZ9"] {
            assert_eq!(unit(code, Language::English), None, "{code}");
        }
    }
}
