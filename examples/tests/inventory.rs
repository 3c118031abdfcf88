//! The inventory server answers clients of the Apache project.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cognate_compat_tests::{node_or_skip, python_or_skip};

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
    if let Some(python) = python_or_skip() {
        is_answered(&python, "inventory_client.py");
    }
}

#[test]
fn a_node_client_is_answered() {
    if let Some(node) = node_or_skip() {
        is_answered(&node, "inventory_client.js");
    }
}

fn is_answered(interpreter: &Path, client: &str) {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("thrift").join(client);
    for transport in ["framed", "buffered"] {
        for protocol in ["binary", "compact"] {
            let mut server = Command::new(env!("CARGO_BIN_EXE_inventory"));
            server.args([format!("--{transport}"), format!("--{protocol}")]);
            let mut server = Server(server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap());
            let mut port = String::new();
            BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut port).unwrap();
            let done =
                Command::new(interpreter).arg(&client).args([port.trim(), transport, protocol]).output().unwrap();
            let (told, failed) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            assert!(done.status.success() && told.trim() == "16", "{transport} {protocol}: {told}{failed}");
        }
    }
}
