#!/usr/bin/env bash
# The one test command: installs what is missing (Debian 12 with a Rust toolchain, as root or with sudo), then
# runs every check and every test, on a PostgreSQL server of its own. Ends with "N passed, M failed" and fails when
# anything failed, was missing or ran no test. Can be run again at once; leaves no process and no temporary file.
#
# The check of licences, advisories and sources (cargo deny) is not among the steps: building that tool takes four
# minutes of processor time (measured), its list of advisories is fetched from elsewhere, and a new advisory would
# fail a change that did not cause it. It is `just deny`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
export PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
# The socket of the server lies inside, and its path may have 107 bytes at most.
WORK=$(mktemp -d /tmp/padankerja-test.XXXXXX) || exit 1

source tests/lib/steps.sh
source tests/lib/install.sh
source tests/lib/postgres.sh

leave() {
  break_off
  stop_postgres
  rm -rf "$WORK"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Everything is built in the profile `checks` (Cargo.toml): checked arithmetic and assertions are on, and it is built in a
# third of the time of a release. All tests of a target run in one process, which reads the vocabulary once: a process for each
# took twice as long (829 s and 431 s were measured), and each of them has a database, a server and a clock of its own.
run_cargo_tests() {
  local code=0
  cargo test --profile checks --locked --lib --no-fail-fast || code=1
  cargo test --profile checks --locked --test it --no-fail-fast -- --test-threads 3 || code=1
  return "$code"
}

# Clippy is the compiler with more questions: as the compiler of this package it asks them while the program, the tests and
# the programs that measure are built, and the crates below are built once, not once more to be looked at.
build_and_lint() {
  cargo build --profile checks --locked --all-targets
}

# Each script tests one command of the binary; it gets the path of the binary and closes with its numbers.
run_cli_tests() {
  local script code=0
  for script in tests/cli/*.sh; do
    echo "-- $script"
    bash "$script" "$PADANKERJA" || code=1
  done
  return "$code"
}

run_browser_tests() {
  (cd tests/e2e && npm test --silent)
}

# What uses the built program from outside. Much of it waits (for disks, for answers), and so do many cargo tests: side by
# side they take two thirds of the time.
run_outside_tests() {
  local code=0
  run_cli_tests || code=1
  echo '-- browser'
  run_browser_tests || code=1
  return "$code"
}

check 'install' install_all || { close_steps; exit 1; }
PADANKERJA="$(cargo metadata --locked --no-deps --format-version 1 |
  sed -E 's/.*"target_directory":"([^"]*)".*/\1/')/checks/padankerja"
export PADANKERJA
export RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__

tests 'counting of the steps' bash tests/lib/selftest.sh
check 'postgres' start_postgres
check 'format' cargo fmt --check
check 'build and lint' build_and_lint
build_fight() { cargo build --profile checks --locked --example contend; }
if check 'binary' test -x "$PADANKERJA" && check 'fight' build_fight; then
  begin_tests 'command line and browser' run_outside_tests
fi
tests 'cargo tests' run_cargo_tests
[ -z "$BESIDE" ] || end_tests
close_steps
