//! Attributes that know both answers.

use crate::token::token;

token! {
    /// What an attribute says that knows both answers. Where it is absent, neither
    /// is given.
    pub enum YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}

impl YesNo {
    /// Whether it says yes.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

impl From<bool> for YesNo {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}
