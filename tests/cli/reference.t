#!/bin/sh
# `soko stat` against the reference values that lie beside the source tree (they are not ours to keep).
# A differing row fails; rows the program does not give are counted by analysis.
soko=$1
ref=$2/../shared/objectivity/ref/open
[ -d "$ref" ] || { echo "1..0 # SKIP no $ref"; exit 0; }
out=$(mktemp -d "${TMPDIR:-/tmp}/reference.XXXXXX") || exit 2
trap 'rm -rf "$out"' EXIT
set -- "$ref"/*.csv
echo "1..$#"
n=0
for csv in "$@"; do
	n=$((n + 1))
	name=$(basename "$csv" .csv)
	"$soko" stat "$csv" --given "$ref/$name.ref.tsv" --tsv >"$out/$name.tsv" 2>"$out/$name.err" ||
		sed 's/^/# /' "$out/$name.err"
	if awk -F '\t' '
		FNR == 1 { next }
		{ key = $1 FS $2 FS $3 }
		NR == FNR { own[key] = $4; next }
		!(key in own) { missing[$1]++; next }
		{
			value = $4 + 0; d = own[key] - value; size = value < 0 ? -value : value
			good = own[key] ~ /^[-+0-9.]/ ? (d < 0 ? -d : d) <= $5 + 1e-9 * size : own[key] == $4
			if (good) equal[$1]++
			else { differ[$1]++; bad = 1; print "# " $1, $2, $3 ": " own[key] " for " $4 " within " $5 }
			seen[$1] = 1
		}
		END {
			for (a in missing) seen[a] = 1
			for (a in seen) print "# " a ": equal " equal[a] + 0 " differ " differ[a] + 0 " missing " missing[a] + 0
			exit bad
		}' "$out/$name.tsv" "$ref/$name.ref.tsv"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
	fi
done
