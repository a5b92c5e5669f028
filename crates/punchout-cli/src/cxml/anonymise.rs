//! `punchout cxml anonymise`

use punchout::cxml::{Anonymiser, Prices};

use crate::args::cxml::Anonymise;
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{Verdict, file, printable};

pub(super) fn run(args: &Anonymise) -> Result<Verdict, Failure> {
    file::refuse_inputs([&args.file], &args.output)?;
    let mut anonymiser =
        Anonymiser::new(seed(args)?).with_texts(!args.keep_texts).with_articles(args.articles);
    if args.keep_prices {
        anonymiser = anonymiser.with_prices(Prices::Kept);
    }
    let input = Input::document(&args.file)?;
    let bytes = anonymiser.anonymise(&input.bytes).map_err(|error| Failure::document(&input, &error))?;
    file::save(&args.output, &bytes)?;
    Ok(Verdict::Good)
}

fn seed(args: &Anonymise) -> Result<Vec<u8>, Failure> {
    if let Some(seed) = &args.seed {
        return Ok(seed.clone().into_bytes());
    }
    if let Some(path) = &args.seed_file {
        // an editor's line end is no part of it
        let seed = Input::note(path)?.bytes.trim_ascii_end().to_vec();
        return if seed.is_empty() {
            Err(Failure::Usage(format!(
                "{} is empty: put the seed into it",
                printable(&path.display().to_string())
            )))
        } else {
            Ok(seed)
        };
    }
    let mut seed = vec![0; 32];
    getrandom::fill(&mut seed).map_err(|error| {
        Failure::Usage(format!("no random seed is to be had ({error}): name one with --seed"))
    })?;
    Ok(seed)
}
