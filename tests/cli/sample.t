#!/bin/sh
# The sample region goes in whole, its history is sound, and it goes into an empty database only.
soko=$1
dir=$(mktemp -d "${TMPDIR:-/tmp}/sample.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
n=0
say() { # say 0|1 NAME
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" || echo "not ok $n - $2"
}
echo 1..7
"$soko" sample load --db "$dir/a.db" >"$dir/out" 2>&1
say $? "the sample region is loaded"
grep -q 'организаций 71, людей 9, документов 5' "$dir/out"
say $? "organisations, people and documents are all there"
"$soko" check --db "$dir/a.db" >"$dir/check" 2>&1
say $? "the database passes its own check"
"$soko" audit verify --db "$dir/a.db" >/dev/null 2>&1
say $? "the chain of the history holds"
"$soko" sample load --db "$dir/a.db" >/dev/null 2>"$dir/err"
code=$?
[ $code = 5 ] && grep -q 'Верхнеозёрская область' "$dir/err"
say $? "a second load is refused by name of the region"
"$soko" report summary --tsv --db "$dir/a.db" >"$dir/summary"
[ "$(wc -l <"$dir/summary")" = 11 ]
say $? "two years of five works are in the summary"
"$soko" sample accounts | grep -q '^  school27 '
say $? "the accounts are printed"
