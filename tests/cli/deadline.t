#!/bin/sh
# Deadline phrases from the command line: a table by name and by standard input, one phrase by itself.
# usage: deadline.t SOKO
soko=$1 n=0 bad=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/deadline.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
result() { n=$((n + 1)); [ "$1" = 0 ] && echo "ok $n - $2" || { bad=1; echo "not ok $n - $2"; sed 's/^/# /' "$dir/out"; }; }
tab=$(printf '\t')
{
	printf 'id\tphrase\tdoc_date\tplan_start\tplan_end\n'
	printf 'a\tдо 1 марта, до 1 июня\t2022-01-20\t2022-01-01\t2022-12-31\n'
	printf 'b\tдо 31 ноября\t2022-03-14\t\t\n'
} >"$dir/in.tsv"

"$soko" deadline --tsv <"$dir/in.tsv" >"$dir/out" 2>&1
result $? "a table comes by standard input"
[ "$(wc -l <"$dir/out")" = 4 ]; result $? "one row an item below the head"
grep -q "^a${tab}2${tab}date${tab}${tab}2022-06-01" "$dir/out"; result $? "the second date of the first phrase"
grep -q "^b${tab}1${tab}invalid.*impossible_date.*date||2022-11-30" "$dir/out"; result $? "an impossible date comes with its proposal"
cp "$dir/out" "$dir/first"
"$soko" deadline --tsv "$dir/in.tsv" >"$dir/out" 2>&1 && cmp -s "$dir/out" "$dir/first"
result $? "the same by the name of a file"
"$soko" deadline --doc 2022-03-14 "до 5 апреля" >"$dir/out" 2>&1 && grep -q '2022-04-05' "$dir/out"
result $? "one phrase"
! "$soko" deadline >"$dir/out" 2>&1; result $? "nothing to read is refused"
echo "1..$n"
exit $bad
