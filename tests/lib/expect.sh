# What the scripts of tests/cli share; sourced with the padankerja binary as $1. Leaves the script in a fresh folder, which
# goes when it ends.
bin=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0
# until_says PATTERN FILE: waits until a program in the background wrote this. Two minutes at most: other work may take the
# machine, and how long it took is not what is asked.
until_says() {
  local _
  for _ in $(seq 1200); do grep -q -- "$1" "$2" 2>/dev/null && return; sleep 0.1; done
  return 1
}
# expect NAME CODE PATTERN COMMAND..: the command ends with this exit code and says something that matches.
expect() {
  local name=$1 code=$2 pattern=$3 out rc
  shift 3
  out=$("$@" 2>&1) && rc=0 || rc=$?
  if [ "$rc" = "$code" ] && grep -qE -- "$pattern" <<<"$out"; then passed=$((passed + 1))
  else failed=$((failed + 1)); printf 'failed: %s (exit %s)\n%s\n' "$name" "$rc" "$(head -c 2000 <<<"$out")"; fi
}
