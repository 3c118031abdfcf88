//! Input that is made to hurt: every one ends in an error, soon and without memory for nothing.
//!
//! One test alone in its process, because all that is allocated in it is counted together. `--nocapture` shows what each
//! input has cost.

mod containers;
mod data;
mod measure;
mod schemas;

#[test]
fn hostile_input_ends_in_an_error_soon_and_small() {
    data::counts();
    data::lengths();
    data::varints();
    data::items_without_bytes();
    data::deep_data();
    data::claims_at_every_level();
    data::records_that_multiply();
    data::small_items();
    schemas::deep_texts();
    schemas::long_texts();
    schemas::defaults_that_multiply();
    schemas::defaults_that_lead_back();
    schemas::chains_of_records();
    schemas::hostile_json();
    containers::headers();
    containers::blocks();
    containers::bombs();
    containers::values_that_outgrow_their_block();
}
