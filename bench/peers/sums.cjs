// What all peers compute: sums of every protocol, then of every municipality, region and the country.
const ITEMS = [...Array(25).keys()].map((i) => i + 1);
const SUMS = ['n', 't', 'tt', 'm3', 'm4', 'm5', ...ITEMS.flatMap((i) => ['x', 'q', 'c'].map((s) => s + i))];
const LEVELS = [['place_sums', 'protocol_sums', 'test, place, any_value(region) AS region', 'test, place'],
	['region_sums', 'place_sums', 'test, region', 'test, region'],
	['country_sums', 'region_sums', 'test', 'test']];
const CHECK = `SELECT sum(n), sum(t), sum(tt), ${ITEMS.map((i) => `sum(c${i})`).join(' + ')} FROM country_sums`;

// sums of protocols; int(column): the type the peer adds up fastest
function protocols(int, from) {
	const item = ITEMS.map((i) => `${int(`i${i}`)} AS i${i}`).join(', ');
	const total = ITEMS.map((i) => int(`i${i}`)).join(' + ');
	const per = ITEMS.map((i) => `sum(i${i}) AS x${i}, sum(i${i} * i${i}) AS q${i}, sum(i${i} * total) AS c${i}`).join(', ');
	return `SELECT test, school, any_value(place) AS place, any_value(region) AS region, count(*) AS n, sum(total) AS t,
		sum(total * total) AS tt, sum(CASE WHEN total >= b3 THEN 1 ELSE 0 END) AS m3,
		sum(CASE WHEN total >= b4 THEN 1 ELSE 0 END) AS m4, sum(CASE WHEN total >= b5 THEN 1 ELSE 0 END) AS m5, ${per}
		FROM (SELECT test, school, place, region, ${item}, ${total} AS total, b3, b4, b5 FROM ${from} w JOIN test USING (test)) AS works GROUP BY test, school`;
}
const level = ([, from, columns, by]) =>
	`SELECT ${columns}, ${SUMS.map((s) => `sum(${s}) AS ${s}`).join(', ')} FROM ${from} GROUP BY ${by}`;
const median = (v) => [...v].sort((a, b) => a - b)[v.length >> 1];

module.exports = { ITEMS, LEVELS, CHECK, protocols, level, median };
