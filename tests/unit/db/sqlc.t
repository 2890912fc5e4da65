#!/bin/sh
# What tools/sqlc refuses, and that it says where. Usage: sqlc.t SQLC
sqlc=$1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/migrate" "$dir/query" "$dir/out"
printf 'CREATE TABLE org (\n\tid @id@, -- the clerk'"'"'s number\n\tname TEXT NOT NULL,\n\tsize @real@);\n' >"$dir/migrate/0001_org.sql"
n=0

# refused NAME FRAGMENT TEXT: the statement is refused with the fragment in the message
refused() {
	n=$((n + 1))
	printf '%s\n' "$3" >"$dir/query/org.sql"
	out=$("$sqlc" --set t --out "$dir/out" "$dir/migrate/0001_org.sql" "$dir/query/org.sql" 2>&1)
	rc=$?
	if [ $rc -eq 1 ] && printf '%s' "$out" | grep -qF -e "$2"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "rc $rc: $out" | sed 's/^/# /'
	fi
}

refused wrong_column 'org.sql:2: org_x: no such column: nam' '
-- name: org_x one (id int)
-- x
SELECT nam FROM org WHERE id = $1;'
refused wrong_table 'no such table: orgs' '-- name: org_x one ()
-- x
SELECT id FROM orgs;'
refused missing_parameter '$2 is used, 1 parameters are declared' '-- name: org_x many (id int)
-- x
SELECT id FROM org WHERE id = $1 AND name = $2;'
refused unused_parameter "'name' (\$2) is not used" '-- name: org_x many (id int, name text)
-- x
SELECT id FROM org WHERE id = $1;'
refused expression_without_type 'add `-- cols: n int|text|real|blob`' '-- name: org_x one ()
-- x
SELECT COUNT(*) AS n FROM org;'
refused column_without_name 'needs a name' '-- name: org_x one ()
-- x
SELECT COUNT(*) FROM org;'
refused hint_for_nothing "names 'm'" '-- name: org_x one ()
-- x
-- cols: m int
SELECT id FROM org;'
refused same_column_twice "'id' twice" '-- name: org_x one ()
-- x
SELECT a.id, b.id FROM org a JOIN org b ON a.id = b.id;'
refused rows_of_exec 'it returns rows' '-- name: org_x exec ()
-- x
SELECT id FROM org;'
refused no_rows_of_many 'declare it exec' '-- name: org_x many ()
-- x
DELETE FROM org;'
refused like 'LIKE differs' '-- name: org_x many (name text)
-- x
SELECT id FROM org WHERE name LIKE $1;'
refused double_quotes 'no double quotes' '-- name: org_x many ()
-- x
SELECT id FROM org WHERE name = "x";'
refused two_statements 'one statement only' '-- name: org_x exec ()
-- x
DELETE FROM org; DELETE FROM org WHERE id = 1;'
refused no_purpose 'what the statement is for' '-- name: org_x exec ()
DELETE FROM org;'
refused bad_type 'is not `name int|text|real|blob[?]`' '-- name: org_x exec (id long)
-- x
DELETE FROM org WHERE id = $1;'
refused bad_kind 'one|many|exec|execn|each' '-- name: org_x all ()
-- x
SELECT id FROM org;'
refused name_twice 'name used in' '-- name: org_x exec ()
-- x
DELETE FROM org;
-- name: org_x exec ()
-- x
DELETE FROM org;'
refused sort_without_place '$ORDER$ go together' '-- name: org_x many ()
-- x
-- sort: name
SELECT id FROM org ORDER BY id;'
refused sort_by_nothing 'no such column: nam' '-- name: org_x many ()
-- x
-- sort: nam
SELECT id FROM org ORDER BY $ORDER$;'

n=$((n + 1))
printf -- '-- name: org_x many (a text, b int)\n-- x\nSELECT id FROM org WHERE id = $2 AND name = $1 -- not $3, it'"'"'s a comment\n  AND name <> '"'"'--$9'"'"';\n' >"$dir/query/org.sql"
if "$sqlc" --set t --out "$dir/out" "$dir/migrate/0001_org.sql" "$dir/query/org.sql" &&
	grep -qF "id = ?2 AND name = ?1 AND name <> '--\$9'" "$dir/out/q_org.c"; then
	echo "ok $n - parameters_keep_their_numbers_and_comments_go"
else
	echo "not ok $n - parameters_keep_their_numbers_and_comments_go"
fi
n=$((n + 1))
printf 'CREATE TABLE a (\n\tid @id@,\n\tx @long@\n);\n' >"$dir/migrate/0002_a.sql"
if out=$("$sqlc" --set t --out "$dir/out" "$dir/migrate/0001_org.sql" "$dir/migrate/0002_a.sql" 2>&1); then
	echo "not ok $n - unknown_token_of_the_schema"
elif printf '%s' "$out" | grep -q '0002_a.sql:3: 0002_a: unknown token'; then
	echo "ok $n - unknown_token_of_the_schema"
else
	echo "not ok $n - unknown_token_of_the_schema"
	printf '%s\n' "$out" | sed 's/^/# /'
fi
echo "1..$n"
