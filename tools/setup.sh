# Set-up shared by ./run and ./test; read with "." from the root of the tree. Does nothing, and asks nobody, when
# what it would look at has not changed since it last succeeded (stamps in build/stamps).

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# stamped NAME FILE…: the files are as they were when NAME was stamped
stamped() {
	stamp=build/stamps/$1
	shift
	[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(cat "$@" | cksum)" ]
}
put_stamp() {
	mkdir -p build/stamps
	stamp=build/stamps/$1
	shift
	cat "$@" | cksum >"$stamp"
}

# Packages of tools/packages.txt that are not there: missing WHO must|wish
missing() {
	while read -r who need package command; do
		[ "$who" = "$1" ] && [ "$need" = "$2" ] || continue
		[ -n "$command" ] && command -v "$command" >/dev/null && continue
		[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf ' %s' "$package"
	done <tools/packages.txt
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		stop "This needs root once: $*"
	fi
}

apt_install() {
	log=build/stamps/apt.log
	say "Installing Debian packages: $* (log: $log)"
	# shellcheck disable=SC2086
	{
		as_root env DEBIAN_FRONTEND=noninteractive apt-get update &&
			as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
				-o Dpkg::Options::=--force-unsafe-io "$@"
	} </dev/null >"$log" 2>&1
}

# need_packages run|test|tidy
need_packages() {
	stamped "packages-$1" tools/packages.txt && return
	command -v dpkg-query >/dev/null || stop "soko is built on Debian 12; here dpkg is absent. Needed: tools/packages.txt"
	mkdir -p build/stamps
	must=$(missing "$1" must)
	wish=$(missing "$1" wish)
	if [ -n "$must$wish" ] && ! apt_install $must $wish; then
		# something wished for may have no candidate here: what is a must decides
		if [ -n "$(missing "$1" must)" ] && ! apt_install $(missing "$1" must); then
			tail -n 5 build/stamps/apt.log >&2
			stop "Debian packages are missing:$(missing "$1" must)"
		fi
		[ -z "$(missing "$1" wish)" ] || { say "Not installed, their tests are skipped:$(missing "$1" wish)"; return; }
	fi
	put_stamp "packages-$1" tools/packages.txt
}

# Page parts and what drives the browser tests, exactly as package-lock.json says.
need_page_parts() {
	[ -d node_modules ] && stamped page-parts package-lock.json && return
	mkdir -p build/stamps
	# a tree that somebody filled by "npm ci" is as good
	if ! { [ -f node_modules/.package-lock.json ] && [ node_modules/.package-lock.json -nt package-lock.json ]; }; then
		say "Fetching the page parts of package-lock.json (npm ci)"
		npm ci --ignore-scripts --no-audit --no-fund </dev/null >build/stamps/npm.log 2>&1 ||
			{ tail -n 5 build/stamps/npm.log >&2; stop "npm ci did not succeed: log in build/stamps/npm.log"; }
	fi
	put_stamp page-parts package-lock.json
}

# need_build DIR OPTION…: configured (CC decides the compiler) and built
need_build() {
	dir=$1
	shift
	mkdir -p build/stamps
	log=build/stamps/$(basename "$dir").log
	if [ ! -f "$dir/build.ninja" ]; then
		rm -rf "$dir"
		meson setup "$dir" "$@" </dev/null >"$log" 2>&1 || { tail -n 15 "$log" >&2; return 1; }
	fi
	ninja -C "$dir" </dev/null >"$log" 2>&1 && return 0
	grep -vE '^\[[0-9]+/[0-9]+\] (Compiling|Linking|Generating)|^ccache|^gcc|^clang' "$log" | tail -n 40 >&2
	return 1
}
