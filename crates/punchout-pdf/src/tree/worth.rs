//! What tells an amount of money: by what it is called, and by what it says.

use std::collections::BTreeSet;

/// What prices and amounts are called, whatever stands before or behind it.
const PRICES: [&str; 8] = ["price", "amount", "preis", "betrag", "prijs", "bedrag", "prix", "montant"];
/// Long enough to be found within a compound, such as `Gesamtkosten`.
const PARTS: [&str; 18] = [
    "betrag", "discount", "rebate", "rabatt", "korting", "remise", "rabais", "kosten", "totaal", "summe",
    "steuer", "charge", "budget", "gesamt", "brutto", "netto", "toeslag", "koopsom",
];
/// Words that are part of many others.
const WORDS: [&str; 34] = [
    "total",
    "subtotal",
    "sum",
    "value",
    "worth",
    "cost",
    "costs",
    "net",
    "gross",
    "fee",
    "tax",
    "vat",
    "gst",
    "wert",
    "nettowert",
    "bestellwert",
    "warenwert",
    "mwst",
    "ust",
    "zuschlag",
    "skonto",
    "som",
    "waarde",
    "orderwaarde",
    "btw",
    "kosten",
    "somme",
    "valeur",
    "cout",
    "coût",
    "frais",
    "ht",
    "ttc",
    "tva",
];
/// What is counted, weighed or named: beside such a word none of the others
/// tells an amount, as in `costCenter` and `Nettogewicht`.
const OTHERS: [&str; 49] = [
    "center",
    "centre",
    "stelle",
    "plaats",
    "träger",
    "traeger",
    "drager",
    "centrum",
    "object",
    "objekt",
    "soort",
    "code",
    "number",
    "nummer",
    "numéro",
    "numero",
    "type",
    "category",
    "categorie",
    "kategorie",
    "datum",
    "class",
    "klasse",
    "account",
    "konto",
    "rekening",
    "compte",
    "weight",
    "gewicht",
    "poids",
    "volume",
    "volumen",
    "quantity",
    "quantité",
    "quantite",
    "menge",
    "anzahl",
    "aantal",
    "hoeveelheid",
    "nombre",
    "pieces",
    "stück",
    "stuks",
    "zeilen",
    "regels",
    "lignes",
    "length",
    "länge",
    "lengte",
];
/// The same where it is a word of its own.
const OTHER_WORDS: [&str; 17] = [
    "id", "no", "nr", "qty", "kg", "mm", "art", "version", "count", "tage", "area", "date", "days", "items",
    "lines", "jours", "dagen",
];
/// Of these an amount is one wherever it is said, with its sign or its code.
const SIGNS: [&str; 9] = ["€", "$", "£", "¥", "zł", "kč", "₺", "₽", "₴"];
const CODES: [&str; 26] = [
    "EUR", "EURO", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "RSD",
    "TRY", "UAH", "RUB", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SGD", "ZAR",
];

/// Whether something that is called so is a price, whatever it says.
pub(super) fn is_price(name: &str) -> bool {
    let name = name.to_lowercase();
    PRICES.iter().any(|word| name.contains(word))
}

/// Whether something is the name of a list of prices, such as `PL7`, and no
/// price of it.
pub(super) fn is_list(name: &str, value: &str) -> bool {
    let is_called = words(name)
        .last()
        .is_some_and(|last| ["list", "liste", "lijst"].iter().any(|list| last.ends_with(list)));
    let has_decimals = value
        .split(|c: char| c != '.' && c != ',' && !c.is_numeric())
        .any(|number| number.trim_matches(['.', ',']).contains(['.', ',']));
    is_called && value.contains(char::is_alphabetic) && !has_decimals
}

/// Whether something tells an amount by its name and the number that it is.
pub(super) fn is_amount(name: &str, value: &str) -> bool {
    is_number(value) && {
        let words = words(name);
        // the last part of a compound says what it is
        let is_other = |word: &String| {
            OTHER_WORDS.contains(&word.as_str())
                || OTHERS.iter().any(|other| word.contains(other))
                    && !PARTS.iter().any(|part| word.ends_with(part))
        };
        let is_told =
            |word: &String| WORDS.contains(&word.as_str()) || PARTS.iter().any(|part| word.contains(part));
        // `MwSt` and `SubTotal` are one word each
        let pairs = words.windows(2).map(<[String]>::concat);
        (words.iter().any(is_told) || pairs.clone().any(|pair| WORDS.contains(&&*pair)))
            && !words.iter().any(is_other)
    }
}

