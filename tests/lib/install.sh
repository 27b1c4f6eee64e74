# shellcheck shell=bash
# Installs what the tests need and a fresh Debian 12 with a Rust toolchain lacks. Touches nothing that is there.

# as_root COMMAND..: directly as root, else through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "needs root or sudo to run: $*" >&2
    return 1
  fi
}

# The Debian packages whose program is not there, one a line.
missing_packages() {
  command -v cc >/dev/null || echo build-essential
  [ -n "$(postgres_bindir)" ] || echo postgresql
  [ -x "$CHROMIUM" ] || echo chromium
  command -v zbarimg >/dev/null || echo zbar-tools
  /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || echo python3-aiosmtpd
  command -v openssl >/dev/null || echo openssl
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
  command -v python3 >/dev/null || echo python3
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

install_packages() {
  local packages
  mapfile -t packages < <(missing_packages)
  if [ ${#packages[@]} -gt 0 ]; then
    echo "installing ${packages[*]}"
    as_root apt-get update -qq &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" || return 1
  fi
  mapfile -t packages < <(missing_packages)
  if [ ${#packages[@]} -gt 0 ]; then
    echo "still missing after the installation: ${packages[*]}" >&2
    return 1
  fi
}

install_rust_parts() {
  if ! command -v cargo >/dev/null; then
    echo "cargo is missing: install a Rust toolchain first (rust-version in Cargo.toml)" >&2
    return 1
  fi
  cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

# Packages of the browser test, exactly as the lock file says; no package may run a script of its own.
install_node_packages() {
  npm ci --prefix tests/e2e --ignore-scripts --no-audit --no-fund
}

# Packages of the contract test, exactly as the file says and by their hashes; again only when the file changed.
install_python_packages() {
  local folder=tests/contract
  cmp -s "$folder/requirements.txt" "$folder/.venv/installed.txt" && return
  rm -rf "$folder/.venv"
  python3 -m venv "$folder/.venv" &&
    "$folder/.venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
      -r "$folder/requirements.txt" &&
    cp "$folder/requirements.txt" "$folder/.venv/installed.txt"
}

install_all() {
  install_packages && install_rust_parts && install_node_packages && install_python_packages
}
