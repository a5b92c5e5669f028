//! How what is not required is put into a part of the model.

/// A field that begins empty.
pub(crate) trait Fill {
    type Item;

    fn fill(&mut self, item: Self::Item);
}

impl<T> Fill for Option<T> {
    type Item = T;

    /// What was there is replaced.
    fn fill(&mut self, item: T) {
        *self = Some(item);
    }
}

impl<T> Fill for Vec<T> {
    type Item = T;

    /// What was there stays.
    fn fill(&mut self, item: T) {
        self.push(item);
    }
}

/// Methods that give a value one thing more, each as
/// `field: method(argument: Type)`.
macro_rules! setters {
    ($of:ty {
        $($(#[$doc:meta])+ $field:ident: $setter:ident($argument:ident: $given:ty),)+
    }) => {
        impl $of {
            $(
                $(#[$doc])+
                #[must_use]
                pub fn $setter(mut self, $argument: $given) -> Self {
                    $crate::setters::Fill::fill(&mut self.$field, $argument.into());
                    self
                }
            )+
        }
    };
}
pub(crate) use setters;
