#!/usr/bin/env bash
# Tests of the counting in steps.sh: a sum nobody checks is no sum. Closes with "N passed, M failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
WORK=$(mktemp -d) || exit 1
trap 'rm -rf "$WORK"' EXIT
source tests/lib/steps.sh

good=0
bad=0
expect() {
  local what=$1 wanted=$2 got=$3
  if [ "$wanted" = "$got" ]; then
    good=$((good + 1))
  else
    bad=$((bad + 1))
    echo "$what: wanted \"$wanted\", got \"$got\"" >&2
  fi
}

counted() {
  printf '%b' "$1" >"$WORK/sample"
  count_tests "$WORK/sample"
}

# in_steps COMMAND..: the closing line and the exit code after one step, run in a subshell of its own.
in_steps() {
  (
    "$@" >/dev/null 2>&1
    close_steps | tail -n 1
    echo "${PIPESTATUS[0]}"
  ) | tr '\n' ' '
}

expect 'cargo test in colour' '2 0' "$(counted 'test result: \033[32mok\033[0m. \033[1m2\033[0m passed; 0 failed\n')"
expect 'cargo test, two binaries' '7 1' \
  "$(counted 'test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 4 passed; 1 failed; 0 ignored\n')"
expect 'node, tap' '4 3' "$(counted '# tests 7\n# pass 4\n# fail 2\n# cancelled 1\n# skipped 0\n')"
expect 'node, spec' '5 0' "$(counted 'ℹ tests 5\nℹ pass 5\nℹ fail 0\nℹ cancelled 0\n')"
expect 'the plain line' '12 2' "$(counted 'something\n12 passed, 2 failed\n')"
expect 'prose counts nothing' '0 0' "$(counted '3 passed by the door\nthe test result: 4 passed\n')"
expect 'a passing check adds nothing and runs no test' '0 passed, 1 failed 1 ' "$(in_steps check x true)"
expect 'a failing check' '0 passed, 1 failed 1 ' "$(in_steps check x false)"
expect 'tests that pass' '2 passed, 0 failed 0 ' "$(in_steps tests x echo '2 passed, 0 failed')"
expect 'tests that fail' '2 passed, 3 failed 1 ' "$(in_steps tests x echo '2 passed, 3 failed')"
expect 'tests that never ran' '0 passed, 1 failed 1 ' "$(in_steps tests x true)"
beside() {
  begin_tests y sh -c "$1"
  tests x echo '2 passed, 0 failed'
  end_tests
}
expect 'a step beside another counts' '5 passed, 0 failed 0 ' "$(in_steps beside 'echo 3 passed, 0 failed')"
expect 'and so does its failure' '2 passed, 1 failed 1 ' "$(in_steps beside 'exit 3')"
broken_off() {
  begin_tests y bash -c 'sleep 97 & echo $! >"$0"; sleep 97' "$WORK/child"
  until [ -s "$WORK/child" ]; do sleep 0.1; done
  break_off
  sleep 0.2
  # What nobody waited for may stand in the table of processes still, as a zombie.
  case $(ps -o stat= -p "$(cat "$WORK/child")") in '' | Z*) echo ended ;; esac
}
expect 'whoever breaks off leaves no process' 'ended' "$(broken_off 2>/dev/null)"
said_again() {
  tests x sh -c 'echo failed: a door; echo 1 passed, 1 failed; exit 1' >/dev/null
  close_steps | grep -c 'failed: a door'
}
expect 'what failed is said again at the end' '1' "$(said_again)"
expect 'a runner that dies after its sum' '2 passed, 1 failed 1 ' \
  "$(in_steps tests x sh -c 'echo 2 passed, 0 failed; exit 3')"

echo "$good passed, $bad failed"
[ "$bad" -eq 0 ]
