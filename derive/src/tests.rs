//! Expansions, checked in so that a change of what is emitted is seen in review.

use insta::assert_snapshot;

/// What the macro makes of a type, formatted.
fn expanded(input: &str) -> String {
    let input = syn::parse_str(input).expect("the input is a type");
    let expanded = super::expand(&input).unwrap_or_else(syn::Error::into_compile_error);
    prettyplease::unparse(&syn::parse2(expanded).expect("the expansion is items"))
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../tests/expected");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn record() {
    let record = r#"
        /// Who signs in.
        ///
        /// At least one.
        #[cognate(name = "com.acme.Account", aliases("User", "old.User"), error, rename_all = "camelCase")]
        struct User<'a> {
            /// Unique.
            #[cognate(number = 1, alias = "login", order = "descending")]
            user_name: &'a str,
            #[cognate(number = 2, default = 7, integers = "zigzag")]
            age: i32,
            #[cognate(number = 3, null = "last")]
            r#type: Option<Box<User<'a>>>,
            #[cognate(skip)]
            cached: u128,
            #[cognate(unknown)]
            rest: UnknownFields<'a>,
        }
    "#;
    settings().bind(|| assert_snapshot!("record", expanded(record)));
}

#[test]
fn record_of_parameters() {
    let record = r#"
        #[cognate(crate = "my::facade")]
        struct Page<'a, 'b: 'a, T: Clone, U, const N: usize>
        where
            T: 'b,
        {
            items: Vec<T>,
            size: [u8; N],
            text: &'a str,
            other: Text<'b>,
            #[cognate(skip)]
            marker: PhantomData<U>,
        }
    "#;
    settings().bind(|| assert_snapshot!("record_of_parameters", expanded(record)));
}

#[test]
fn record_without_fields() {
    settings().bind(|| assert_snapshot!("record_without_fields", expanded("struct Nothing;")));
}

#[test]
fn attributes_of_elements() {
    let record = r#"
        struct Elements {
            #[cognate(number = 1, integers = "fixed", packed = false)]
            list: Vec<i64>,
            #[cognate(logical = "date", null = "last")]
            days: BTreeMap<String, Option<i32>>,
            #[cognate(integers = "zigzag", key_integers = "fixed")]
            map: HashMap<i32, i64>,
            #[cognate(fixed = "com.acme.Md5")]
            digests: Option<Vec<[u8; 16]>>,
            #[cognate(fixed("Amount", 8), decimal(10, 2))]
            amount: Option<Decimal>,
            #[cognate(logical = "time-millis")]
            time: NaiveTime,
        }
    "#;
    settings().bind(|| assert_snapshot!("attributes_of_elements", expanded(record)));
}

#[test]
fn closed_enum() {
    let closed = r#"
        #[cognate(namespace = "cards")]
        enum Suit {
            /// Black.
            Spades,
            #[cognate(default)]
            Hearts,
        }
    "#;
    settings().bind(|| assert_snapshot!("closed_enum", expanded(closed)));
}

#[test]
fn open_enum() {
    let open = r#"
        #[cognate(rename_all = "SCREAMING_SNAKE_CASE")]
        enum Suit {
            BlackSpades,
            #[cognate(number = 5)]
            RedHearts,
            RedDiamonds,
            #[cognate(unknown)]
            Unknown(i32),
        }
    "#;
    settings().bind(|| assert_snapshot!("open_enum", expanded(open)));
}

#[test]
fn union() {
    let union = r#"
        /// How it was paid.
        enum Payment<'a> {
            #[cognate(number = 4)]
            CreditCard(Card),
            Missing,
            #[cognate(number = 5, fixed = "Code")]
            Voucher([u8; 4]),
            #[cognate(number = 6)]
            Text(&'a str),
        }
    "#;
    settings().bind(|| assert_snapshot!("union", expanded(union)));
}

#[test]
fn transparent() {
    settings().bind(|| assert_snapshot!("transparent", expanded("struct Id<T>(Vec<T>);")));
    let fixed = r#"
        /// A digest.
        #[cognate(namespace = "com.acme", alias = "Hash")]
        struct Md5([u8; 16]);
    "#;
    settings().bind(|| assert_snapshot!("transparent_fixed", expanded(fixed)));
}
