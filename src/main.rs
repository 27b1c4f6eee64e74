//! Arguments to library call; everything else is in the library.
use std::process::ExitCode;

fn main() -> ExitCode {
    padankerja::cli::main()
}
