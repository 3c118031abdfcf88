//! Services of Thrift files: calls go in as bytes, answers come out as bytes.

use std::cell::RefCell;

use cognate::thrift::{
    ApplicationError, ApplicationErrorKind, Binary, Compact, Envelope, MessageKind, Processor, Protocol, ReplyError,
    service::message_len,
};
use cognate::{Limits, UnknownFields};

use super::expected::{
    service::{
        base::{Base, BaseNamedArgs, BaseNamedError, BaseNamedResult, BasePingArgs, BasePingResult, Refused, Shared},
        example::service::{
            Calculator, CalculatorAddArgs, CalculatorAddResult, CalculatorCalculateArgs, CalculatorCalculateError,
            CalculatorCalculateResult, CalculatorForgetArgs, CalculatorProcessor, CalculatorTypeArgs,
            CalculatorTypeError, NothingProcessor, Operation, Overflow, Work,
        },
    },
    service_borrowed,
};

#[derive(Default)]
struct Abacus {
    forgotten: RefCell<Vec<String>>,
}

impl Base for Abacus {
    fn ping(&self, _: BasePingArgs) -> Result<(), ApplicationError> {
        Ok(())
    }

    fn named(&self, arguments: BaseNamedArgs) -> Result<Shared, BaseNamedError> {
        match arguments.name.as_str() {
            "" => Err(Refused { message: "no name".to_owned(), ..Refused::default() }.into()),
            "broken" => Err(ApplicationError::internal("a bead is lost").into()),
            _ => Ok(Shared { name: arguments.name, ..Shared::default() }),
        }
    }
}

impl Calculator for Abacus {
    fn add(&self, arguments: CalculatorAddArgs) -> Result<i32, ApplicationError> {
        arguments.left.checked_add(arguments.right).ok_or_else(|| ApplicationError::internal("too much"))
    }

    fn calculate(&self, arguments: CalculatorCalculateArgs) -> Result<i64, CalculatorCalculateError> {
        let Work { left, right, operation, .. } = arguments.work;
        let made = match operation {
            Operation::Add => left.checked_add(right),
            Operation::Subtract => left.checked_sub(right),
            Operation::Unknown(_) => return Err(CalculatorCalculateError::Refused(Refused::default())),
        };
        made.map(i64::from).ok_or_else(|| Overflow { limit: i32::MAX, unknown_fields: UnknownFields::new() }.into())
    }

    fn forget(&self, arguments: CalculatorForgetArgs) {
        self.forgotten.borrow_mut().extend(arguments.words);
    }

    fn r#type(&self, _: CalculatorTypeArgs) -> Result<Vec<String>, CalculatorTypeError> {
        Ok(vec!["abacus".to_owned()])
    }
}

type Service = CalculatorProcessor<Abacus>;

fn service() -> Service {
    CalculatorProcessor(Abacus::default())
}

fn reply<P: Protocol>(call: Result<Vec<u8>, cognate::EncodeError>) -> Vec<u8> {
    let call = call.unwrap();
    assert_eq!(message_len::<P>(&call, Limits::default()).unwrap(), Some(call.len()));
    service().process::<P>(&call).unwrap().unwrap()
}

#[test]
fn calls_are_answered() {
    // add(left = 2), without the second argument, which has a default; the answer is 3 in the field 0.
    let call = b"\x82\x21\x07\x03add\x15\x04\0";
    let answer = service().process::<Compact>(call).unwrap().unwrap();
    assert_eq!(answer, b"\x82\x41\x07\x03add\x05\x00\x06\0");
    assert_eq!(
        CalculatorAddArgs { left: 2, right: 1 }.to_call::<Compact>(7).unwrap(),
        b"\x82\x21\x07\x03add\x15\x04\x15\x02\0"
    );
    assert_eq!(CalculatorAddResult::from_reply::<Compact>(7, &answer).unwrap().into_result(), Ok(3));
}

#[test]
fn results_and_exceptions_come_back() {
    fn both<P: Protocol>() {
        let work = Work { left: 5, right: 7, operation: Operation::Subtract, unknown_fields: UnknownFields::new() };
        let arguments = |work: &Work| CalculatorCalculateArgs { log_id: 1, work: work.clone() };
        let answer = reply::<P>(arguments(&work).to_call::<P>(-1));
        assert_eq!(CalculatorCalculateResult::from_reply::<P>(-1, &answer).unwrap().into_result(), Ok(-2));
        let much = Work { left: i32::MIN, ..work.clone() };
        let answer = reply::<P>(arguments(&much).to_call::<P>(2));
        let thrown = CalculatorCalculateResult::from_reply::<P>(2, &answer).unwrap().into_result().unwrap_err();
        assert!(matches!(thrown, CalculatorCalculateError::Overflow(Overflow { limit: i32::MAX, .. })), "{thrown}");
        // The service that it extends.
        let answer = reply::<P>(BaseNamedArgs { name: "x".to_owned() }.to_call::<P>(3));
        let shared = BaseNamedResult::from_reply::<P>(3, &answer).unwrap().into_result().unwrap();
        assert_eq!(shared.name, "x");
        let answer = reply::<P>(BaseNamedArgs::default().to_call::<P>(3));
        let thrown = BaseNamedResult::from_reply::<P>(3, &answer).unwrap().into_result().unwrap_err();
        assert_eq!(thrown.to_string(), "Refused: no name");
        let answer = reply::<P>(BasePingArgs::default().to_call::<P>(4));
        assert_eq!(BasePingResult::from_reply::<P>(4, &answer).unwrap().into_result(), Ok(()));
    }
    both::<Binary>();
    both::<Compact>();
}

