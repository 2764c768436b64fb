# Sourced by ./run and ./test in the folder of the checkout: sets up what is missing, says what it installs, and
# is quick when nothing is missing. Works for Debian 11, 12 and their kin; elsewhere the libraries are the reader's.
#
#   set_up run     the libraries that Qt needs, and .venv with requirements.lock
#   set_up test    the same, an X server that draws into memory, and requirements-dev.lock
#   set_up slow    the same, and what only the long runs need: CUPS, input methods, a session bus, keys for the X server

# What PySide6's QtWidgets, its xcb platform and its printer support need on an empty Debian (found with ldd).
QT_PACKAGES="libcups2 libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libx11-6 libx11-xcb1
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0"
SLOW_PACKAGES="cups dbus fcitx5 fcitx5-pinyin ibus ibus-libpinyin xdotool"

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

# Python 3.11 to 3.13: the newest of the machine, or the one named by $PYTHON.
find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    stop "Python 3.11, 3.12 or 3.13 is needed; install it, or name it: PYTHON=/path/to/python3 $0"
}

has_package() { [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Debian 13 gave some libraries a name that ends in t64.
missing_packages() {
    for package in "$@"; do
        has_package "$package" || has_package "${package}t64" || printf '%s ' "$package"
    done
}

install_packages() {
    command -v dpkg-query >/dev/null || return 0
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        stop "These Debian packages are missing; install them with this line, then start again:
    sudo apt-get install -y --no-install-recommends $missing"
    fi
    say "Installing Debian packages: $missing"
    # shellcheck disable=SC2086  # a list of names
    log=$({
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
    } </dev/null 2>&1) || {
        printf '%s\n' "$log" | tail -n 5 >&2
        stop "The packages could not be installed; look at the lines above and at the network."
    }
}

has_environment() { [ -x .venv/bin/python ] && [ -x .venv/bin/pip ]; }

# Debian keeps ensurepip in a package of its own; without it a new environment would have no pip.
environment_package() {
    has_environment && return 0
    python=$(find_python) || exit 1
    "$python" -c 'import ensurepip' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

make_environment() {
    has_environment && return 0
    python=$(find_python) || exit 1
    say "Making the virtual environment .venv with $("$python" --version)"
    "$python" -m venv --clear .venv ||
        stop "$python cannot make a virtual environment; install its venv and ensurepip modules, then start again."
}

# install NAME FILE…: what the locks pin, once for each state of the locks (the stamp keeps their sha256).
install_locked() {
    name=$1
    shift
    stamp=.venv/set-up-$name
    state=$(cat "$@" pyproject.toml setup.py | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && return 0
    for lock in "$@"; do
        say "Installing into .venv the $(grep -c '^[a-z0-9].*==' "$lock") packages of $lock"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
            --only-binary :all: --requirement "$lock" </dev/null ||
            stop "pip could not install the packages of $lock; look at the lines above and at the network."
    done
    # The compat mode is one path in a .pth file; the other puts an import hook before each start of Python (9 ms).
    log=$(.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
        --no-build-isolation --config-settings editable_mode=compat --editable . </dev/null 2>&1) || {
        printf '%s\n' "$log" >&2
        stop "pip could not install desktop-app itself; look at the lines above."
    }
    printf '%s\n' "$state" >"$stamp"
}

set_up() {
    # Words on paper are Chinese: every program below must read and write UTF-8.
    case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]*8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
    esac
    needed=$(environment_package) || exit 1
    needed="$needed $QT_PACKAGES"
    [ "$1" = run ] || needed="$needed xvfb"
    [ "$1" = slow ] && needed="$needed $SLOW_PACKAGES"
    # shellcheck disable=SC2086  # a list of names
    install_packages $needed
    make_environment
    install_locked run requirements.lock
    [ "$1" = run ] || install_locked test requirements-dev.lock
}
