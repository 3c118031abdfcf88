//! A Thrift server: the service of `thrift/v1/inventory.thrift` over TCP on this machine, with a thread for each client.
//!
//! ```text
//! cargo run -p cognate-examples --bin inventory -- [--buffered] [--compact]
//! ```
//!
//! The first line that it prints is its port. It ends when its standard input does.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use cognate::Limits;
use cognate::thrift::{ApplicationError, Binary, Compact, Processor, Protocol, service::message_len};

use schemas::inventory::{
    Health, HealthPingArgs, Inventory, InventoryAllArgs, InventoryFindArgs, InventoryFindError, InventoryForgetArgs,
    InventoryProcessor, InventoryPutArgs, InventoryTakeArgs, InventoryTakeError, Item, NotFound, OutOfStock,
};

mod schemas {
    include!(concat!(env!("OUT_DIR"), "/inventory.rs"));
}

/// The longest message that is waited for, in bytes.
const LONGEST: usize = 16 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let says = |option: &str| arguments.iter().any(|argument| argument == option);
    let transport = if says("--buffered") { Transport::Buffered } else { Transport::Framed };
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("{}", listener.local_addr()?.port());
    thread::spawn(|| {
        // Whatever is typed is of no interest, and so is why it ends.
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        process::exit(0);
    });
    if says("--compact") { serve::<Compact>(&listener, transport) } else { serve::<Binary>(&listener, transport) }
}

fn serve<P: Protocol>(listener: &TcpListener, transport: Transport) -> Result<(), Box<dyn Error>> {
    let service = Arc::new(InventoryProcessor(Shelf::default()));
    loop {
        let (stream, client) = listener.accept()?;
        let service = Arc::clone(&service);
        thread::spawn(move || {
            if let Err(error) = answer::<P>(&*service, stream, transport) {
                eprintln!("{client}: {error}");
            }
        });
    }
}

/// Answers the calls of one client until it leaves.
fn answer<P: Protocol>(
    service: &impl Processor,
    mut stream: TcpStream,
    transport: Transport,
) -> Result<(), Box<dyn Error>> {
    stream.set_nodelay(true)?;
    let mut received = Vec::new();
    while let Some(range) = transport.receive::<P>(&mut stream, &mut received)? {
        let end = range.end;
        if let Some(reply) = service.process::<P>(&received[range])? {
            stream.write_all(&transport.wrap(reply)?)?;
        }
        received.drain(..end);
    }
    Ok(())
}

/// How messages follow each other.
#[derive(Clone, Copy)]
enum Transport {
    /// Each behind its length in four bytes, big-endian.
    Framed,
    /// With nothing in between.
    Buffered,
}

impl Transport {
    /// Receives until there is a whole message, and says where in the bytes it stands; nothing when the client has left.
    fn receive<P: Protocol>(
        self,
        stream: &mut impl Read,
        received: &mut Vec<u8>,
    ) -> Result<Option<std::ops::Range<usize>>, Box<dyn Error>> {
        loop {
            if let Some(range) = self.whole::<P>(received)? {
                return Ok(Some(range));
            }
            if received.len() > LONGEST {
                return Err(format!("a message is longer than {LONGEST} bytes").into());
            }
            let mut buffer = [0; 16 << 10];
            match stream.read(&mut buffer)? {
                0 if received.is_empty() => return Ok(None),
                0 => return Err("the client left within a message".into()),
                count => received.extend_from_slice(&buffer[..count]),
            }
        }
    }

    fn whole<P: Protocol>(self, received: &[u8]) -> Result<Option<std::ops::Range<usize>>, Box<dyn Error>> {
        Ok(match self {
            Self::Buffered => message_len::<P>(received, Limits::THRIFT)?.map(|len| 0..len),
            Self::Framed => match received.split_first_chunk() {
                Some((len, rest)) => {
                    let len = usize::try_from(u32::from_be_bytes(*len))?;
                    if len > LONGEST {
                        return Err(format!("a frame of {len} bytes is longer than {LONGEST}").into());
                    }
                    (rest.len() >= len).then_some(4..4 + len)
                }
                None => None,
            },
        })
    }

    fn wrap(self, message: Vec<u8>) -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(match self {
            Self::Buffered => message,
            Self::Framed => [&u32::try_from(message.len())?.to_be_bytes()[..], &message].concat(),
        })
    }
}

/// The items by their stock keeping units.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Item>>);

impl Shelf {
    fn items(&self) -> MutexGuard<'_, BTreeMap<String, Item>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Health for Shelf {
    fn ping(&self, _: HealthPingArgs) -> Result<i32, ApplicationError> {
        i32::try_from(self.items().len()).map_err(|error| ApplicationError::internal(error.to_string()))
    }
}

impl Inventory for Shelf {
    fn put(&self, arguments: InventoryPutArgs) -> Result<(), ApplicationError> {
        let item = arguments.item;
        self.items().insert(item.sku.clone(), item);
        Ok(())
    }

    fn find(&self, arguments: InventoryFindArgs) -> Result<Item, InventoryFindError> {
        let item = self.items().get(&arguments.sku).cloned();
        item.ok_or_else(|| not_found(arguments.sku).into())
    }

    fn take(&self, arguments: InventoryTakeArgs) -> Result<i64, InventoryTakeError> {
        let mut items = self.items();
        let item = items.get_mut(&arguments.sku).ok_or_else(|| not_found(arguments.sku))?;
        match item.quantity.checked_sub(arguments.quantity) {
            Some(left @ 0..) => {
                item.quantity = left;
                Ok(left)
            }
            _ => Err(OutOfStock { left: item.quantity, ..OutOfStock::default() }.into()),
        }
    }

    fn all(&self, _: InventoryAllArgs) -> Result<BTreeMap<String, Item>, ApplicationError> {
        Ok(self.items().clone())
    }

    fn forget(&self, arguments: InventoryForgetArgs) {
        self.items().remove(&arguments.sku);
    }
}

fn not_found(sku: String) -> NotFound {
    NotFound { message: "there is no such item".to_owned(), sku, ..NotFound::default() }
}
