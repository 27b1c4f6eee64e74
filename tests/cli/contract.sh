#!/usr/bin/env bash
# The running service answers what its OpenAPI document says, to an officer, a supervisor, an employer, a resident, a companion
# and an agency: Schemathesis makes up requests from the document (tests/contract). $1 = the padankerja binary, $2 = how many
# requests at least.
set -u
contract=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../contract")
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
"$bin" demo --port 0 --people 200 >demo.txt 2>&1 &
demo=$!
trap 'kill -9 "$demo" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
until_says 'Layanan:' demo.txt
address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' demo.txt | head -1)
sed -nE 's/.*masuk: *([^ ]+) +kata sandi: *([^ ]+) +peran: *([^ ]+).*/\3 \1 \2/p' demo.txt >accounts.txt
"$contract/.venv/bin/python" "$contract/run.py" "$address" accounts.txt ${2:+"$2"}
