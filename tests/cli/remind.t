#!/bin/sh
# soko remind and soko mail: a trial leaves no trace, the second time nothing is told, a year is played in a copy.
soko=$1
dir=$(mktemp -d "${TMPDIR:-/tmp}/remind.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
n=0
say() { # say 0|1 NAME
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" || echo "not ok $n - $2"
}
echo 1..10
db=$dir/a.db
"$soko" sample load --db "$db" >/dev/null 2>&1
"$soko" remind --dry --db "$db" >"$dir/dry"
grep -q '^уведомлений	[1-9]' "$dir/dry" && grep -q '@soko.example	СОКО, ' "$dir/dry"
say $? "a trial counts the notices and names the letters"
"$soko" remind --dry --db "$db" | cmp -s - "$dir/dry"
say $? "a trial leaves no trace"
"$soko" remind --db "$db" >"$dir/first"
[ "$(grep -c '^уведомлений' "$dir/first")" = 1 ] && [ "$(sed -n 's/^уведомлений	//p' "$dir/first")" = "$(sed -n 's/^уведомлений	//p' "$dir/dry")" ]
say $? "what is told is what the trial said"
"$soko" remind --db "$db" | grep -q '^уведомлений	0$'
say $? "nothing is told twice"
before=$(cksum <"$db")
"$soko" remind --simulate "$(date +%Y)" --db "$db" >"$dir/year"
code=$?
[ $code = 0 ] && grep -q '^дней	36[56]$' "$dir/year" && grep -q '^b7	.*	[1-9]' "$dir/year"
say $? "a year is played day by day, counted by step"
[ "$before" = "$(cksum <"$db")" ] && [ "$(ls "$dir" | grep -c simulate)" = 0 ]
say $? "the year is played in a copy, which is gone"
"$soko" remind --date 2022-02-30 --db "$db" 2>/dev/null
[ $? = 2 ]
say $? "a day that does not exist is refused"
"$soko" mail --on --db "$db" 2>"$dir/err"
code=$?
[ $code = 2 ] && grep -q 'нужны сервер' "$dir/err"
say $? "letters cannot be switched on without a server"
printf 'тайна\n' >"$dir/pass"
"$soko" mail --host mail.soko.example --from soko@soko.example --site https://soko.example --login soko --password-file "$dir/pass" --on --db "$db" >"$dir/out"
code=$?
[ $code = 0 ] && grep -q 'пароль	задан' "$dir/out" && ! grep -q тайна "$dir/out"
say $? "the mail server is set, the password stays unseen"
"$soko" audit verify --db "$db" >/dev/null && "$soko" check --db "$db" >/dev/null
say $? "the history holds and the database passes its check"
