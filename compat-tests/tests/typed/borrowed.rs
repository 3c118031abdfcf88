//! The example schemas as types that borrow from the input, with plain integers and bytes for logical types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cognate::Cognate;

/// A user's profile, as the account service stores it.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.accounts")]
pub(crate) struct User<'a> {
    /// The name to sign in with; unique.
    pub(crate) username: &'a str,
    /// In years; zero when never asked, null when withheld.
    #[cognate(default = 0)]
    pub(crate) age: Option<i32>,
    /// Where to write to, once confirmed.
    #[cognate(default)]
    pub(crate) email: Option<Cow<'a, str>>,
    /// Whether the user may sign in.
    pub(crate) active: bool,
    /// Free labels set by the staff.
    #[cognate(default)]
    pub(crate) tags: Vec<&'a str>,
}

/// One order of the web shop.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "they are the schema's")]
#[cognate(namespace = "example.shop")]
pub(crate) struct Order<'a> {
    /// Chosen by the client, so that sending twice is harmless.
    #[cognate(logical = "uuid")]
    pub(crate) order_id: &'a str,
    /// When the customer confirmed.
    #[cognate(logical = "timestamp-millis")]
    pub(crate) placed_at: i64,
    /// The promised last day of dispatch, if any was promised.
    #[cognate(default)]
    #[cognate(logical = "date")]
    pub(crate) ship_by: Option<i32>,
    /// Currency of all amounts.
    pub(crate) currency: Currency,
    /// What is to be paid, tax included.
    #[cognate(decimal(12, 2))]
    pub(crate) total: &'a [u8],
    /// Who ordered.
    pub(crate) customer: Customer<'a>,
    /// What was ordered.
    pub(crate) lines: Vec<Line<'a>>,
    /// The shelf where the customer started.
    #[cognate(default)]
    pub(crate) category: Option<Category<'a>>,
    /// Null while unpaid; a bare string is a voucher's code.
    #[cognate(default)]
    pub(crate) payment: Option<Payment<'a>>,
    /// What other systems noted.
    #[cognate(default)]
    pub(crate) annotations: BTreeMap<&'a str, Option<Note<'a>>>,
    /// The client's signature over the order.
    #[cognate(default)]
    pub(crate) signature: Option<&'a [u8]>,
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
pub(crate) struct Customer<'a> {
    /// As it stands on the parcel.
    pub(crate) name: &'a str,
    /// Where the parcel goes.
    pub(crate) address: Address<'a>,
    /// Where the bill goes, when that is elsewhere.
    #[cognate(default)]
    pub(crate) billing: Option<Address<'a>>,
}

/// A postal address.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.geo")]
pub(crate) struct Address<'a> {
    /// Street and number.
    pub(crate) street: &'a str,
    /// Town.
    pub(crate) city: &'a str,
    /// Null where the country has none.
    #[cognate(default)]
    pub(crate) postcode: Option<Cow<'a, str>>,
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
pub(crate) struct Line<'a> {
    /// Article number.
    pub(crate) sku: &'a str,
    /// Pieces; at least one.
    pub(crate) quantity: i32,
    /// Price of one piece.
    pub(crate) unit_price: Price,
    /// What a bundle consists of; bundles may hold bundles.
    #[cognate(default)]
    pub(crate) bundle: Vec<Line<'a>>,
    /// Chosen variants such as colour or engraving.
    #[cognate(default)]
    pub(crate) options: BTreeMap<&'a str, &'a str>,
}

/// An amount of up to 18 digits.
#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct Price(#[cognate(decimal(18, 4))] pub(crate) [u8; 8]);

/// A shelf of the shop.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "example.shop")]
pub(crate) struct Category<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The shelf above; null at the top.
    #[cognate(default)]
    pub(crate) parent: Option<Box<Category<'a>>>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
pub(crate) enum Payment<'a> {
    Card(Card),
    Transfer(Transfer<'a>),
    Voucher(&'a str),
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
    #[cognate(logical = "timestamp-micros")]
    pub(crate) authorised_at: i64,
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
pub(crate) struct Transfer<'a> {
    /// The payer's account.
    pub(crate) iban: &'a str,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
pub(crate) enum Note<'a> {
    Flag(bool),
    Count(i64),
    Score(f64),
    Text(&'a str),
}
