use super::Options;
use crate::{Error, ErrorKind};

impl Options {
    /// Reads options from TOML.
    ///
    /// # Errors
    /// When it is no TOML, lacks one of the addresses, or names an option,
    /// language or colour that there is not.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        toml::from_str(text)
            .map_err(|e| Error::new(ErrorKind::Options, "the options cannot be read").caused_by(e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Amounts, Attach, Language, Paper, Whose};

    const LEAST: &str = "invoice-address = 'A'\ninvoice-mailbox = 'b@c'\nprocurement-mailbox = 'd@e'\n";

    #[test]
    fn reads_all_or_the_least() {
        assert_eq!(Options::from_toml(LEAST).unwrap(), Options::new("A", "b@c", "d@e"));
        let all = "language = 'de'\nwhose = 'requester'\namounts = 'including-tax'\npaper = 'letter'\n\
            accent = '#102030'\ncolumns = 72\nattach = 'always'\nabove = { de = 'Guten Tag', fr = 'Bonjour' }\nbelow.en = 'Regards'\n";
        let read = Options::from_toml(&format!("{LEAST}{all}")).unwrap();
        let expected = Options::new("A", "b@c", "d@e")
            .with_language(Language::German)
            .with_whose(Whose::Requester)
            .with_amounts(Amounts::IncludingTax)
            .with_paper(Paper::Letter)
            .with_attach(Attach::Always)
            .with_columns(72)
            .with_accent(crate::Color::new(16, 32, 48))
            .with_above(Language::German, "Guten Tag")
            .with_above(Language::French, "Bonjour")
            .with_below(Language::English, "Regards");
        assert_eq!(read, expected);
    }

    #[test]
    fn says_what_is_wrong() {
        use std::error::Error as _;
        for (text, said) in [
            ("invoice-address = 'A'", "missing field `invoice-mailbox`"),
            (&*format!("{LEAST}language = 'tlh'"), "`tlh` is no language"),
            (&*format!("{LEAST}above.tlh = 'x'"), "`tlh` is no language"),
            (&*format!("{LEAST}accent = 'red'"), "is no colour"),
            (&*format!("{LEAST}colour = 'red'"), "unknown field `colour`"),
        ] {
            let error = Options::from_toml(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Options);
            let cause = error.source().unwrap().to_string();
            assert!(cause.contains(said), "{cause}");
        }
    }
}
