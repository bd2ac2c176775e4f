# What the scripts of this repository share; sourced by them. For Debian 12, as root or with sudo.
#
# They end with 0 when all holds, with 1 when something of ours does not, and with 77 when this machine cannot
# give what they need (a Debian package, a screen, a Windows under wine): then nothing is said against the
# program, and nothing for it.

step() { printf '\n== %s\n' "$*"; }
fail() {
    echo "FAILED: $*"
    exit 1
}
# Told on the spot, and in the file NOT_TRIED where somebody keeps one, so that it is said again at the end.
cannot() {
    echo "NOT TRIED: $*"
    [ -z "${NOT_TRIED:-}" ] || echo "$0: $*" >>"$NOT_TRIED"
    exit 77
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Another apt-get may be at work, and a network has its moments, or is not there at all.
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 "$@" </dev/null
}

# Installs those of these packages that are not there yet.
need() {
    local package missing=()
    for package in "$@"; do
        [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    step "Install ${missing[*]}"
    apt_get update || echo "the list of packages cannot be renewed"
    apt_get install -y --no-install-recommends "${missing[@]}" >/dev/null ||
        cannot "Debian packages cannot be installed here: ${missing[*]}"
}

version() { sed -n '/^\[package\]/,/^\[/s/^version = "\([^"]*\)".*/\1/p' Cargo.toml; }

# The newest of these files; each argument is a pattern that may match none.
newest() { ls -t $1 2>/dev/null | head -1; }

# Waits until a command succeeds: so many tenths of a second at most.
within() {
    local tenths=$1
    shift
    until "$@"; do
        tenths=$((tenths - 1))
        [ $tenths -gt 0 ] || return 1
        sleep 0.1
    done
}

# A screen that nobody sees: sets DISPLAY, and `screen` for whoever ends it. Its number is told in a file.
begin_screen() {
    need xvfb xauth libgl1 libgl1-mesa-dri
    Xvfb -displayfd 3 -screen 0 1376x800x24 3>"$1" >/dev/null 2>&1 </dev/null &
    screen=$!
    within 200 [ -s "$1" ] || cannot "no screen: Xvfb does not start"
    DISPLAY=:$(cat "$1")
    export DISPLAY LIBGL_ALWAYS_SOFTWARE=1
}

# How many times a first picture stands in the log in this settings folder, and whether there is one more.
pictures_in() { { cat "$1/xueshi.log" 2>/dev/null || true; } | grep -c 'first picture' || true; }
drawn_again() { [ "$(pictures_in "$1")" -gt "${2:-0}" ]; }
