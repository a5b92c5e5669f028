//! How languages write values, so that what is printed can be read back. It
//! shares nothing with what prints them.

use std::fmt::Write as _;

use chrono::{NaiveDate, Timelike as _};
use punchout_cxml::{Timestamp, TimestampValue};
use punchout_pdf::Language;
use rust_decimal::Decimal;

/// The form of a language.
pub(crate) struct Form {
    group: char,
    point: char,
    months: &'static str,
    pub(crate) line: &'static str,
    pub(crate) total: &'static str,
    pub(crate) further: &'static str,
    pub(crate) whole: &'static str,
    pub(crate) page: [&'static str; 2],
}

impl Form {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Dutch => &DUTCH,
            Language::German => &GERMAN,
            Language::French => &FRENCH,
            _ => &ENGLISH,
        }
    }

    /// The value of a number in this form: whole thousands are parted, and
    /// nothing else is. Programs that read PDF make one kind of blank of all.
    pub(crate) fn number(&self, text: &str) -> Option<Decimal> {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
        let (whole, fraction) = match digits.split_once(self.point) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut groups = whole.split(self.group);
        let first = groups.next().filter(|first| is_number(first) && first.len() <= 3)?;
        let mut plain = format!("{sign}{first}");
        for group in groups {
            plain.push_str(Some(group).filter(|group| is_number(group) && group.len() == 3)?);
        }
        if let Some(fraction) = fraction {
            plain = format!("{plain}.{}", Some(fraction).filter(|fraction| is_number(fraction))?);
        }
        plain.parse().ok()
    }

    /// All numbers of a text.
    pub(crate) fn numbers(&self, text: &str) -> Vec<Number> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut before = ' ';
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            let is_start =
                c.is_ascii_digit() || c == '-' && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if !is_start || is_inside(before) || ":,".contains(before) {
                before = c;
                continue;
            }
            let mut end = start + 1;
            before = c;
            while let Some((at, c)) = chars
                .next_if(|(_, c)| c.is_ascii_digit() || *c != ' ' && [self.group, self.point].contains(c))
            {
                (end, before) = (at + 1, c);
            }
            let after = text[end..].chars().next().unwrap_or(' ');
            if is_inside(after) && after != '%' {
                continue;
            }
            // where a blank parts thousands, what goes on as a number does is one
            let goes_on = runs.last().is_some_and(|(first, last)| {
                let whole = text[*first..end].trim_end_matches(self.point);
                self.group == ' ' && &text[*last..start] == " " && self.number(whole).is_some()
            });
            match runs.last_mut().filter(|_| goes_on) {
                Some((_, last)) => *last = end,
                None => runs.push((start, end)),
            }
        }
        let mut numbers = Vec::new();
        for (n, (start, _)) in runs.iter().enumerate() {
            let mut whole = String::new();
            for (more, (from, to)) in runs[n..].iter().take(MOST_PARTS).enumerate() {
                if more > 0 {
                    let (_, last) = runs[n + more - 1];
                    match &text[last..*from] {
                        // a number may go on in the next line of its cell, even within a group
                        " " if self.group == ' ' => whole.push(' '),
                        "\n" if self.group == ' '
                            && self.number(&format!("{whole} {}", &text[*from..*to])).is_some() =>
                        {
                            whole.push(' ');
                        }
                        "\n" if last - runs[n].0 >= NARROWEST || whole.ends_with(['.', ',']) => {}
                        _ => break,
                    }
                }
                whole.push_str(&text[*from..*to]);
                // a sentence may end behind it
                let number = self.number(&whole).or_else(|| self.number(whole.trim_end_matches(['.', ','])));
                if let Some(value) = number {
                    numbers.push(Number { value, start: *start, end: *to, runs: n..n + more + 1 });
                }
            }
        }
        numbers
    }

    /// All days of a text, with the time of day and the zone.
    pub(crate) fn moments(&self, text: &str) -> Vec<Moment> {
        let words: Vec<_> = text.split_whitespace().collect();
        let months: Vec<_> = self.months.split(' ').collect();
        let day = |word: &str| {
            let digits = word.trim_start_matches('(');
            let digits = digits.strip_suffix("er").or(digits.strip_suffix('.')).unwrap_or(digits);
            digits.parse::<u32>().ok()
        };
        let mut moments = Vec::new();
        for (n, window) in words.windows(3).enumerate() {
            let [first, second, third] = window else { break };
            let Some(month) = months.iter().position(|month| month == second) else { continue };
            let year: String = third.chars().take_while(char::is_ascii_digit).collect();
            let date = year.parse().ok().zip(day(first));
            let month = u32::try_from(month).unwrap() + 1;
            let Some(date) = date.and_then(|(year, day)| NaiveDate::from_ymd_opt(year, month, day)) else {
                continue;
            };
            let mut clock = String::new();
            let is_time =
                |word: &str| word.split(':').count() >= 2 && word.starts_with(|c: char| c.is_ascii_digit());
            if third.ends_with(',') && words.get(n + 3).is_some_and(|word| is_time(word)) {
                let ends = [')', ',', ';'];
                clock.push_str(words[n + 3].trim_end_matches(ends));
                if let Some(zone) = words.get(n + 4).filter(|word| word.starts_with("UTC")) {
                    clock.push(' ');
                    clock.push_str(zone.trim_end_matches(ends));
                }
            }
            moments.push(Moment { date, clock });
        }
        moments
    }
}

