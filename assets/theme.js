/* Runs before the first paint: without a chosen theme the page follows the system, with no flash. */
(function () {
	"use strict";
	var root = document.documentElement;
	root.classList.add("js");
	if (root.getAttribute("data-bs-theme"))
		return;
	var dark = window.matchMedia("(prefers-color-scheme: dark)");
	function follow() { root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light"); }
	follow();
	dark.addEventListener("change", follow);
})();
