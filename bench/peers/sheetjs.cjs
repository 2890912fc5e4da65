// sheetjs.cjs FILE REPEATS: SheetJS reads a whole file. Prints: cpu seconds (median), cells.
const XLSX = require('xlsx');
const { median } = require('./sums.cjs');
const bytes = require('fs').readFileSync(process.argv[2]);
const s = [];
let cells = 0;
for (let r = 0; r < +process.argv[3]; r++) {
	const t0 = process.cpuUsage();
	const sheet = XLSX.read(bytes, { dense: true }).Sheets['Лист1'];
	const t1 = process.cpuUsage(t0);
	s.push((t1.user + t1.system) / 1e6);
	cells = (sheet['!data'] || sheet).reduce((n, row) => n + row.filter((c) => c && c.v !== undefined).length, 0);
}
console.log([median(s).toFixed(4), cells].join('\t'));
