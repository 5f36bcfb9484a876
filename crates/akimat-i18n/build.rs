//! A new catalogue file must reach the binary without a clean build.

fn main() {
    println!("cargo:rerun-if-changed=../../locales");
}