/// So many characters fit into any cell before a number is broken.
const NARROWEST: usize = 8;
/// So many lines may a number in a narrow cell have.
const MOST_PARTS: usize = 12;

/// Whether a number next to it is a part of something else.
fn is_inside(c: char) -> bool {
    !c.is_whitespace() && !"()[]:;=±·–,".contains(c)
}

/// A number that was read.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    pub(crate) value: Decimal,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What it is put together from: no other number may be of the same.
    pub(crate) runs: std::ops::Range<usize>,
}

/// A day, and what is said of the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) date: NaiveDate,
    pub(crate) clock: String,
}

impl Moment {
    /// What was sent, as a reader of the document must find it: midnight is how
    /// programs say a day.
    pub(crate) fn sent(text: &str) -> Option<Self> {
        let timestamp = Timestamp::from(text);
        let date = timestamp.date()?;
        let (time, offset) = match timestamp.value()? {
            TimestampValue::Moment(moment) => (moment.time(), Some(moment.offset().local_minus_utc() / 60)),
            TimestampValue::Local(moment) => (moment.time(), None),
            _ => return Some(Self { date, clock: String::new() }),
        };
        let mut clock = String::new();
        if time.num_seconds_from_midnight() > 0 || time.nanosecond() > 0 {
            clock = format!("{:02}:{:02}", time.hour(), time.minute());
            if time.second() > 0 || time.nanosecond() > 0 {
                let _ = write!(clock, ":{:02}", time.second());
            }
            if time.nanosecond() > 0 {
                // the odd ones of the orders here are thousandths
                let _ = write!(clock, ".{:03}", time.nanosecond() / 1_000_000);
            }
            clock += match offset {
                None => "",
                Some(minutes) if minutes < 0 => " UTC−",
                Some(0) => " UTC",
                Some(_) => " UTC+",
            };
            if let Some(minutes) = offset.map(i32::abs).filter(|minutes| *minutes > 0) {
                clock += &(minutes / 60).to_string();
                if minutes % 60 > 0 {
                    let _ = write!(clock, ":{:02}", minutes % 60);
                }
            }
        }
        Some(Self { date, clock })
    }
}

static ENGLISH: Form = Form {
    group: ',',
    point: '.',
    months: "January February March April May June July August September October November December",
    line: "Line",
    total: "Total",
    further: "Further data",
    whole: "Order",
    page: ["Page", "of"],
};

static DUTCH: Form = Form {
    group: '.',
    point: ',',
    months: "januari februari maart april mei juni juli augustus september oktober november december",
    line: "Regel",
    total: "Totaal",
    further: "Overige gegevens",
    whole: "Bestelling",
    page: ["Pagina", "van"],
};

static GERMAN: Form = Form {
    group: '.',
    point: ',',
    months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    line: "Pos.",
    total: "Summe",
    further: "Weitere Angaben",
    whole: "Bestellung",
    page: ["Seite", "von"],
};

static FRENCH: Form = Form {
    group: ' ',
    point: ',',
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    line: "Ligne",
    total: "Total",
    further: "Autres données",
    whole: "Commande",
    page: ["Page", "sur"],
};

#[test]
fn numbers_are_read_strictly() {
    let read = |language, text: &str| {
        let values = Form::of(language).numbers(text).into_iter().map(|number| number.value.to_string());
        values.collect::<Vec<_>>()
    };
    assert_eq!(
        read(Language::English, "1,234.50 (12) -3 5% M8 912-X 1250 1,25 12."),
        ["1234.50", "12", "-3", "5", "12"]
    );
    assert_eq!(read(Language::Dutch, "1.234,50 12.50 EUR 7,249."), ["1234.50", "7.249"]);
    assert_eq!(
        read(Language::German, "7.922\n812 79.228.162.\n514,5 7\n8"),
        ["7922", "812", "79228162", "79228162514.5", "514.5", "7", "8"]
    );
    assert_eq!(read(Language::French, "1 234,50 EUR"), ["1234.50"]);
}

#[test]
fn days_are_read_with_their_time() {
    for (language, text, sent) in [
        (Language::English, "by 1 March 2026, 09:30 UTC+1", "2026-03-01T09:30:00+01:00"),
        (Language::Dutch, "31 december 2026, 23:59:59.250 UTC−8.", "2026-12-31T23:59:59.250-08:00"),
        (Language::German, "(3. März 2026)", "2026-03-03"),
        (Language::French, "1er août 2026, 30 Stück", "2026-08-01T00:00:00Z"),
    ] {
        let read = Form::of(language).moments(text);
        let mut sent = Moment::sent(sent).unwrap();
        if text.ends_with('.') {
            sent.clock.push('.');
        }
        assert_eq!(read, [sent], "{text}");
    }
}
