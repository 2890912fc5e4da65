#!/bin/sh
# A draft is looked through before it is signed: lines, TSV, exit status; PDF in the jail. usage: lint.t SOKO
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
# pdf FONT CONTENT: one page; readers find the objects without a table of places
pdf() {
	printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>endobj\n'
	printf '3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n'
	printf '4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n5 0 obj<</Type/Font %s>>endobj\n' "${#2}" "$2" "$1"
	printf 'trailer<</Root 1 0 R/Size 6>>\n%%%%EOF\n'
}
pdf '/Subtype/Type1/BaseFont/Helvetica' 'BT /F 12 Tf 50 700 Td (A page of printed text) Tj 200 0 Td (second column) Tj ET' >"$dir/text.pdf"
run parse --text "$dir/text.pdf"
says "PDF is read in the jail" "A page of printed text  "
pdf '/Subtype/Type0/BaseFont/Foreign/Encoding/UniJIS-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Foreign/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]' \
	'BT /F 12 Tf 50 700 Td (ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz) Tj ET' >"$dir/foreign.pdf"
run parse --text "$dir/foreign.pdf"
[ "$status" = 0 ] || grep -qE "на скане не найдено|распознавание сканов не установлено" "$dir/out"
result $? "a font that wants files of the system does not end the reader"
pdf '/Subtype/Type1/BaseFont/Helvetica' '0 0 m 100 100 l S' >"$dir/scan.pdf"
run parse --text "$dir/scan.pdf"
grep -qE "на скане не найдено|распознавание сканов не установлено" "$dir/out"
result $? "a page without a word is called a scan"
ends "and refused" 2
echo "1..$n"
exit $bad
