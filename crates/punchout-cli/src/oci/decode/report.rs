//! A basket for people.

use std::io::{self, Write};

use punchout::core::{All, Amount};
use punchout::oci::{Basket, Field, Item};

use crate::input::Input;
use crate::output::findings::{self, Source};
use crate::output::table::{Align, Table};
use crate::output::{money, shown};

pub(super) fn write(basket: &Basket, input: &Input, found: &All, out: &mut dyn Write) -> io::Result<()> {
    if !basket.items.is_empty() {
        table(basket).write(out)?;
        writeln!(out)?;
    }
    if !basket.controls.is_empty() {
        for control in &basket.controls {
            writeln!(out, "{} = {}", shown(&control.name, 60), shown(&control.value, 60))?;
        }
        writeln!(out)?;
    }
    let name = input.shown();
    Source { name: &name, bytes: &input.bytes, masks: &[] }.write(found, out)?;
    let items = findings::counted(basket.items.len(), "item");
    write!(out, "{name}: {items}")?;
    if let (Some(total), Some(first)) = (basket.total(), basket.items.first()) {
        write!(out, ", {}", money(total))?;
        if let Some(currency) = &first.currency {
            write!(out, " {}", shown(currency, 8))?;
        }
    }
    writeln!(out, "; {}", findings::summary(found))
}

fn table(basket: &Basket) -> Table<9> {
    let mut table = Table::new([
        ("item", Align::Right),
        ("article", Align::Left),
        ("description", Align::Left),
        ("quantity", Align::Right),
        ("unit", Align::Left),
        ("price", Align::Right),
        ("per", Align::Right),
        ("total", Align::Right),
        ("currency", Align::Left),
    ]);
    let mut sent = basket.sent.by_item().into_iter().peekable();
    for item in &basket.items {
        let mut filled = Vec::new();
        while let Some(field) = sent.next_if(|field| field.index <= item.index) {
            filled.extend(field.field.filter(|_| !field.value.trim().is_empty()));
        }
        let number = |field: Field, value: Option<String>| match value {
            Some(value) => value,
            None if filled.contains(&field) => "?".to_owned(),
            None => "-".to_owned(),
        };
        let value = |amount: &Option<Amount>| amount.as_ref().map(Amount::value);
        let plain = |amount: &Option<Amount>| value(amount).map(|value| value.normalize().to_string());
        table.push([
            item.index.to_string(),
            text(article(item), 20),
            text(item.description.as_deref(), 40),
            number(Field::Quantity, plain(&item.quantity)),
            unit(item),
            number(Field::Price, value(&item.price).map(money)),
            number(Field::PriceUnit, plain(&item.price_unit)),
            item.line_total().map_or_else(|| "-".to_owned(), money),
            text(item.currency.as_deref(), 8),
        ]);
    }
    table
}

fn text(text: Option<&str>, most: usize) -> String {
    text.map_or_else(|| "-".to_owned(), |text| shown(text, most))
}

/// The number that a person would look for.
fn article(item: &Item) -> Option<&str> {
    [&item.vendor_mat, &item.matnr, &item.ext_product_id].into_iter().flatten().map(|number| &**number).next()
}

/// The unit as sent, and the code that it means.
fn unit(item: &Item) -> String {
    let sent = text(item.unit.as_deref(), 12);
    match &item.unit_resolved {
        Some(resolved) if *resolved.code != *sent => format!("{sent} ({})", resolved.code),
        _ => sent,
    }
}
