//! What a call costs in time and memory.

#![expect(unsafe_code, reason = "an allocator is unsafe by nature; this one hands everything on to the system's")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::{Debug, Display};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{fs, hint};

/// What the code shows on an idle machine is below 100 milliseconds; this is what a busy one may make of it.
const PATIENCE: Duration = Duration::from_secs(1);

/// What may be allocated at once, beside what was there before.
const MOST_BYTES: usize = 64 << 20;

/// Calls `refuse`, which has to give an error soon and without much memory, and returns the error's text.
///
/// # Panics
///
/// When it gives something else, takes longer than a second, or allocates more than 64 MiB at once.
#[track_caller]
pub(crate) fn refused<T: Debug, E: Display>(what: &str, refuse: impl FnOnce() -> Result<T, E>) -> String {
    match measured(what, refuse) {
        Ok(value) => panic!("{what}: not refused: {}", shortened(&format!("{value:?}"))),
        Err(error) => {
            let text = error.to_string();
            println!("{:>52}{}", "", shortened(&text));
            text
        }
    }
}

/// Calls `work` and holds it to the same bounds, whatever comes of it.
#[track_caller]
pub(crate) fn measured<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let resident_before = reset_peak_resident().then(resident).flatten();
    let before = IN_USE.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let start = Instant::now();
    let result = hint::black_box(work());
    let took = start.elapsed();
    let allocated = PEAK.load(Ordering::Relaxed).saturating_sub(before);
    // Decompressors in C are beyond the counting allocator.
    let grown = resident_before.zip(status("VmHWM:")).map(|(before, peak)| peak.saturating_sub(before));
    let (allocated_kib, grown_kib) = (allocated >> 10, grown.unwrap_or(0) >> 10);
    println!(
        "{:>9.3} ms {allocated_kib:>7} KiB allocated {grown_kib:>7} KiB resident  {what}",
        took.as_secs_f64() * 1e3
    );
    assert!(took < PATIENCE, "{what}: {took:?}");
    assert!(allocated < MOST_BYTES, "{what}: {allocated} bytes at once");
    assert!(grown.is_none_or(|grown| grown < MOST_BYTES), "{what}: grew by {grown:?} bytes");
    result
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

/// Sets the peak back to what is in use; `false` where the system does not tell peaks.
fn reset_peak_resident() -> bool {
    fs::write("/proc/self/clear_refs", "5").is_ok()
}

fn resident() -> Option<usize> {
    status("VmRSS:")
}

fn status(name: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kib| kib << 10)
}

struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

impl Counting {
    fn add(bytes: usize) {
        let now = IN_USE.fetch_add(bytes, Ordering::Relaxed) + bytes;
        PEAK.fetch_max(now, Ordering::Relaxed);
    }
}

// SAFETY: every call goes to the system's allocator with the arguments as they came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::add(layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::add(layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both at once, as long as the bytes are moved.
        Self::add(size);
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
