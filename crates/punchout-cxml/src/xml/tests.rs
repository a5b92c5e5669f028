//! Rules of well-formedness, one by one.
