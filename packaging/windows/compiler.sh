# The compiler for Windows; sourced after ../lib.sh. Defines `windows_cargo` and `built`, its target folder.
#
# It is Debian's: the standard library is built from source that must match it. Another toolchain for Linux is
# left alone.

need cargo-web rustc-web rust-web-src gcc libc6-dev gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix \
    mingw-w64-x86-64-dev

built=${CARGO_TARGET_DIR:-target-windows}
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo}
# No path of the PC it is built on stands in the program, unless RUSTFLAGS is set to something else.
export RUSTFLAGS="${RUSTFLAGS---remap-path-prefix=$CARGO_HOME=cargo --remap-path-prefix=$PWD=xueshi --remap-path-prefix=/usr/lib/rustlib/src=rust}"
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
export CC_x86_64_pc_windows_gnu=x86_64-w64-mingw32-gcc AR_x86_64_pc_windows_gnu=x86_64-w64-mingw32-ar

windows_cargo() {
    env PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 /usr/bin/cargo "$@" \
        --locked -Zbuild-std=std,panic_unwind --target x86_64-pc-windows-gnu
}

step "Crates that only Windows needs"
if ! fetched=$(windows_cargo fetch 2>&1); then
    echo "$fetched"
    ! grep -qE 'curl failed|spurious network error|failed to download' <<<"$fetched" || cannot "crates cannot be downloaded here"
    fail "cargo fetch"
fi
echo "$fetched"