/// A number, in whatever form, and a sign of hundredths or the like at most.
pub(super) fn is_number(value: &str) -> bool {
    let value = value.trim();
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    value.contains(|c: char| c.is_ascii_digit()) && letters <= "EURO".len()
}

/// Whether a text says a number with a currency beside it. The order may have
/// others than the usual ones.
pub(super) fn says_money(text: &str, currencies: &BTreeSet<String>) -> bool {
    let text = text.to_uppercase();
    let is_currency = |word: &str| {
        SIGNS.iter().any(|sign| sign.to_uppercase() == word)
            || CODES.contains(&word)
            || currencies.contains(word)
    };
    // numbers, words and signs in turn; what only parts them is left out
    let kind = |c: char| match c {
        c if c.is_numeric() => 1,
        c if c.is_alphabetic() => 2,
        c if SIGNS.iter().any(|sign| sign.starts_with(c)) => 3,
        c if c.is_whitespace() || matches!(c, '.' | ',' | '-' | '\'' | '’' | ':' | '=' | '(' | ')') => 0,
        _ => 4,
    };
    let mut runs: Vec<(i32, String)> = Vec::new();
    let mut last = 0;
    for c in text.chars() {
        let kind = kind(c);
        match runs.last_mut() {
            Some((_, run)) if kind == last && kind != 0 => run.push(c),
            _ if kind != 0 => runs.push((kind, c.to_string())),
            _ => {}
        }
        last = kind;
    }
    runs.windows(2).any(|pair| {
        let [(first, a), (second, b)] = pair else { return false };
        *first == 1 && is_currency(b) || *second == 1 && is_currency(a)
    })
}

/// The words of a name in `camelCase`, `snake_case` and the like, small.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = name.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let rises =
            c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && next.is_lowercase());
        if rises || !c.is_alphabetic() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphabetic()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_called_by_many_names() {
        for name in [
            "Total",
            "GrandTotal",
            "order_total",
            "Korting",
            "kortingsbedrag",
            "Rabatt",
            "Mengenrabatt%",
            "Kosten",
            "verzendkosten",
            "netValue",
            "net-value",
            "VAT",
            "vatAmount",
            "MwSt",
            "MwSt.",
            "BTW",
            "btw-percentage",
            "TVA",
            "Remise",
            "Summe",
            "Nettowert",
            "Bestellwert",
            "Gesamtkosten",
            "Mehrwertsteuer",
            "Totaal",
            "Koopsom",
            "aankoopsom",
            "TotalHT",
            "unitCost",
            "coût",
            "Frais de port",
            "VATRate",
            "cost",
        ] {
            assert!(is_amount(name, "12.50") && is_amount(name, "€ 12,50"), "{name}: {:?}", words(name));
            assert!(!is_amount(name, "see the contract of last year"), "{name}");
        }
        for name in [
            "costCenter",
            "cost_centre",
            "Kostenstelle",
            "kostenplaats",
            "Kostenträger",
            "vatID",
            "VATNumber",
            "btw-nummer",
            "taxCode",
            "netWeight",
            "Nettogewicht",
            "grossVolume",
            "totalLines",
            "TotalQuantity",
            "Gesamtmenge",
            "poids net",
            "customerNumber",
            "Taxi",
            "Networks",
            "Steuernummer",
            "totaal aantal",
        ] {
            assert!(!is_amount(name, "12.50"), "{name}: {:?}", words(name));
        }
    }

    #[test]
    fn money_is_a_number_with_a_currency() {
        let own = BTreeSet::from(["XOF".to_owned()]);
        for text in [
            "EUR 12.50",
            "12,50 €",
            "€12",
            "$ 1'000.00",
            "1.234,56EUR",
            "about 12 euro each",
            "XOF 500",
            "12,- €",
        ] {
            assert!(says_money(text, &own), "{text}");
        }
        for text in [
            "ISO 9001",
            "12.50",
            "EUR",
            "€",
            "EUR pallet 12",
            "DIN 912 A2",
            "M8 x 40",
            "500 XAF",
            "EURO-pallet",
        ] {
            assert!(!says_money(text, &own), "{text}");
        }
    }
}
