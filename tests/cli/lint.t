#!/bin/sh
# A draft is looked through before it is signed: lines, TSV, exit status. usage: lint.t SOKO
soko=$1 n=0 bad=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/lint.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
result() { n=$((n + 1)); [ "$1" = 0 ] && echo "ok $n - $2" || { bad=1; echo "not ok $n - $2"; sed 's/^/# /' "$dir/out"; }; }
says() { grep -qF "$2" "$dir/out"; result $? "$1"; }
ends() { [ "$status" = "$2" ]; result $? "$1"; }
run() { "$soko" "$@" >"$dir/out" 2>&1; status=$?; }

cat >"$dir/bad.txt" <<'END'
ПРИКАЗ
01.02.2023 № 5-п
О проверке
ПРИКАЗЫВАЮ:
1. Отделу оценки провести сверку.
Срок: до 31 ноября 2023 года
END
sed 's/31 ноября/30 ноября/' "$dir/bad.txt" >"$dir/good.txt"
run lint "$dir/bad.txt"
ends "errors end with 2" 2
says "a line says severity, code, place and reason" "error impossible_date пункт 1 (строка 5): «31 ноября»: такой даты нет"
run lint --tsv "$dir/bad.txt"
says "TSV has the clause and the words" "$(printf 'error\timpossible_date\t6\t1\t31 ноября\t')"
run lint --json "$dir/bad.txt"
says "JSON has the code" '"code": "impossible_date"'
run lint "$dir/good.txt"
ends "a clean draft ends with 0" 0
[ ! -s "$dir/out" ]
result $? "a clean draft gives no line"
printf '<html><p>ПРИКАЗ<p>01.02.2023 № 5-п<p>ПРИКАЗЫВАЮ:<ol><li>Отделу оценки провести сверку до 31 ноября 2023 года.</ol>' >"$dir/page.html"
run lint "$dir/page.html"
says "a page is looked through as a document is" "error impossible_date пункт 1"
run lint --rules
says "the rules can be listed" "$(printf 'two_deadlines\twarning\t')"
run lint "$dir/absent.txt"
ends "an absent file is no clean draft" 3
echo "1..$n"
exit $bad
