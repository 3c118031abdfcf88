//! Reads the example data with the types that `build.rs` has made of the example schemas, and says what is in it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use cognate::Limits;
use cognate::schema::avro::open;
use rust_decimal::Decimal;

use schemas::example::accounts::UserView;
use schemas::example::shop::{Currency, LineView, Order, OrderPaymentView, OrderView};

mod schemas {
    include!(concat!(env!("OUT_DIR"), "/cognate.rs"));
}

fn main() -> Result<(), Box<dyn Error>> {
    users(&data("users.avro"))?;
    orders(&data("orders.avro"))?;
    one_order()
}

/// Users, borrowing their text from each block of the file.
fn users(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut reader = open::<UserView<'_>, _>(File::open(path)?)?;
    let (mut users, mut active, mut with_email) = (0, 0, 0);
    let mut tags = BTreeMap::<String, u32>::new();
    while let Some(block) = reader.next_block()? {
        for user in block.values::<UserView<'_>>() {
            let user = user?;
            users += 1;
            active += u32::from(user.active);
            with_email += u32::from(user.email.is_some());
            for tag in user.tags {
                *tags.entry(tag.to_owned()).or_default() += 1;
            }
        }
    }
    println!("{users} users, {active} of them active, {with_email} with an e-mail address");
    let tags: Vec<_> = tags.iter().map(|(tag, count)| format!("{tag} {count}")).collect();
    println!("  tags: {}", tags.join(", "));
    Ok(())
}

/// Orders: unions, enums, decimals, timestamps, recursion.
fn orders(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut reader = open::<OrderView<'_>, _>(File::open(path)?)?;
    let (mut orders, mut articles, mut payments) = (0, 0, [0; 4]);
    let mut totals = BTreeMap::<&str, Decimal>::new();
    let mut last = None;
    while let Some(block) = reader.next_block()? {
        for order in block.values::<OrderView<'_>>() {
            let order = order?;
            orders += 1;
            articles += order.lines.iter().map(|line| count(line)).sum::<i64>();
            payments[match order.payment {
                OrderPaymentView::Null => 0,
                OrderPaymentView::Card(_) => 1,
                OrderPaymentView::Transfer(_) => 2,
                OrderPaymentView::String(_) => 3,
            }] += 1;
            *totals.entry(code(order.currency)).or_default() += order.total;
            last = last.max(Some(order.placed_at));
        }
    }
    let [unpaid, card, transfer, voucher] = payments;
    println!(
        "{orders} orders of {articles} articles: {card} paid by card, {transfer} by transfer, {voucher} by voucher, {unpaid} unpaid"
    );
    let totals: Vec<_> = totals.iter().map(|(currency, total)| format!("{currency} {total}")).collect();
    println!("  totals: {}", totals.join(", "));
    println!("  the last one placed at {}", last.ok_or("no orders")?);
    Ok(())
}

/// One order through a single-object message and back, as a service would send it.
fn one_order() -> Result<(), Box<dyn Error>> {
    let mut reader = open::<Order, _>(File::open(data("orders.avro"))?)?;
    let order = reader.next().ok_or("no orders")??;
    let mut message = Vec::new();
    cognate::avro::single_object::encode_into(Order::FINGERPRINT, &order, &mut message)?;
    let back: Order = cognate::avro::single_object::from_slice(Order::FINGERPRINT, &message, Limits::default())?;
    assert_eq!(back, order);
    println!("the first one takes {} bytes as a single-object message", message.len());
    Ok(())
}

/// The articles of a line and of the bundle in it.
fn count(line: &LineView<'_>) -> i64 {
    let bundle: i64 = line.bundle.iter().map(count).sum();
    i64::from(line.quantity) * bundle.max(1)
}

fn code(currency: Currency) -> &'static str {
    match currency {
        Currency::Xxx => "XXX",
        Currency::Eur => "EUR",
        Currency::Usd => "USD",
        Currency::Jpy => "JPY",
    }
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("avro/v1").join(name)
}
