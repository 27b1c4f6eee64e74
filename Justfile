# Everyday commands; `just` alone lists them. The scripts behind them work without just.

set shell := ["bash", "-euo", "pipefail", "-c"]

# list the commands
default:
    @just --list

# fresh database, sample people and vacancies, one match run, then the service on this machine
demo *options:
    cargo run --locked --release -- demo {{ options }}

# everything a change must pass; installs what is missing
test:
    bash tests/all.sh

# the tests of one area on both databases, such as: just try applications
try filter:
    #!/usr/bin/env bash
    set -uo pipefail
    WORK=$(mktemp -d /tmp/padankerja-test.XXXXXX)
    source tests/lib/postgres.sh
    trap 'stop_postgres; rm -rf "$WORK"' EXIT
    start_postgres && cargo test --locked {{ quote(filter) }}

# requests made up from the API's document, as each role against a fresh demo
contract requests="5000":
    cargo build --profile checks --locked
    bash -c 'source tests/lib/install.sh && install_python_packages'
    bash tests/cli/contract.sh "${CARGO_TARGET_DIR:-target}/checks/padankerja" {{ requests }}

# put the code in its form
fmt:
    cargo fmt

# what the compiler's adviser says
lint:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings

# licences, known faults and sources of all dependencies; builds cargo-deny at the first call
deny:
    cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny
    cargo deny --locked check

# benchmarks against peers; results in bench/out
bench *options:
    bash bench/run.sh {{ options }}

# the description of the API, as the service shows it at /api/v1/openapi.json
openapi:
    @cargo run --locked --quiet -- openapi

# the container with its database: http://127.0.0.1:8080
docker: secrets
    docker compose up --build --wait
    docker compose ps

# passwords of the container's database, made once
secrets:
    bash deploy/secrets.sh

# builds the image, starts it with its database, walks through it, and removes all of it again
test-container:
    bash tests/container.sh
