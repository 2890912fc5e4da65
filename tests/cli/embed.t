#!/bin/sh
# What tools/embed says about files that are absent or unknown. usage: embed.t EMBED
embed=$1 n=0 bad=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

says() { # NAME EXPECTED LIST
	n=$((n + 1))
	printf '%s\n' "$3" >"$dir/list"
	if ! "$embed" "$dir/list" "$dir" "$dir/out.c" "$dir/out.d" 2>"$dir/err" && grep -qF "$2" "$dir/err"; then
		echo "ok $n - $1"
	else
		bad=1
		echo "not ok $n - $1"
		sed 's/^/# /' "$dir/err"
	fi
}
echo 'x{}' >"$dir/x.css"
cp "$dir/x.css" "$dir/x.exe"
says "absent page parts name the command that fetches them" "./run (or: npm ci)" "/assets/h.js node_modules/h/h.js"
says "an absent file is named" "y.css" "/assets/y.css y.css"
says "a file without content type is refused" "no content type for /assets/x.exe" "/assets/x.exe x.exe"
says "a path listed twice is refused" "listed twice" "/assets/x.css x.css
/assets/x.css x.css"
says "a line without a file is refused" "want '/path file'" "/assets/x.css"
echo "1..$n"
exit $bad
