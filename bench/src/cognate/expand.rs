//! What the derive writes, as a macro by example, for the records measured here.

/// Defines a record and gives it a descriptor, an `encode` and a `decode`.
///
/// `'de`, the record's name in the schema, the type (with `<'de>` when it borrows), and the fields, each behind its number.
/// The numbers count from 1 without a gap.
macro_rules! record {
    ($de:lifetime, $name:literal, $type:ident $(<$life:lifetime>)? { $($number:literal $field:ident: $ty:ty,)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "the fields are described in `data`")]
        pub struct $type $(<$life>)? {
            $(pub $field: $ty,)*
        }

        impl<$de> cognate_codec::Typed for $type $(<$life>)? {
            const TYPE: cognate_codec::TypeDesc = cognate_codec::TypeDesc::new(
                cognate_codec::Shape::Record(|| <Self as cognate_codec::Record>::DESC)
            );
        }

        impl<$de> cognate_codec::Record for $type $(<$life>)? {
            const DESC: &'static cognate_codec::RecordDesc = &cognate_codec::RecordDesc {
                name: cognate_codec::Name::new($name, "bench"),
                kind: cognate_codec::desc::RecordKind::Record,
                aliases: &[],
                doc: "",
                fields: &[$(cognate_codec::FieldDesc::new(
                    stringify!($field),
                    <$ty as cognate_codec::Typed>::TYPE.with_number($number, cognate_codec::Presence::Implicit),
                ),)*],
            };
        }

        impl<$de> cognate_codec::Encode for $type $(<$life>)? {
            #[inline(always)]
            fn encode<S: cognate_codec::Sink>(
                &self,
                ty: &'static cognate_codec::TypeDesc,
                sink: &mut S,
            ) -> Result<(), cognate_codec::EncodeError> {
                sink.record(ty, self)
            }
        }

        impl<$de> cognate_codec::EncodeRecord for $type $(<$life>)? {
            #[inline]
            fn encode_fields<S: cognate_codec::Sink>(&self, sink: &mut S) -> Result<(), cognate_codec::EncodeError> {
                $(sink.field(const { &<Self as cognate_codec::Record>::DESC.fields[$number - 1] }, &self.$field)?;)*
                Ok(())
            }
        }

        impl<$de> cognate_codec::Decode<$de> for $type $(<$life>)? {
            #[inline(always)]
            fn decode<S: cognate_codec::Source<$de>>(
                ty: &'static cognate_codec::TypeDesc,
                source: &mut S,
            ) -> Result<Self, cognate_codec::DecodeError> {
                source.record(ty, None)
            }

            #[inline(always)]
            fn decode_field<S: cognate_codec::Source<$de>>(
                slot: &mut Option<Self>,
                ty: &'static cognate_codec::TypeDesc,
                source: &mut S,
            ) -> Result<(), cognate_codec::DecodeError> {
                let earlier = slot.take();
                *slot = Some(source.record(ty, earlier)?);
                Ok(())
            }
        }

        impl<$de> cognate_codec::DecodeRecord<$de> for $type $(<$life>)? {
            #[inline]
            fn decode_fields<S: cognate_codec::Source<$de>>(
                earlier: Option<Self>,
                source: &mut S,
            ) -> Result<Self, cognate_codec::DecodeError> {
                let ($(mut $field,)*) = match earlier {
                    Some(earlier) => ($(Some(earlier.$field),)*),
                    None => ($(None::<$ty>,)*),
                };
                $({
                    let field = const { &<Self as cognate_codec::Record>::DESC.fields[$number - 1] };
                    if source.expect(field)? {
                        source.field(field, &mut $field)?;
                    }
                })*
                if S::TAGGED {
                    while let Some(position) = source.next_field(<Self as cognate_codec::Record>::DESC, None)? {
                        match position + 1 {
                            $($number => source.field(
                                const { &<Self as cognate_codec::Record>::DESC.fields[$number - 1] },
                                &mut $field,
                            )?,)*
                            _ => {}
                        }
                    }
                }
                Ok(Self {
                    $($field: source.finish(
                        const { &<Self as cognate_codec::Record>::DESC.fields[$number - 1] },
                        $field,
                    )?,)*
                })
            }
        }
    };
}
pub(super) use record;
