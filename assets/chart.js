/* Pictures by ECharts. The data stand in <script type="application/json"> beside the place; the
 * table with the same figures is on the page too. */
(function () {
	"use strict";
	function color(name) { return getComputedStyle(document.body).getPropertyValue(name).trim(); }

	function base() {
		var text = color("--soko-ink-2"), line = color("--soko-line");
		return {
			animation: false,
			aria: { enabled: true, decal: { show: false } },
			textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
			grid: { left: 48, right: 16, top: 36, bottom: 44 },
			tooltip: { renderMode: "richText", trigger: "axis" },
			axis: {
				axisLabel: { color: text }, axisLine: { lineStyle: { color: line } },
				splitLine: { lineStyle: { color: line } }, nameTextStyle: { color: text }
			}
		};
	}

	/* {x: [0…], y: [counts], share: […], cuts: [{at, title}], marks: [mark of each score], xTitle, yTitle} */
	function histogram(d) {
		var b = base();
		var shades = { 2: color("--soko-mark2"), 3: color("--soko-mark3"), 4: color("--soko-mark4"), 5: color("--soko-mark5") };
		return {
			animation: b.animation, aria: b.aria, textStyle: b.textStyle, grid: b.grid,
			tooltip: {
				renderMode: "richText", trigger: "axis",
				formatter: function (v) {
					var bar = v.filter(function (s) { return s.seriesType === "bar"; })[0];
					if (!bar) return "";
					var i = bar.dataIndex;
					var mark = d.marks ? ", отметка " + d.marks[i] : "";
					return d.x[i] + " б." + mark + ": " + d.y[i].toLocaleString("ru-RU") + " чел. (" + d.share[i].toFixed(1).replace(".", ",") + " %)";
				}
			},
			/* a category axis knows no place between its bars: the cut lines stand on a number axis over it */
			xAxis: [
				Object.assign({ type: "category", data: d.x, name: d.xTitle, nameLocation: "middle", nameGap: 28 }, b.axis),
				{ type: "value", min: -0.5, max: d.x.length - 0.5, show: false, axisPointer: { show: false } }
			],
			yAxis: Object.assign({ type: "value", name: d.yTitle, minInterval: 1 }, b.axis, {
				axisLine: { show: false, onZero: false },
				axisLabel: { color: b.axis.axisLabel.color, formatter: function (v) { return v.toLocaleString("ru-RU"); } }
			}),
			series: [{
				type: "bar", barCategoryGap: "12%",
				data: d.y.map(function (n, i) { return { value: n, itemStyle: { color: d.marks ? shades[d.marks[i]] : color("--soko-blue") } }; })
			}, {
				type: "line", xAxisIndex: 1, data: [], silent: true,
				markLine: {
					symbol: "none", silent: true,
					lineStyle: { color: color("--soko-ink"), type: "dashed", width: 1.5 },
					label: {
						formatter: "{b}", color: color("--soko-ink"), fontWeight: "bold", fontSize: 13,
						backgroundColor: color("--soko-card"), padding: [1, 3]
					},
					data: (d.cuts || []).map(function (c) { return { name: c.title, xAxis: c.at - 0.5 }; })
				}
			}]
		};
	}

	var kinds = { histogram: histogram };
	var charts = [];
	function draw() {
		charts.forEach(function (c) { c.dispose(); });
		charts = [];
		document.querySelectorAll("[data-chart]").forEach(function (el) {
			var data = JSON.parse(document.getElementById(el.getAttribute("data-data")).textContent);
			var chart = window.echarts.init(el, null, { renderer: "canvas" });
			chart.setOption(kinds[el.getAttribute("data-chart")](data));
			charts.push(chart);
		});
	}
	draw();
	window.addEventListener("resize", function () { charts.forEach(function (c) { c.resize(); }); });
	new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
