//! Where the DTD lets either of several elements stand.

/// Declares what may stand at such a place. The names that an [`element!`]
/// lists for the field are those given here.
///
/// [`element!`]: crate::element::element
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(#[$first_meta:meta])* $first:ident($first_type:ty) = $first_element:literal,
            $($(#[$variant_meta:meta])* $variant:ident($type:ty) = $element:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum $name {
            $(#[$first_meta])*
            $first($first_type),
            $($(#[$variant_meta])* $variant($type),)+
        }

        impl $crate::element::Element for $name {
            fn blank() -> Self {
                Self::$first($crate::element::Element::blank())
            }

            fn read<'a>(
                cursor: &mut $crate::read::Cursor<'a>,
                tag: $crate::xml::Tag<'a>,
            ) -> Result<Self, $crate::Error> {
                match tag.name {
                    $($element => $crate::element::Element::read(cursor, tag).map(Self::$variant),)+
                    _ => $crate::element::Element::read(cursor, tag).map(Self::$first),
                }
            }

            fn write(&self, writer: &mut $crate::write::Writer, _: &'static str) {
                match self {
                    Self::$first(one) => $crate::element::Element::write(one, writer, $first_element),
                    $(Self::$variant(one) => $crate::element::Element::write(one, writer, $element),)+
                }
            }
        }

        impl From<$first_type> for $name {
            fn from(one: $first_type) -> Self {
                Self::$first(one)
            }
        }

        $(impl From<$type> for $name {
            fn from(one: $type) -> Self {
                Self::$variant(one)
            }
        })+
    };
}

pub(crate) use choice;
