/* Card of a document: places in the text, and checking by keys. Everything has its button or link, so the page works without this file. */
(function () {
	"use strict";

	function all(sel, root) { return Array.prototype.slice.call((root || document).querySelectorAll(sel)); }
	function pane() { return document.querySelector(".pane-text"); }
	function panes() { return document.querySelector(".pane-points"); }
	function calm() { return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"; }

	/* places */
	function unlight(cls) { all("." + cls).forEach(function (el) { el.classList.remove(cls); }); }
	function pieces(el) {
		var from = Number(el.getAttribute("data-from")), to = Number(el.getAttribute("data-to"));
		if (!(from < to))
			return [];
		return all(".doc-text [data-at]").filter(function (s) {
			return Number(s.getAttribute("data-at")) < to && Number(s.getAttribute("data-end")) > from && s.textContent.trim();
		});
	}
	/* scrolls the text only, never the page: the eye stays where it reads */
	function reveal(el) {
		var box = pane();
		if (!el || !box || box.scrollHeight <= box.clientHeight)
			return;
		var r = el.getBoundingClientRect(), b = box.getBoundingClientRect();
		if (r.top < b.top + 20 || r.bottom > b.bottom - 20)
			box.scrollBy({ top: r.top - b.top - b.height / 3, behavior: calm() });
	}
	function showField(field, scroll) {
		unlight("lit-field");
		all(".field.lit").forEach(function (el) { el.classList.remove("lit"); });
		if (!field)
			return;
		field.classList.add("lit");
		var list = pieces(field);
		list.forEach(function (s) { s.classList.add("lit-field"); });
		if (scroll)
			reveal(list[0]);
	}
	document.addEventListener("mouseover", function (ev) {
		var field = ev.target.closest && ev.target.closest(".point .field");
		if (field && !field.classList.contains("lit"))
			showField(field, true);
	});
	document.addEventListener("focusin", function (ev) {
		var field = ev.target.closest && ev.target.closest(".point .field");
		if (field)
			showField(field, true);
		var point = ev.target.closest && ev.target.closest(".point[data-point]");
		if (point)
			choose(point, { focus: false, scroll: false });
	});

	/* the present point */
	var at = null;
	function points() { return all(".pane-points .point[data-point]"); }
	function now() { return at && document.getElementById("p" + at); }
	function choices(p) { return all("[data-choice]", p).filter(function (b) { return !b.disabled && b.offsetParent; }); }
	function choose(p, opt) {
		if (!p)
			return;
		all(".point.now").forEach(function (el) { el.classList.remove("now"); });
		all("[data-choice] kbd").forEach(function (el) { el.remove(); });
		unlight("lit");
		at = p.getAttribute("data-point");
		p.classList.add("now");
		choices(p).slice(0, 9).forEach(function (b, i) {
			var k = document.createElement("kbd");
			k.textContent = String(i + 1);
			k.setAttribute("aria-hidden", "true");
			b.prepend(k);
		});
		all('.doc-text [data-point="' + at + '"]').forEach(function (el) { el.classList.add("lit"); });
		if (opt && opt.focus === false && opt.scroll === false) {
			return;
		}
		if (!opt || opt.focus !== false)
			p.focus({ preventScroll: true });
		p.scrollIntoView({ block: "nearest", behavior: calm() });
		reveal(document.getElementById("t" + at));
	}
	document.addEventListener("click", function (ev) {
		var piece = ev.target.closest(".doc-text [data-point]");
		if (piece && panes()) {
			ev.preventDefault();
			var p = document.getElementById("p" + piece.getAttribute("data-point"));
			choose(p);
			if (p)
				p.scrollIntoView({ block: "center", behavior: calm() });
			return;
		}
		var card = ev.target.closest(".point[data-point]");
		var link = ev.target.closest(".point a[data-show]");
		if (link)
			ev.preventDefault();
		if (card && (link || !ev.target.closest("a,button,input,select,textarea,label,summary,form")))
			choose(card);
		var next = ev.target.closest('[data-key="n"]');
		if (next && doubtful().length) {
			ev.preventDefault();
			nextDoubt();
		}
	});

	function step(by) {
		var list = points(), i = list.indexOf(now());
		if (list.length)
			choose(list[i < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, i + by))]);
	}
	function doubtful() { return points().filter(function (p) { return p.querySelector("[data-left]"); }); }
	function nextDoubt() {
		var list = points(), left = doubtful(), i = list.indexOf(now());
		var after = left.filter(function (p) { return list.indexOf(p) > i; });
		choose(after[0] || left[0]);
	}
	function stepField(by) {
		var p = now(), list = p ? all(".field", p) : [];
		if (list.length === 0)
			return;
		var i = list.findIndex(function (f) { return f.classList.contains("lit"); });
		showField(list[(i + by + list.length) % list.length] || list[0], true);
	}

	/* changes without losing the place: the answer of the form is the page itself, its main part is exchanged */
	var busy = false;
	function exchange(html, want) {
		var next = new DOMParser().parseFromString(html, "text/html").querySelector("main");
		var main = document.querySelector("main");
		if (!next || !main) {
			location.reload();
			return;
		}
		var text = pane() ? pane().scrollTop : 0, page = window.scrollY;
		main.replaceWith(next);
		if (pane())
			pane().scrollTop = text;
		window.scrollTo(0, page);
		var flash = next.querySelector(".flash");
		if (flash)
			flash.setAttribute("role", "status");
		var form = next.querySelector(".point-form");
		if (form) {
			form.scrollIntoView({ block: "nearest" });
			var first = form.querySelector("textarea");
			if (first)
				first.focus({ preventScroll: true });
			return;
		}
		var p = want && document.getElementById("p" + want);
		if (p && p.matches("[data-point]"))
			choose(p);
	}
	function send(url, opt, advance) {
		if (busy)
			return;
		busy = true;
		var list = points(), i = list.indexOf(now()), order = list.map(function (p) { return p.getAttribute("data-point"); });
		fetch(url, opt).then(function (r) {
			return r.text().then(function (html) {
				if (!r.ok) {
					var why = new DOMParser().parseFromString(html, "text/html").querySelector(".problem, .empty p, main p");
					warn(why ? why.textContent.trim() : "Не получилось: обновите страницу.");
					return;
				}
				var want = at;
				exchange(html, want);
				var p = now();
				if (advance && p && p.matches("[data-point]") && !p.querySelector("[data-left]")) {
					var left = doubtful().map(function (x) { return x.getAttribute("data-point"); });
					var after = order.slice(i + 1).filter(function (id) { return left.indexOf(id) >= 0; });
					if (after.length || left.length)
						choose(document.getElementById("p" + (after[0] || left[0])));
				}
			});
		}).catch(function () { warn("Нет связи с сервером: правка не сохранена."); }).finally(function () { busy = false; });
	}
	function warn(text) {
		var main = document.querySelector("main"), old = main.querySelector(".problem.live");
		if (old)
			old.remove();
		var el = document.createElement("div");
		el.className = "problem live";
		el.setAttribute("role", "alert");
		el.textContent = text;
		var box = document.querySelector(".pane-points") || main;
		box.prepend(el);
		el.scrollIntoView({ block: "nearest" });
	}
	document.addEventListener("submit", function (ev) {
		var form = ev.target;
		if (!form.matches("form[data-live]") || !panes())
			return;
		ev.preventDefault();
		var owner = form.closest("[data-point]");
		if (owner)
			at = owner.getAttribute("data-point");
		else if (form.id && /^p\d+$/.test(form.id))
			at = form.id.slice(1);
		var body = new URLSearchParams(new FormData(form));
		if (ev.submitter && ev.submitter.name)
			body.append(ev.submitter.name, ev.submitter.value);
		send(form.action, { method: "POST", body: body, credentials: "same-origin" },
			["check", "field"].indexOf(form.getAttribute("data-act")) >= 0 || !!form.querySelector("[data-choice]"));
	});
	document.addEventListener("click", function (ev) {
		var a = ev.target.closest("a[data-live]");
		if (!a || !panes() || ev.ctrlKey || ev.metaKey || ev.shiftKey)
			return;
		ev.preventDefault();
		var owner = a.closest("[data-point]");
		if (owner)
			at = owner.getAttribute("data-point");
		send(a.href, { credentials: "same-origin" }, false);
	});

	/* keys */
	function press(act) {
		var p = now(), el = p && p.querySelector('[data-act="' + act + '"]');
		if (el && el.tagName === "FORM")
			el.requestSubmit();
		else if (el)
			el.click();
	}
	function enter() {
		var p = now();
		if (!p)
			return false;
		var lit = p.querySelector(".field.lit"), f = lit && lit.querySelector('form[data-act="field"]');
		if (f) {
			f.requestSubmit();
			return true;
		}
		/* an error asks for a choice */
		var error = p.querySelector(".diag-error [data-choice]");
		if (error) {
			error.focus();
			return true;
		}
		if (p.querySelector('[data-act="check"]')) {
			press("check");
			return true;
		}
		step(1);
		return true;
	}
	var keys = {
		KeyJ: function () { step(1); }, ArrowDown: function () { step(1); }, KeyK: function () { step(-1); }, ArrowUp: function () { step(-1); },
		ArrowRight: function () { stepField(1); }, ArrowLeft: function () { stepField(-1); }, KeyN: nextDoubt,
		KeyE: function () { press("edit"); }, KeyX: function () { press("strike"); },
		KeyU: function () { var f = document.querySelector('form[data-act="undo"]'); if (f) f.requestSubmit(); },
	};
	var went = 0;
	/* ahead of the keys of every page: "?" means these keys here */
	document.addEventListener("keydown", function (ev) {
		var t = ev.target;
		if (!panes() || ev.ctrlKey || ev.metaKey || ev.altKey || (t.matches && t.matches("input,textarea,select,[contenteditable]")))
			return;
		if (ev.key === "?" || (ev.shiftKey && ev.code === "Digit7" && ev.key === "?")) {
			var help = document.getElementById("keys");
			if (!help)
				return;
			help.open = !help.open;
			ev.preventDefault();
			ev.stopImmediatePropagation();
			return;
		}
		if (ev.code === "KeyG")
			went = Date.now();
		if (ev.shiftKey || Date.now() - went < 1500)
			return; /* "g" and a letter go to another page */
		var arrow = ev.code.indexOf("Arrow") === 0;
		if (arrow && t.closest && t.closest(".pane-text, details.keys"))
			return; /* the text scrolls by its arrows */
		if (arrow && !now())
			return;
		if (ev.key === "Enter" && t.closest && t.closest("a,button,summary"))
			return;
		var n = /^Digit([1-9])$/.exec(ev.code), done = false;
		if (n && now()) {
			var b = choices(now())[Number(n[1]) - 1];
			if (b) {
				b.click();
				done = true;
			}
		} else if (ev.key === "Enter") {
			done = enter();
		} else if (keys[ev.code]) {
			keys[ev.code]();
			done = true;
		}
		if (done) {
			ev.preventDefault();
			ev.stopImmediatePropagation();
		}
	}, true);

	function fromHash() {
		var m = /^#[pt](\d+)$/.exec(location.hash);
		if (m)
			choose(document.getElementById("p" + m[1]), { focus: true });
	}
	window.addEventListener("hashchange", fromHash);
	if (panes())
		fromHash();
})();
