//! A record that has changed around a list of records that have not.

use std::hint::black_box;

use ::cognate::{Cognate, Decode, avro};

use super::{NAME, PLAIN, decode, plan, schema_of};
use crate::cognate::Counterpart;
use crate::cognate::big::{UserOwn, UserView};
use crate::data::{Dataset, big::Big};
use crate::task::{Operation, Role, Task};

/// The name in tables.
pub const PAGES: &str = "pages of big";

const USERS_PER_PAGE: usize = 100;

/// What is written.
#[derive(Cognate, Debug, PartialEq)]
#[cognate(name = "bench.Page")]
struct Page<S, U> {
    number: i64,
    title: S,
    users: Vec<U>,
    next: S,
}

/// What is read.
#[derive(Cognate, Debug, PartialEq)]
#[cognate(name = "bench.Page")]
struct PageNow<U> {
    number: f64,
    users: Vec<U>,
}

type Plain<'a> = Page<&'a str, UserView<'a>>;
type Changed<'a> = PageNow<UserView<'a>>;
type PlainOwn = Page<String, UserOwn>;
type ChangedOwn = PageNow<UserOwn>;

pub(super) fn tasks() -> Vec<Task> {
    let users: Vec<UserOwn> = Big::records().iter().map(Big::own).collect();
    let pages: &'static [PlainOwn] = pages(users).leak();
    let datums = pages.iter().map(|page| &*avro::to_vec(page).expect("a page").leak());
    let datums: &'static [&'static [u8]] = datums.collect::<Vec<_>>().leak();
    let plan = plan(&schema_of::<PlainOwn>(), &schema_of::<ChangedOwn>());
    for (page, datum) in pages.iter().zip(datums) {
        let (owned, borrowed) = (decode::<ChangedOwn>(datum, plan), decode::<Changed<'_>>(datum, plan));
        assert_eq!(owned.expect("a page").users, page.users);
        assert_eq!(borrowed.expect("a page").users, avro::from_slice::<Plain<'_>>(datum).expect("a page").users);
    }
    let (borrowed, owned) = (Operation::ResolveBorrowed(CHANGE), Operation::ResolveOwned(CHANGE));
    vec![
        task(borrowed, (NAME, Role::Cognate), datums, move |datum| decode::<Changed<'static>>(datum, plan)),
        task(borrowed, (PLAIN, Role::Plain), datums, avro::from_slice::<Plain<'static>>),
        task(owned, (NAME, Role::Cognate), datums, move |datum| decode::<ChangedOwn>(datum, plan)),
        task(owned, (PLAIN, Role::Plain), datums, avro::from_slice::<PlainOwn>),
    ]
}

const CHANGE: &str = "outer record changed";

fn pages(mut users: Vec<UserOwn>) -> Vec<PlainOwn> {
    let mut pages = Vec::new();
    while !users.is_empty() {
        let rest = users.split_off(USERS_PER_PAGE.min(users.len()));
        let number = i64::try_from(pages.len()).expect("a small number");
        let (title, next) = (format!("page {number}"), format!("page {}", number + 1));
        pages.push(Page { number, title, users: std::mem::replace(&mut users, rest), next });
    }
    pages
}

fn task<T: Decode<'static>, E: std::fmt::Debug>(
    operation: Operation,
    (contender, role): (&'static str, Role),
    datums: &'static [&'static [u8]],
    decode: impl Fn(&'static [u8]) -> Result<T, E> + 'static,
) -> Task {
    let run = move || {
        for datum in datums {
            black_box(&decode(black_box(datum)));
        }
    };
    let records = datums.len() * USERS_PER_PAGE;
    Task { dataset: PAGES, operation, contender, role, records, run: Box::new(run) }
}
