// duckdb.cjs DATA REPEATS: DuckDB, one thread, one wide native table (its fastest layout here).
// Prints: seconds, its cpu seconds (medians), sums to compare.
const { DuckDBInstance } = require('@duckdb/node-api');
const path = require('path');
const { ITEMS, LEVELS, CHECK, protocols, level, median } = require('./sums.cjs');
const [data, repeats] = [path.resolve(process.argv[2]), +(process.argv[3] || 3)];

(async () => {
	const c = await (await DuckDBInstance.create(path.join(data, 'duck.db'), { threads: '1' })).connect();
	const rows = async (sql) => (await c.run(sql)).getRows();
	await c.run(`CREATE TABLE IF NOT EXISTS works (test UTINYINT, school INTEGER, region UTINYINT, place USMALLINT,
		${ITEMS.map((i) => `i${i} UTINYINT`)})`);
	await c.run(`CREATE OR REPLACE TABLE test AS SELECT * FROM read_csv('${data}/csv/test.csv')`);
	if (Number((await rows('SELECT count(*) FROM works'))[0][0]) === 0)
		for (let t = 0; t < 36; t++)
			await c.run(`INSERT INTO works BY NAME SELECT * FROM read_csv('${data}/csv/w${String(t).padStart(2, '0')}.csv')`);
	const wall = [], cpu = [];
	for (let r = 0; r <= repeats; r++) {
		const c0 = process.cpuUsage(), t0 = performance.now();
		// doubles: DuckDB adds whole numbers up in 128 bits, which is slower
		await c.run(`CREATE OR REPLACE TEMP TABLE protocol_sums AS ${protocols((x) => `coalesce(${x}, 0)::DOUBLE`, 'works')}`);
		for (const l of LEVELS) await c.run(`CREATE OR REPLACE TEMP TABLE ${l[0]} AS ${level(l)}`);
		const c1 = process.cpuUsage(c0);
		if (r > 0) { wall.push((performance.now() - t0) / 1e3); cpu.push((c1.user + c1.system) / 1e6); }
	}
	const check = (await rows(CHECK))[0].map((v) => String(BigInt(Math.round(Number(v))))).join(':');
	console.log([median(wall).toFixed(4), median(cpu).toFixed(4), check].join('\t'));
	process.exit(0);
})();
