/* Small conveniences over pages that work without them. */
(function () {
	"use strict";

	function typing(el) {
		return el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));
	}

	/* "/" goes to the search over everything, "g" and a letter to a kind of work. */
	var go = 0;
	document.addEventListener("keydown", function (ev) {
		if (ev.ctrlKey || ev.metaKey || ev.altKey || typing(ev.target))
			return;
		if (ev.key === "/" || ev.code === "Slash") {
			/* the menu of a narrow screen is folded: open it first */
			var menu = document.querySelector("details.top");
			if (menu && menu.offsetParent !== null)
				menu.open = true;
			var search = Array.from(document.querySelectorAll("[data-search-all], [data-search]")).find(
				function (el) { return el.offsetParent !== null || el.getClientRects().length > 0; });
			if (search) {
				ev.preventDefault();
				search.focus();
				search.select();
			}
			return;
		}
		if (ev.key === "?") {
			location.href = "/help";
			return;
		}
		/* ev.code, so that the Russian layout works too */
		if (ev.code === "KeyG") {
			go = Date.now();
			return;
		}
		if (go && Date.now() - go < 1500 && ev.code.indexOf("Key") === 0) {
			var key = ev.code.slice(3).toLowerCase();
			var link = document.querySelector('[data-go="' + key + '"]');
			go = 0;
			if (link) {
				ev.preventDefault();
				link.click();
			}
		}
	});

	document.addEventListener("click", function (ev) {
		var el = ev.target.closest("[data-print]");
		if (el) {
			window.print();
			return;
		}
		el = ev.target.closest("[data-theme-set]");
		if (el) /* at once; the form then remembers it */
			document.documentElement.setAttribute("data-bs-theme", el.getAttribute("data-theme-set"));
	});

	/* Files may be dropped anywhere on the drop field; a chosen file is sent at once. */
	["dragover", "dragenter", "dragleave", "drop"].forEach(function (name) {
		document.addEventListener(name, function (ev) {
			var drop = ev.target.closest && ev.target.closest(".drop");
			if (!drop)
				return;
			ev.preventDefault();
			drop.classList.toggle("over", name === "dragover" || name === "dragenter");
			if (name === "drop" && ev.dataTransfer.files.length) {
				drop.querySelector("input[type=file]").files = ev.dataTransfer.files;
				drop.closest("form").requestSubmit();
			}
		});
	});
	document.addEventListener("change", function (ev) {
		if (ev.target.matches(".drop input[type=file]") && ev.target.files.length)
			ev.target.form.requestSubmit();
	});

	/* Addresses of searches without the empty fields: they are sent to colleagues. */
	document.addEventListener("htmx:configRequest", function (ev) {
		if (ev.detail.verb !== "get")
			return;
		Array.from(ev.detail.formData.entries()).forEach(function (field) {
			if (field[1] === "")
				ev.detail.formData.delete(field[0]);
		});
	});
})();
