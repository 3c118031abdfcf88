//! The inventory server answers a client of the Apache project.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cognate_compat_tests::python_or_skip;

/// A server that ends with the test, whatever becomes of it.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_python_client_is_answered() {
    let Some(python) = python_or_skip() else { return };
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("thrift/inventory_client.py");
    for transport in ["framed", "buffered"] {
        for protocol in ["binary", "compact"] {
            let mut server = Command::new(env!("CARGO_BIN_EXE_inventory"));
            server.args([format!("--{transport}"), format!("--{protocol}")]);
            let mut server = Server(server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap());
            let mut port = String::new();
            BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut port).unwrap();
            let done = Command::new(&python).arg(&client).args([port.trim(), transport, protocol]).output().unwrap();
            let (told, failed) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            assert!(done.status.success() && told.trim() == "16", "{transport} {protocol}: {told}{failed}");
        }
    }
}
