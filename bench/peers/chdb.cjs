// chdb.cjs DATA REPEATS: ClickHouse embedded, one thread, MergeTree ordered by test and school.
// Prints: seconds, its cpu seconds (medians), sums to compare.
const { Session } = require('chdb');
const path = require('path');
const { ITEMS, LEVELS, CHECK, protocols, level, median } = require('./sums.cjs');
const [data, repeats] = [path.resolve(process.argv[2]), +(process.argv[3] || 5)];
const s = new Session(path.join(data, 'chdb'));
const q = (sql) => s.query(sql, 'CSV').trim();

q('CREATE DATABASE IF NOT EXISTS bench ENGINE = Atomic');
q('USE bench');
q(`CREATE TABLE IF NOT EXISTS works (test UInt8, school Int32, region UInt8, place UInt16, ${ITEMS.map((i) => `i${i} UInt8`)})
	ENGINE = MergeTree ORDER BY (test, school)`);
q('CREATE TABLE IF NOT EXISTS test (test UInt8, b3 UInt8, b4 UInt8, b5 UInt8) ENGINE = Memory');
q('TRUNCATE TABLE test');
q(`INSERT INTO test SELECT * FROM file('${data}/csv/test.csv', CSVWithNames)`);
if (+q('SELECT count() FROM works') === 0)
	for (let t = 0; t < 36; t++) {
		const f = `${data}/csv/w${String(t).padStart(2, '0')}.csv`;
		const head = require('fs').readFileSync(f, { encoding: 'utf8', flag: 'r' }).split('\n', 1)[0];
		const items = head.split(',').filter((c) => /^i\d/.test(c));
		q(`INSERT INTO works (test, school, region, place, ${items}) SELECT test, school, region, place,
			${items.map((c) => `ifNull(${c}, 0)`)} FROM file('${f}', CSVWithNames)`);
	}
const wall = [], cpu = [];
for (let r = 0; r <= repeats; r++) {
	for (const t of ['protocol_sums', ...LEVELS.map((l) => l[0])]) q(`DROP TABLE IF EXISTS ${t}`);
	const c0 = process.cpuUsage(), t0 = performance.now();
	q(`CREATE TABLE protocol_sums ENGINE = Memory AS ${protocols((c) => c, 'works')} SETTINGS max_threads = 1`);
	for (const l of LEVELS) q(`CREATE TABLE ${l[0]} ENGINE = Memory AS ${level(l)} SETTINGS max_threads = 1`);
	const c1 = process.cpuUsage(c0);
	if (r > 0) { wall.push((performance.now() - t0) / 1e3); cpu.push((c1.user + c1.system) / 1e6); }
}
console.log([median(wall).toFixed(4), median(cpu).toFixed(4), q(CHECK).replace(/,/g, ':')].join('\t'));
process.exit(0);
