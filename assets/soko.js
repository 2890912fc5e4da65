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

	/* Files of evidence go one by one, each with its progress and its own error; without this file they go as one form. */
	function send(form, file, row) {
		var bar = document.createElement("progress"), words = document.createElement("div");
		words.textContent = file.name;
		bar.max = file.size || 1;
		bar.value = 0;
		bar.setAttribute("aria-label", "Отправка: " + file.name);
		row.append(words, bar);
		return new Promise(function (done) {
			function end(error) {
				bar.remove();
				row.classList.toggle("bad", error !== "");
				words.textContent = error.indexOf(file.name) < 0 ? file.name + ": " + (error || "приложен") : error;
				done(error === "");
			}
			if (file.size > 50 * 1024 * 1024)
				return end("больше 50 МБ, не отправлен");
			var body = new FormData(form), x = new XMLHttpRequest();
			body.delete("file");
			body.append("file", file);
			x.open("POST", form.action);
			x.upload.onprogress = function (ev) { bar.value = ev.loaded; };
			x.onerror = function () { end("связь прервалась, попробуйте ещё раз"); };
			x.onload = function () {
				if (x.status < 400)
					return end("");
				var page = new DOMParser().parseFromString(x.responseText, "text/html");
				var why = page.querySelector(".empty-title");
				end(why ? why.textContent : x.responseText || "не принят");
			};
			x.send(body);
		});
	}
	document.addEventListener("submit", function (ev) {
		var form = ev.target, log = form.querySelector && form.querySelector("[data-upload-log]");
		var input = log && form.querySelector("input[type=file]");
		if (!input || !input.files.length)
			return;
		ev.preventDefault();
		var button = form.querySelector("button"), files = Array.from(input.files), good = 0;
		button.disabled = true;
		log.textContent = "";
		files.reduce(function (before, file) {
			return before.then(function () {
				var row = document.createElement("div");
				row.className = "upload-row";
				log.append(row);
				return send(form, file, row).then(function (ok) { good += ok ? 1 : 0; });
			});
		}, Promise.resolve()).then(function () {
			button.disabled = false;
			input.value = "";
			if (good === files.length) {
				location.hash = "evidence";
				location.reload();
				return;
			}
			var sum = document.createElement("p");
			sum.textContent = "Приложено " + good + " из " + files.length + ".";
			if (good > 0) {
				var again = document.createElement("a");
				again.href = location.pathname + "?#evidence";
				again.textContent = " Показать приложенное";
				sum.append(again);
			}
			log.append(sum);
		});
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
