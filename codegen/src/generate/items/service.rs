//! Services: traits, the types that answer calls by them, and what their clients need.

use proc_macro2::TokenStream;
use quote::quote;

use crate::generate::{
    docs,
    model::{Answer, Function, ItemId, Service},
    names::ident,
    recursion,
    thrift::APPLICATION,
    types::Writer,
};

impl Writer<'_> {
    /// A service with its processor and the errors of its functions.
    pub(in crate::generate) fn service(self, service: &Service) -> TokenStream {
        let (name, doc) = (ident(&service.name), docs::attributes(&service.doc));
        let base = service.extends.map(|position| {
            let path = self.service_path(position, |service| &service.name);
            quote!(: #path)
        });
        let methods = service.functions.iter().map(|function| {
            let (name, doc) = (ident(&function.name), docs::attributes(&function.doc));
            let arguments = self.item(function.arguments);
            let answer = function.answer.as_ref().map(|answer| {
                let result = self.result(answer);
                quote!(-> #result)
            });
            let borrows = |id| self.borrowed && self.model.item(id).borrows;
            let (lifetime, this) = if borrows(function.arguments)
                || function.answer.as_ref().is_some_and(|answer| borrows(answer.record))
            {
                (quote!(<'a>), quote!(&'a self))
            } else {
                (quote!(), quote!(&self))
            };
            quote!(#doc fn #name #lifetime(#this, arguments: #arguments) #answer;)
        });
        let processor = self.processor(service);
        let functions = service.functions.iter().map(|function| {
            let call = self.call(function);
            let answer = function.answer.as_ref().map(|answer| {
                let (error, reply) = (self.error(answer), self.reply(function, answer));
                quote!(#error #reply)
            });
            quote!(#call #answer)
        });
        quote! {
            #doc
            pub trait #name #base { #(#methods)* }

            #processor
            #(#functions)*
        }
    }

    fn processor(self, service: &Service) -> TokenStream {
        let facade = self.facade;
        let (name, processor) = (ident(&service.name), ident(&service.processor));
        let doc = docs::attributes(&format!("Answers calls by an implementation of [`{}`].", service.name));
        let arms = service.functions.iter().map(|function| {
            let (wire_name, method) = (&function.schema_name, ident(&function.name));
            match &function.answer {
                None => quote!(#wire_name => call.oneway(|arguments| <T as #name>::#method(service, arguments)),),
                Some(answer) => {
                    let record = self.item_path(answer.record);
                    quote!(#wire_name => call.answer(|arguments| #record::of(<T as #name>::#method(service, arguments))),)
                }
            }
        });
        let other = if let Some(position) = service.extends {
            let base = self.service_path(position, |service| &service.processor);
            quote!(#base::dispatch(service, call))
        } else {
            quote!(call.unknown())
        };
        let body = if service.functions.is_empty() && service.extends.is_none() {
            quote!(let _ = service; call.unknown())
        } else {
            quote!(match call.name() { #(#arms)* _ => #other, })
        };
        quote! {
            #doc
            #[derive(Clone, Copy, Debug, Default)]
            pub struct #processor<T>(pub T);

            impl<T: #name> #processor<T> {
                /// Answers a call by a service.
                pub fn dispatch<'a, P: #facade::thrift::Protocol>(
                    service: &'a T,
                    call: #facade::thrift::Call<'a, P>,
                ) -> Option<Vec<u8>> {
                    #body
                }
            }

            impl<T: #name> #facade::thrift::Processor for #processor<T> {
                fn call<'a, P: #facade::thrift::Protocol>(
                    &'a self,
                    call: #facade::thrift::Call<'a, P>,
                ) -> Option<Vec<u8>> {
                    Self::dispatch(&self.0, call)
                }
            }
        }
    }

    /// The client's side of the arguments.
    fn call(self, function: &Function) -> TokenStream {
        let facade = self.facade;
        let (head, arguments) = self.head(function.arguments);
        let (name, kind) =
            (&function.schema_name, if function.answer.is_some() { quote!(Call) } else { quote!(Oneway) });
        let doc =
            docs::attributes(&format!("The message that calls `{name}`; the reply has the same sequence number."));
        quote! {
            impl #head #arguments {
                #doc
                pub fn to_call<P: #facade::thrift::Protocol>(
                    &self,
                    sequence: i32,
                ) -> ::core::result::Result<Vec<u8>, #facade::EncodeError> {
                    #facade::thrift::service::encode_call::<P>(#name, #facade::thrift::MessageKind::#kind, sequence, self)
                }
            }
        }
    }

    /// Both sides of the answer.
    fn reply(self, function: &Function, answer: &Answer) -> TokenStream {
        let facade = self.facade;
        let (head, record) = self.head(answer.record);
        let (name, result) = (&function.schema_name, self.result(answer));
        let doc = docs::attributes(&format!("Reads the message that answers a call of `{name}`."));
        let success = answer.success.as_ref().map(|_| quote!(success: Option::Some(success),));
        let pattern = if answer.success.is_some() { quote!(success) } else { quote!(()) };
        let error = answer.error.as_deref().map(ident);
        let application = ident(APPLICATION);
        let failures = error.as_ref().map_or_else(
            || quote!(::core::result::Result::Err(error) => ::core::result::Result::Err(error),),
            |error| {
                let arms = answer.exceptions.iter().map(|exception| {
                    let (variant, field) = (ident(&exception.variant), ident(&exception.field));
                    quote! {
                        ::core::result::Result::Err(#error::#variant(error)) => {
                            ::core::result::Result::Ok(Self { #field: Option::Some(error), ..Default::default() })
                        }
                    }
                });
                quote! {
                    #(#arms)*
                    ::core::result::Result::Err(#error::#application(error)) => ::core::result::Result::Err(error),
                }
            },
        );
        let thrown = answer.exceptions.iter().map(|exception| {
            let (variant, field) = (ident(&exception.variant), ident(&exception.field));
            quote! {
                if let Option::Some(error) = self.#field {
                    return ::core::result::Result::Err(#error::#variant(error));
                }
            }
        });
        let missing = {
            let message = format!("`{name}` has neither a result nor an exception");
            let missing = quote! {
                #facade::thrift::ApplicationError::new(#facade::thrift::ApplicationErrorKind::MissingResult, #message)
            };
            if error.is_some() { quote!(#error::#application(#missing)) } else { missing }
        };
        let returned = if answer.success.is_some() {
            quote!(self.success.ok_or_else(|| #missing))
        } else {
            quote!(::core::result::Result::Ok(()))
        };
        let input =
            if self.borrowed && self.model.item(answer.record).borrows { quote!(&'a [u8]) } else { quote!(&[u8]) };
        quote! {
            impl #head #record {
                /// The answer that a result is; a failure of the call itself is none.
                pub fn of(result: #result) -> ::core::result::Result<Self, #facade::thrift::ApplicationError> {
                    match result {
                        ::core::result::Result::Ok(#pattern) => {
                            ::core::result::Result::Ok(Self { #success ..Default::default() })
                        }
                        #failures
                    }
                }

                /// The result that an answer is.
                pub fn into_result(self) -> #result {
                    #(#thrown)*
                    #returned
                }

                #doc
                pub fn from_reply<P: #facade::thrift::Protocol>(
                    sequence: i32,
                    message: #input,
                ) -> ::core::result::Result<Self, #facade::thrift::ReplyError> {
                    let limits = #facade::Limits::THRIFT;
                    #facade::thrift::service::decode_reply::<P, Self>(#name, sequence, message, limits)
                }
            }
        }
    }

    /// The failures of a function.
    fn error(self, answer: &Answer) -> Option<TokenStream> {
        let facade = self.facade;
        let name = ident(answer.error.as_ref()?);
        let generics = self.error_lifetime(answer);
        let variants: Vec<_> = answer
            .exceptions
            .iter()
            .map(|exception| (ident(&exception.variant), self.tree(&exception.ty).rust))
            .collect();
        let application = ident(APPLICATION);
        let definitions = variants.iter().map(|(variant, rust)| quote!(#variant(#rust)));
        let shown =
            variants.iter().map(|(variant, _)| quote!(Self::#variant(error) => ::core::fmt::Display::fmt(error, f),));
        let is_only = |rust: &TokenStream| {
            let text = rust.to_string();
            variants.iter().filter(|(_, other)| other.to_string() == text).count() == 1
        };
        let conversions = variants.iter().filter(|(_, rust)| is_only(rust)).map(|(variant, rust)| {
            quote! {
                impl #generics ::core::convert::From<#rust> for #name #generics {
                    fn from(error: #rust) -> Self {
                        Self::#variant(error)
                    }
                }
            }
        });
        Some(quote! {
            #[derive(Clone, Debug, PartialEq)]
            pub enum #name #generics {
                #(#definitions,)*
                /// The call itself failed.
                #application(#facade::thrift::ApplicationError),
            }

            impl #generics ::core::fmt::Display for #name #generics {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    match self {
                        #(#shown)*
                        Self::#application(error) => ::core::fmt::Display::fmt(error, f),
                    }
                }
            }

            impl #generics ::core::error::Error for #name #generics {}

            #(#conversions)*

            impl #generics ::core::convert::From<#facade::thrift::ApplicationError> for #name #generics {
                fn from(error: #facade::thrift::ApplicationError) -> Self {
                    Self::#application(error)
                }
            }
        })
    }

    /// What the function's method returns.
    fn result(self, answer: &Answer) -> TokenStream {
        let facade = self.facade;
        let success = answer.success.as_ref().map_or_else(|| quote!(()), |ty| self.tree(ty).rust);
        let error = answer.error.as_deref().map_or_else(
            || quote!(#facade::thrift::ApplicationError),
            |name| {
                let (name, lifetime) = (ident(name), self.error_lifetime(answer));
                quote!(#name #lifetime)
            },
        );
        quote!(::core::result::Result<#success, #error>)
    }

    fn error_lifetime(self, answer: &Answer) -> Option<TokenStream> {
        let borrows = answer.exceptions.iter().any(|exception| recursion::borrows(self.model, &exception.ty));
        (self.borrowed && borrows).then(|| quote!(<'a>))
    }

    /// The generics of an implementation for an item, and the item.
    fn head(self, id: ItemId) -> (Option<TokenStream>, TokenStream) {
        ((self.borrowed && self.model.item(id).borrows).then(|| quote!(<'a>)), self.item(id))
    }

    fn service_path(self, position: usize, name: impl Fn(&Service) -> &String) -> TokenStream {
        let service = &self.model.services[position];
        self.path_to(service.module, name(service))
    }
}
