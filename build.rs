//! How the program is linked, and nothing else: relocations are packed (DT_RELR, glibc 2.36), which makes it a megabyte smaller.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
}
