# shellcheck shell=bash
# Steps of a test run: each is timed, its output shown and kept, its tests counted from what the test runner
# itself says at its end. What the steps are is in all.sh.

PASSED=0
FAILED=0
STEP_LINES=()
FAULTS=

# Prints "PASSED FAILED" as told by the closing lines in a log: cargo test, node's runner, and the plain
# line "N passed, M failed". Several closing lines (one per test binary) add up.
count_tests() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    function before(word,    parts) {
      return match($0, "[0-9]+ " word) ? substr($0, RSTART, RLENGTH) + 0 : 0
    }
    /^test result: / { passed += before("passed"); failed += before("failed"); next }
    /^(#|ℹ) pass [0-9]+$/ { passed += $3; next }
    /^(#|ℹ) (fail|cancelled) [0-9]+$/ { failed += $3; next }
    /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
    END { print passed + 0, failed + 0 }'
}

# note_step NAME SECONDS CODE PASSED FAILED: adds to the sums and to the summary.
note_step() {
  local name=$1 seconds=$2 code=$3 passed=$4 failed=$5 word=ok
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ "$failed" -ne 0 ]; then word=FAILED; fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  STEP_LINES+=("$(printf '%-34s %5d s  %-6s %5d passed %3d failed' "$name" "$seconds" "$word" "$passed" "$failed")")
  printf -- '-- %s: %s after %d s\n' "$name" "$word" "$seconds"
}

# check NAME COMMAND..: a step without tests of its own (formatter, linter, build). It adds nothing to the
# passed ones, and one to the failed ones when the command fails.
check() {
  local name=$1 began=$SECONDS code=0
  shift
  printf '\n== %s\n' "$name"
  "$@" </dev/null || code=$?
  note_step "$name" $((SECONDS - began)) "$code" 0 0
  return "$code"
}

# tests NAME COMMAND..: a step that runs tests and closes with their numbers. Running none is a failure.
tests() {
  local name=$1 began=$SECONDS code=0 log
  shift
  log=$(mktemp "$WORK/log.XXXXXX")
  printf '\n== %s\n' "$name"
  "$@" </dev/null 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  count_step "$name" $((SECONDS - began)) "$code" "$log"
}

# timed FILE COMMAND..: writes into the file how many seconds the command took.
timed() {
  local file=$1 began=$SECONDS code=0
  shift
  "$@" || code=$?
  echo $((SECONDS - began)) >"$file"
  return "$code"
}

# begin_tests NAME COMMAND..: starts such a step beside the steps that follow; end_tests waits for it and shows what it said.
BESIDE=
begin_tests() {
  BESIDE_NAME=$1
  shift
  BESIDE_LOG=$(mktemp "$WORK/log.XXXXXX")
  # A group of processes of its own, so that whoever breaks off ends all that it started.
  set -m
  timed "$BESIDE_LOG.seconds" "$@" </dev/null >"$BESIDE_LOG" 2>&1 &
  BESIDE=$!
  set +m
}

# Ends the step that runs beside, with everything it started.
break_off() {
  [ -n "$BESIDE" ] || return 0
  kill -TERM -- "-$BESIDE" 2>/dev/null
  wait "$BESIDE" 2>/dev/null
  BESIDE=
}

end_tests() {
  local code=0
  [ -n "$BESIDE" ] || return 1
  wait "$BESIDE" || code=$?
  BESIDE=
  printf '\n== %s\n' "$BESIDE_NAME"
  cat "$BESIDE_LOG"
  count_step "$BESIDE_NAME" "$(cat "$BESIDE_LOG.seconds")" "$code" "$BESIDE_LOG"
}

# count_step NAME SECONDS CODE LOG: notes a step with the numbers that its log closes with.
count_step() {
  local name=$1 seconds=$2 code=$3 log=$4 counts
  read -r -a counts <<<"$(count_tests "$log")"
  if [ $((counts[0] + counts[1])) -eq 0 ]; then
    echo "$name: no test was run" >&2
    code=1
  fi
  # Said once more at the end: whoever reads the end of a long log sees what failed, not only that something did.
  if [ "$code" -ne 0 ]; then
    FAULTS+=$(printf '\n-- failed in %s\n' "$name"; grep -aE -A3 '^failed:|^✖|\.\.\. FAILED$|panicked at|FAULTS$|: No such file' "$log" | cut -c1-300 | head -60)$'\n'
  fi
  note_step "$name" "$seconds" "$code" "${counts[0]}" "${counts[1]}"
  return "$code"
}

# The table of all steps, then the plain closing line. Fails when anything did.
close_steps() {
  printf '%s' "$FAULTS"
  printf '\n== summary after %d s\n' "$SECONDS"
  if [ ${#STEP_LINES[@]} -gt 0 ]; then printf '%s\n' "${STEP_LINES[@]}"; fi
  if [ $((PASSED + FAILED)) -eq 0 ]; then FAILED=1; fi
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ]
}
