#!/usr/bin/env bash
# Compiles all tests for Windows and runs them under wine, as `cargo test` would on a PC with Windows. For
# Debian 12, as root or with sudo; about 20 minutes the first time, 6 afterwards.
#
#   packaging/windows/test.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/lib.sh
. packaging/windows/compiler.sh

tests=(test --tests --no-fail-fast --target-dir "$built" --config profile.dev.debug=false)
step "The tests, compiled for Windows"
windows_cargo "${tests[@]}" --no-run

. packaging/windows/wine.sh

step "The tests, under wine"
# The window's pictures take the longest, some minutes. A test that calls the program would look for a runner, too.
runner=CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER
export $runner="env --unset=$runner timeout --kill-after=10 900 /usr/lib/wine/wine64"
windows_cargo "${tests[@]}" </dev/null

step "Every test holds under wine"
