#!/bin/sh
# What tools/tmplc refuses, with its place, and what the C compiler refuses of its output.
# usage: tmplc.t TMPLC CC SOURCE_ROOT
tmplc=$1 cc=$2 root=$3 n=0 bad=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

report() { # ok? name
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" || { bad=1; echo "not ok $n - $2"; }
}
run() { printf '%s\n' "$1" >"$dir/x.html"; "$tmplc" "$dir/x.html" "$dir/x.c" "$dir/x.h" x.h 2>"$dir/err"; }
page() { printf '%%page f(const struct m *p)\n%s\n%%end' "$1"; }

# refused NAME PLACE-AND-MESSAGE TEMPLATE
refused() {
	if run "$3"; then report 1 "$1 is refused"; return; fi
	grep -qF "x.html:$2" "$dir/err"
	r=$?
	report $r "$1 is refused at $2"
	[ $r = 0 ] || sed 's/^/# /' "$dir/err"
}
# compiles NAME STATUS EXPECTED-MESSAGE TEMPLATE; the model has field s of struct str, z of char *, u of struct url
compiles() {
	{ printf '%%include "m.h"\n'; printf '%s\n' "$4"; } >"$dir/x.html"
	printf '#include "web/out.h"\nstruct m { struct str s; const char *z; double d; struct url u; int i; };\n' >"$dir/m.h"
	"$tmplc" "$dir/x.html" "$dir/x.c" "$dir/x.h" x.h || { report 1 "$1"; return; }
	"$cc" -std=gnu11 -fsyntax-only -I"$dir" -I"$root/src" "$dir/x.c" 2>"$dir/err"
	s=$?
	[ $s -gt 1 ] && s=1
	[ $s = "$2" ] && grep -qF "$3" "$dir/err"
	r=$?
	[ -z "$3" ] && [ $s = "$2" ] && r=0
	report $r "$1"
	[ $r = 0 ] || sed 's/^/# /' "$dir/err"
}

refused "condition without a brace" "2:1: a condition or loop has braces" "$(page "% if (p->i > 0)")"
refused "loop without a brace" "2:1: a condition or loop has braces" "$(page "% while (p->i > 0)")"
refused "value in a script" "2:9: {{ }} inside <script>" "$(page '<script>{{ p->s }}</script>')"
refused "inline script" "2:9: inline script" "$(page '<script>alert(1)</script>')"
refused "value in a style" "2:8: {{ }} inside <script> or <style>" "$(page '<style>{{ p->s }}</style>')"
refused "value in an unquoted attribute" "2:10: {{ }} in an attribute without quotes" "$(page '<p class={{ p->s }}>')"
refused "value after an unquoted beginning" "2:11: {{ }} in an attribute without quotes" "$(page '<p class=a{{ p->s }}>')"
refused "value in a handler" "2:13: {{ }} inside an on" "$(page '<p ONCLICK="{{ p->s }}">')"
refused "handler" "2:14: an on… attribute is a script" "$(page '<p onclick="x">')"
refused "value in a style attribute" "2:11: {{ }} inside an attribute that holds code" "$(page '<p style="{{ p->s }}">')"
refused "value in a comment" "2:6: {{ }} inside a comment" "$(page '<!-- {{ p->s }} -->')"
refused "value in a tag name" "2:3: {{ }} inside a name" "$(page '<h{{ p->i }}>')"
refused "value in an attribute name" "2:9: {{ }} inside a name" "$(page '<p data-{{ p->s }}="x">')"
refused "script link" "2:21: a link begins with" "$(page '<a href="javascript:{{ p->i }}">')"
refused "link to another site" "2:12: a link begins with" "$(page '<a href="//{{ p->s }}">')"
refused "unclosed value" "2:4: {{ without }}" "$(page '<p>{{ p->s }')"
refused "empty value" "2:4: {{ }} is empty" "$(page '<p>{{ }}')"
refused "missing end" "1:1: %page without %end" '%page f(void)
<p>'
refused "page in a page" "2:1: %page inside %page" '%page f(void)
%page g(void)
%end'
refused "end without page" "1:1: %end without" '%end'
refused "text outside of a page" "1:1: text outside" '<p>'
refused "unknown directive" "1:1: want %page" '%pages'
refused "open tag at the end" "3:1: the tag, attribute or comment of line 2" "$(page '<p class="x')"
refused "page without parentheses" "1:1: want %page name" '%page f
%end'

compiles "text, link and number compile" 0 "" "$(page '<a href="{{ p->u }}" title="{{ p->s }}">{{ p->i }}</a>')"
compiles "a C string does not compile" 1 "x.html:3:7: error" "$(page '<p>{{ p->z }}')"
compiles "a double without decimals does not compile" 1 "x.html:3:7: error" "$(page '<p>{{ p->d }}')"
compiles "text as a link does not compile" 1 "x.html:3:13: error" "$(page '<a href="{{ p->s }}">')"
compiles "text as a bare attribute does not compile" 1 "x.html:3:7: error" "$(page '<p {{ p->s }}>')"
compiles "text as JSON does not compile" 1 "x.html:3:36: error" "$(page '<script type="application/json">{{ p->s }}</script>')"
compiles "a wrong field is reported at its line and column" 1 "x.html:3:1" "$(page '<p>name {{ p->titel }}')"
compiles "a wrong line of C is reported at its line" 1 "x.html:3:" "$(page '% int x = y;')"
echo "1..$n"
exit $bad
