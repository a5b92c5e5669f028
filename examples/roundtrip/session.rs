//! Keys of sessions.

/// A key that nobody can guess.
///
/// In OCI the return address is all that ties a basket to the user who fetched
/// it, so whoever guesses the key in it can slip a basket to somebody else.
pub(crate) fn new_key() -> Result<String, getrandom::Error> {
    let mut key = [0; 16];
    getrandom::fill(&mut key)?;
    Ok(format!("{:032x}", u128::from_be_bytes(key)))
}
