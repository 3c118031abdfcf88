//! The example schemas as types that own their data, with the types of other crates for logical types.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use cognate::Cognate;
use rust_decimal::Decimal;
use uuid::Uuid;

/// A user's profile, as the account service stores it.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.accounts")]
pub(crate) struct User {
    /// The name to sign in with; unique.
    pub(crate) username: String,
    /// In years; zero when never asked, null when withheld.
    #[cognate(default = 0)]
    pub(crate) age: Option<i32>,
    /// Where to write to, once confirmed.
    #[cognate(default)]
    pub(crate) email: Option<String>,
    /// Whether the user may sign in.
    pub(crate) active: bool,
    /// Free labels set by the staff.
    #[cognate(default)]
    pub(crate) tags: Vec<String>,
}

/// One order of the web shop.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "they are the schema's")]
#[cognate(namespace = "example.shop")]
pub(crate) struct Order {
    /// Chosen by the client, so that sending twice is harmless.
    pub(crate) order_id: Uuid,
    /// When the customer confirmed.
    #[cognate(logical = "timestamp-millis")]
    pub(crate) placed_at: DateTime<Utc>,
    /// The promised last day of dispatch, if any was promised.
    #[cognate(default)]
    pub(crate) ship_by: Option<NaiveDate>,
    /// Currency of all amounts.
    pub(crate) currency: Currency,
    /// What is to be paid, tax included.
    #[cognate(decimal(12, 2))]
    pub(crate) total: Decimal,
    /// Who ordered.
    pub(crate) customer: Customer,
    /// What was ordered.
    pub(crate) lines: Vec<Line>,
    /// The shelf where the customer started.
    #[cognate(default)]
    pub(crate) category: Option<Category>,
    /// Null while unpaid; a bare string is a voucher's code.
    #[cognate(default)]
    pub(crate) payment: Option<Payment>,
    /// What other systems noted.
    #[cognate(default)]
    pub(crate) annotations: BTreeMap<String, Option<Note>>,
    /// The client's signature over the order.
    #[cognate(default)]
    pub(crate) signature: Option<Vec<u8>>,
    /// Share taken off, 0 to 1.
    #[cognate(default = 0.0)]
    pub(crate) discount: f32,
}

/// ISO 4217 code of all amounts in the order.
#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "example.shop", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Currency {
    #[cognate(default)]
    Xxx,
    Eur,
    Usd,
    Jpy,
}

/// Who ordered.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct Customer {
    /// As it stands on the parcel.
    pub(crate) name: String,
    /// Where the parcel goes.
    pub(crate) address: Address,
    /// Where the bill goes, when that is elsewhere.
    #[cognate(default)]
    pub(crate) billing: Option<Address>,
}

/// A postal address.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.geo")]
pub(crate) struct Address {
    /// Street and number.
    pub(crate) street: String,
    /// Town.
    pub(crate) city: String,
    /// Null where the country has none.
    #[cognate(default)]
    pub(crate) postcode: Option<String>,
    /// The country.
    pub(crate) country: CountryCode,
}

/// ISO 3166 alpha-2, in ASCII.
#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "example.geo")]
pub(crate) struct CountryCode(pub(crate) [u8; 2]);

/// One position of the order.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct Line {
    /// Article number.
    pub(crate) sku: String,
    /// Pieces; at least one.
    pub(crate) quantity: i32,
    /// Price of one piece.
    #[cognate(fixed("example.shop.Price", 8), decimal(18, 4))]
    pub(crate) unit_price: Decimal,
    /// What a bundle consists of; bundles may hold bundles.
    #[cognate(default)]
    pub(crate) bundle: Vec<Line>,
    /// Chosen variants such as colour or engraving.
    #[cognate(default)]
    pub(crate) options: BTreeMap<String, String>,
}

/// A shelf of the shop.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct Category {
    /// Its name.
    pub(crate) name: String,
    /// The shelf above; null at the top.
    #[cognate(default)]
    pub(crate) parent: Option<Box<Category>>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
pub(crate) enum Payment {
    Card(Card),
    Transfer(Transfer),
    Voucher(String),
}

/// Paid by card.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct Card {
    /// The network.
    #[cognate(name = "type")]
    pub(crate) network: CardType,
    /// The number's end.
    pub(crate) last4: LastFour,
    /// When the bank agreed.
    pub(crate) authorised_at: DateTime<Utc>,
}

/// The network.
#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "example.shop", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum CardType {
    Visa,
    Mastercard,
    Other,
}

/// Four ASCII digits.
#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct LastFour(pub(crate) [u8; 4]);

/// Paid by bank transfer.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct Transfer {
    /// The payer's account.
    pub(crate) iban: String,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
pub(crate) enum Note {
    Flag(bool),
    Count(i64),
    Score(f64),
    Text(String),
}
