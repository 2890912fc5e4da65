#!/bin/sh
# Each check of tools/ can fail, and says where and why. usage: checks.t SOURCE_ROOT
root=$1 n=0 bad=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tree=$dir/tree

fresh() { rm -rf "$tree"; mkdir -p "$tree/src/base" "$tree/src/stat" "$tree/src/web/pages" "$tree/src/core/order" \
	"$tree/src/core/control" "$tree/tools" "$tree/tests"; cp "$root/layers.txt" "$root/.clang-format" "$tree"; }
result() { n=$((n + 1)); [ "$1" = 0 ] && echo "ok $n - $2" || { bad=1; echo "not ok $n - $2"; sed 's/^/# /' "$dir/out"; }; }
# finds NAME CHECK FILE EXPECTED: FILE is given on standard input
finds() {
	fresh; cat >"$tree/$3"
	if "$root/tools/$2" "$tree" >"$dir/out" 2>&1; then result 1 "$1"; else grep -qF "$4" "$dir/out"; result $? "$1"; fi
}
passes() {
	fresh; cat >"$tree/$3"
	"$root/tools/$2" "$tree" >"$dir/out" 2>&1
	result $? "$1"
}

finds "a lower layer may not include a higher one" check-layers src/stat/a.c "src/stat/a.c:1: stat/ may not include web/" <<'END'
#include "web/out.h"
END
finds "an include names its layer" check-layers src/stat/a.c 'include "a.h" does not name its layer' <<'END'
#include "a.h"
END
finds "capabilities of core know only those below" check-layers src/core/order/a.c "core/order/ may not include core/control/" <<'END'
#include "core/control/x.h"
END
finds "a foreign header has one home" check-layers src/core/order/a.c "<sqlite3.h> belongs to src/db/" <<'END'
#include <sqlite3.h>
END
finds "templates keep the layers too" check-layers src/web/pages/a.html "src/web/pages/a.html:1: web/ may not include db/" <<'END'
%include "db/db.h"
END
finds "a pure layer does not read the clock" check-layers src/stat/a.c "stat/ is pure and may not include base/clock.h" <<'END'
#include "base/clock.h"
END
passes "allowed includes pass" check-layers src/core/control/a.c <<'END'
#include "core/order/x.h"
#include "base/clock.h"
#include <stdio.h>
END
finds "banned calls are found" check-banned src/stat/a.c "src/stat/a.c:2: sprintf is banned" <<'END'
/* strcpy(a, b) in a comment is no call */ const char *s = "system(";
void f(char *b) { sprintf (b, "x"); }
END
finds "values come from arenas" check-banned src/stat/a.c "malloc is banned; see base/arena.h" <<'END'
void *f(void) { return malloc(1); }
END
printf 'int x; /* TO%s: later */\n' DO >"$dir/todo"
finds "an open end has a number" check-banned src/stat/a.c "not allowed in the tree" <"$dir/todo"
printf 'login sc%s\n' h220001 >"$dir/login"
finds "real logins stay out" check-banned tests/a.txt "tests/a.txt:1:" <"$dir/login"
passes "names inside other names pass" check-banned src/stat/a.c <<'END'
/* TODO(#12): numbered */
int f(struct x *x) { return my_strcpy(1) + x->system(2) + bsprintf(3); }
END
awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 81; i++) print "\tx();"; print "}" }' >"$dir/long"
finds "long functions are found" check-size src/stat/a.c "a.c:2: f: function of 81 lines" <"$dir/long"
finds "many parameters are found" check-size src/stat/a.c "f: 7 parameters" <<'END'
int f(int a, int b, int (*c)(int, int), int d,
	int e, int g, int h)
{
}
END
passes "a callback of a library may have many" check-size src/stat/a.c <<'END'
/* signature of libx */
int f(int a, int b, int c, int d, int e, int g, int h)
{
}
END
awk 'BEGIN { for (i = 0; i < 1001; i++) print "int x;" }' >"$dir/long"
finds "long files are found" check-size src/stat/a.c "file of more than 1,000 lines" <"$dir/long"
sed 80q "$dir/long" >"$dir/short"
passes "a short file passes" check-size src/stat/a.c <"$dir/short"
finds "a header that needs another is found" check-headers src/stat/a.h "a.h: does not compile alone" <<'END'
struct a { size_t n; };
END
passes "a whole header passes" check-headers src/stat/a.h <<'END'
#ifndef A
#define A
#include <stddef.h>
struct a { size_t n; };
#endif
END
finds "a header without a guard is found" check-headers src/stat/a.h "redefinition" <<'END'
struct a { int n; };
END
if command -v clang-format >/dev/null; then
	finds "an unformatted source is found" check-format src/stat/a.c "src/stat/a.c:1" <<'END'
int  f( void ) ;
END
	passes "a formatted source passes" check-format src/stat/a.c <<'END'
int f(void);
END
else
	n=$((n + 1)); echo "ok $n - format # SKIP clang-format is not installed"
fi
fresh
statics() { # NAME WANT CODE
	printf '%s\n' "$3" >"$tree/src/a.c"
	(cd "$tree" && cc -fPIE -c src/a.c -o src/a.o) 2>"$dir/out" && "$root/tools/check-statics" "$tree" >"$dir/out" 2>&1
	s=$?
	[ $s = "$2" ]; result $? "$1"
}
statics "a mutable static is found" 1 'int f(void) { static int n; return n++; }'
statics "an initialised global is found" 1 'int v = 3;'
statics "a thread-local variable is found" 1 '__thread int v;'
statics "constants with pointers pass" 0 'static const char *const v[] = {"a"}; const char *const *f(void) { return v; }'
echo "1..$n"
exit $bad
