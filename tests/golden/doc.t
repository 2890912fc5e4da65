#!/bin/sh
# soko parse --dump of each tests/golden/doc/*.txt against the .dump beside it; SOKO_ACCEPT=1 takes
# what is printed now. Then, where ../shared and python3 are, the marked documents against their
# scorer: the figures may not fall below the goals reached.
soko=$1 root=$2
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT
n=0 failed=0
for f in "$root"/tests/golden/doc/*.txt; do
	name=$(basename "$f" .txt) n=$((n + 1)) want=${f%.txt}.dump
	"$soko" parse "$f" --dump >"$tmp/$name" 2>&1
	if [ -n "$SOKO_ACCEPT" ]; then
		cp "$tmp/$name" "$want"
	fi
	if diff -u "$want" "$tmp/$name" >"$tmp/diff"; then
		echo "ok $n - $name"
	else
		sed 's/^/# /' "$tmp/diff"
		echo "not ok $n - $name"
		failed=1
	fi
done

n=$((n + 1)) shared=$root/../shared/documents
if [ ! -d "$shared/gold" ] || ! command -v python3 >/dev/null; then
	echo "ok $n - marked documents # SKIP no ../shared or no python3"
	echo "1..$n"
	exit $failed
fi
mkdir "$tmp/pred"
for f in "$shared"/gold/*.txt; do
	"$soko" parse "$f" >"$tmp/pred/$(basename "$f" .txt).json" 2>/dev/null
done
python3 -B "$shared/score_docs.py" "$shared/gold" "$tmp/pred" >"$tmp/score"
sed -n '/^TOTAL/,$p' "$tmp/score" | sed 's/^/# /'
# figure, goal: assignments F1, deadline core, responsible exact, indicator, meta
awk '
	/^assignments/ { f1 = $7 + 0 }
	/deadline strict/ { core = $5 + 0 }
	/exact set/ { who = $6 + 0 }
	/indicator target/ { measure = $9 + 0 }
	/^meta/ { meta = $2 + 0 }
	/^safety/ { silent = $7 + 0 }
	END {
		bad = 0
		if (f1 < 99.5) { print "# assignment F1", f1; bad = 1 }
		if (core < 98) { print "# deadlines", core; bad = 1 }
		if (who < 99) { print "# responsible", who; bad = 1 }
		if (measure < 99) { print "# indicators", measure; bad = 1 }
		if (meta < 99) { print "# meta", meta; bad = 1 }
		if (silent > 0) { print "# silent fixes", silent; bad = 1 }
		exit bad
	}' "$tmp/score" && echo "ok $n - marked documents" || { echo "not ok $n - marked documents"; failed=1; }
n=$((n + 1))
python3 -B "$root/tests/golden/calibration.py" "$shared" "$tmp/pred" &&
	echo "ok $n - what is called sure is right" || { echo "not ok $n - what is called sure is right"; failed=1; }
echo "1..$n"
exit $failed