#[test]
fn a_function_without_answer_has_none() {
    let service = service();
    let call = CalculatorForgetArgs { words: vec!["a".to_owned()] }.to_call::<Binary>(1).unwrap();
    assert_eq!(call[..4], [0x80, 1, 0, 4]);
    assert_eq!(service.process::<Binary>(&call).unwrap(), None);
    assert_eq!(*service.0.forgotten.borrow(), ["a"]);
}

/// The failure that a message is answered with.
#[track_caller]
fn failure<P: Protocol>(message: &[u8]) -> ApplicationError {
    let answer = service().process::<P>(message).unwrap().unwrap();
    match BaseNamedResult::from_reply::<P>(1, &answer).unwrap_err() {
        ReplyError::Application(error) => error,
        ReplyError::Decode(error) => panic!("{error}"),
    }
}

#[test]
fn calls_that_fail_are_answered_by_an_application_error() {
    fn message<P: Protocol>(name: &str, kind: MessageKind) -> Vec<u8> {
        let mut bytes = Vec::new();
        P::message_into(
            &Envelope { name, kind, sequence: 1 },
            &BaseNamedArgs { name: "broken".to_owned() },
            &mut bytes,
        )
        .unwrap();
        bytes
    }
    let failed = failure::<Compact>(&message::<Compact>("named", MessageKind::Call));
    assert_eq!(failed, ApplicationError::internal("a bead is lost"));
    let failed = failure::<Compact>(&message::<Compact>("nomad", MessageKind::Call));
    assert_eq!(failed.kind, ApplicationErrorKind::UnknownMethod);
    assert_eq!(failed.to_string(), "the service has no function `nomad`");
    let failed = failure::<Binary>(&message::<Binary>("named", MessageKind::Reply));
    assert_eq!(failed.kind, ApplicationErrorKind::InvalidMessageType);
    let mut cut = message::<Binary>("named", MessageKind::Call);
    assert_eq!(message_len::<Binary>(&cut[..cut.len() - 1], Limits::default()).unwrap(), None);
    cut.pop();
    let failed = failure::<Binary>(&cut);
    assert_eq!(failed.kind, ApplicationErrorKind::ProtocolError);
    assert!(failed.message.starts_with("the arguments of `named` cannot be read: "), "{failed}");
    // A required field of an argument is not there.
    let failed = failure::<Compact>(b"\x82\x21\x01\x09calculate\x2c\0\0");
    assert!(failed.message.contains("left"), "{failed}");

    assert!(service().process::<Binary>(b"GET / HTTP/1.1\r\n\r\n").is_err());
    assert_eq!(service().process::<Compact>(&message::<Compact>("nomad", MessageKind::Oneway)).unwrap(), None);
    let nothing = NothingProcessor(()).process::<Compact>(&message::<Compact>("named", MessageKind::Call));
    assert!(nothing.unwrap().is_some());
}

impl super::expected::service::example::service::Nothing for () {}

#[test]
fn replies_to_others_are_not_taken() {
    let answer = reply::<Compact>(BaseNamedArgs { name: "x".to_owned() }.to_call::<Compact>(3));
    let kind = |result: Result<(), ReplyError>| match result {
        Err(ReplyError::Application(error)) => Some(error.kind),
        _ => None,
    };
    let other = BaseNamedResult::from_reply::<Compact>(4, &answer).map(drop);
    assert_eq!(kind(other), Some(ApplicationErrorKind::BadSequenceId));
    let other = BasePingResult::from_reply::<Compact>(3, &answer).map(drop);
    assert_eq!(kind(other), Some(ApplicationErrorKind::WrongMethodName));
    let missing = BaseNamedResult::default().into_result().unwrap_err();
    assert!(matches!(missing, BaseNamedError::Application(error) if error.kind == ApplicationErrorKind::MissingResult));
    for number in -1..12 {
        assert_eq!(ApplicationErrorKind::from_number(number).number(), number);
    }
}

#[test]
fn arguments_may_borrow_from_the_message() {
    use service_borrowed::base::{Base, BaseNamedArgs, BaseNamedError, BasePingArgs, BaseProcessor, Shared};

    struct Echo;
    impl Base for Echo {
        fn ping(&self, _: BasePingArgs) -> Result<(), ApplicationError> {
            Ok(())
        }
        fn named<'a>(&'a self, arguments: BaseNamedArgs<'a>) -> Result<Shared<'a>, BaseNamedError<'a>> {
            Ok(Shared { name: arguments.name, ..Shared::default() })
        }
    }
    let call = BaseNamedArgs { name: "x" }.to_call::<Compact>(3).unwrap();
    let answer = BaseProcessor(Echo).process::<Compact>(&call).unwrap().unwrap();
    assert_eq!(
        answer,
        reply::<Compact>(super::expected::service::base::BaseNamedArgs { name: "x".to_owned() }.to_call::<Compact>(3))
    );
}
