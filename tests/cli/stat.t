#!/bin/sh
# soko stat: rows, shapes told by the header, given parameters, refusals. usage: stat.t SOKO
soko=$1 n=0 bad=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
result() { n=$((n + 1)); [ "$1" = 0 ] && echo "ok $n - $2" || { bad=1; echo "not ok $n - $2"; sed 's/^/# /' "$dir/out" | head -5; }; }
run() { "$soko" stat "$@" >"$dir/out" 2>"$dir/err"; }
# has NAME ROW: a row stands in the output (fields separated by blanks here)
has() { tr '\t' ' ' <"$dir/out" | grep -qxF "$2"; result $? "$1"; }
refuses() { run "$dir/in.csv" --tsv "$3"; [ $? = 2 ] && grep -qF "$2" "$dir/err"; result $? "$1"; }

printf 'one,two,three,sex\n1,0,0,f\n1,1,0,m\n1,1,1,f\n0,0,0,m\n0,1,1,f\n1,0,1,m\n' >"$dir/in.csv"
run "$dir/in.csv" --tsv
head -n 1 "$dir/out" | tr '\t' ' ' | grep -qx 'analysis stat index value'
result $? "one header line"
has "items without the group" "classical k  3"
has "persons" "classical n  6"
has "difficulty is a share" "classical difficulty 3 0.5"
grep -q "^eRm_RM	beta_easiness	beta two	" "$dir/out"
result $? "parameters carry the name of the item"
grep -q "^difR_MH	alpha_mh	1	" "$dir/out"
result $? "a group column brings differential functioning"
run "$dir/in.csv" --tsv --model classical
[ "$(cut -f1 "$dir/out" | sort -u | tr '\n' ' ')" = "analysis classical " ]
result $? "--model leaves only its analysis"

printf 'stat\tindex\tvalue\ngiven_a\t1\t1\ngiven_a\t2\t1\ngiven_a\t3\t1\ngiven_b\t1\t0\ngiven_b\t2\t0\ngiven_b\t3\t0\ngiven_theta\t1\t0\ngiven_theta\t2\t0\n' >"$dir/given.tsv"
run "$dir/in.csv" --tsv --model similarity --given "$dir/given.tsv"
has "given parameters are used: three answers of even odds, two alike" "aberrance_similarity gbt_p 1-2 0.5"

printf 'one;two\n1;0\n;1\nNA;0\n0;1\n' >"$dir/in.csv"
run "$dir/in.csv" --tsv --model classical
has "semicolons; persons with gaps are left out" "classical n  2"

printf 'p\n0.01\n0.04\n0.03\n' >"$dir/in.csv"
run "$dir/in.csv" --tsv
awk -F '\t' '$1 == "p_adjust" && $2 == "holm" && $3 == 1 && $4 - 0.03 < 1e-12 && 0.03 - $4 < 1e-12 { found = 1 } END { exit !found }' "$dir/out"
result $? "a column p is a list of p-values"

printf 'scale,xcount,ycount\n0,1,1\n1,2,2\n2,1,1\n' >"$dir/in.csv"
run "$dir/in.csv" --tsv
has "a form equated to itself" "equate_random_groups yx_linear 2 2"

printf 'one,two\n1,0\n0,1.5\n' >"$dir/in.csv"
refuses "a score that is not whole" "строка 3" --model=classical
printf 'one,two\n1,0\n0,да\n' >"$dir/in.csv"
refuses "a score that is no number" "столбец «two»" --model=classical
printf 'one,two\n1,0\n0,1\n' >"$dir/in.csv"
refuses "a model nobody knows" "нет модели" --model=rash
refuses "a model of another table" "не подходит" --model=growth
printf 'one,two\n' >"$dir/in.csv"
refuses "a table without rows" "нет строк" --model=classical
echo "1..$n"
exit $bad
