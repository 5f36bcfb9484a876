//! A new catalogue file must reach the binary without a clean build.

#[expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn main() {
    println!("cargo:rerun-if-changed=../../locales");
}
