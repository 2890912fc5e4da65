#!/bin/sh
# Documents from the command line: import, confirm, check; a process killed in the middle leaves nothing half.
# usage: document.t SOKO
soko=$1 n=0 bad=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/document.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
db=$dir/a.db
result() { n=$((n + 1)); [ "$1" = 0 ] && echo "ok $n - $2" || { bad=1; echo "not ok $n - $2"; sed 's/^/# /' "$dir/out"; }; }
says() { grep -qF "$2" "$dir/out"; result $? "$1"; }

{
	printf 'идентификатор\tвид\tнаименование\tтерритория\n'
	printf 'reg990000\tdepartment\tДепартамент образования Заречной области\tЗаречная область\n'
	i=1
	while [ $i -le 3000 ]; do
		printf 'sch99%04d\tschool\tШкола № %d\tРайон %d\n' $i $i $((i % 7))
		i=$((i + 1))
	done
} >"$dir/registry.tsv"
cat >"$dir/приказ.txt" <<'END'
ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ

ПРИКАЗ

10 февраля 2022 г.

№ 17/01

О качестве

п р и к а з ы в а ю:

1. Руководителям общеобразовательных организаций:

1.1. Провести анализ результатов оценочных процедур.

Срок: до 01.03.2022

1.2. Представить отчёт о проделанной работе.

Срок: ежемесячно

1.3. Утвердить план мероприятий школы.

Срок: до 31 ноября
END

: >"$dir/пусто.docx"
"$soko" parse "$dir/пусто.docx" --json >"$dir/out" 2>&1; [ $? = 2 ]; result $? "an empty file is no document"
"$soko" check --db "$db" >"$dir/out" 2>&1; [ $? = 3 ]; result $? "a check makes no database"
"$soko" import registry "$dir/registry.tsv" --db "$db" >"$dir/out" 2>&1; result $? "a region of 3,000 schools"
"$soko" import document "$dir/приказ.txt" --db "$db" --confirm >"$dir/out" 2>&1; [ $? = 2 ]
result $? "an impossible date is not put on control"
says "it is named" "«31 ноября»"
says "with a proposal" "предлагается 30.11.2022"
sed 's/31 ноября/30 ноября/' "$dir/приказ.txt" >"$dir/верный.txt"
"$soko" import document "$dir/верный.txt" --db "$db" >"$dir/out" 2>&1; result $? "the right order is a draft"
for ms in 02 05 10 20 40; do
	"$soko" import document "$dir/верный.txt" --db "$db" --confirm >/dev/null 2>&1 &
	pid=$!
	sleep 0.$ms
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	"$soko" check --db "$db" >"$dir/out" 2>&1 || break
done
"$soko" check --db "$db" >"$dir/out" 2>&1; result $? "killed after some hundredths of a second, five times: all or nothing"
"$soko" import document "$dir/верный.txt" --db "$db" --confirm >"$dir/out" 2>&1; result $? "put on control in the end"
says "it is the same document" "этот файл уже загружен: документ № 2"
"$soko" audit verify --db "$db" >"$dir/out" 2>&1; result $? "the history is whole"
mark=$(sed -n 's/^отметка //p' "$dir/out")
"$soko" audit verify --db "$db" --mark "$mark" >"$dir/out" 2>&1; result $? "and holds the mark it gave"
"$soko" audit verify --db "$db" --mark "1:00" >"$dir/out" 2>&1; [ $? = 5 ]; result $? "but not a false one"
"$soko" work --once --db "$db" >"$dir/out" 2>&1; result $? "an empty queue ends at once"
echo "1..$n"
exit $bad
