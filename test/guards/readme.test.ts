import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mostReadings } from '../../src/meaning/names/readings.ts';
import { agreement, difference } from '../../src/oracle/approximation.ts';
import { analyticPoints, piecewisePoints } from '../../src/oracle/certify.ts';
import { longest } from '../../src/oracle/entries.ts';
import { pointsPerPrime } from '../../src/oracle/fingerprint.ts';
import { primes } from '../../src/oracle/modular.ts';
import { rounds } from '../../src/oracle/numeric.ts';

import { digits } from '../../src/oracle/precise.ts';

it('shows in the README what its commands print', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/readme.mjs', '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

/** 10⁻¹¹ for 1e-11. */
const tenTo = (value: number): string =>
  `10⁻${[...String(Math.round(-Math.log10(value)))].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`;

it('promises in the README what the oracle does', () => {
  const [, section = ''] =
    /## What a check mark promises\n([\s\S]*?)\n## /.exec(readFileSync('README.md', 'utf8')) ?? [];
  const bits = Math.ceil(Math.log2(Math.max(...primes)));
  const promises = [
    `modulo ${primes.length} primes of ${bits} bits, at ${pointsPerPrime} random points for each`,
    `as long as axes of ${longest} decide`,
    `at ${analyticPoints} random points (${piecewisePoints} where there are kinks or cases), within ${tenTo(agreement)}`,
    `in up to ${rounds} rounds`,
    `or ${digits} digits`,
    `by more than ${tenTo(difference)} of their size`,
    `of up to ${mostReadings},`,
  ];
  expect(promises.filter((text) => !section.includes(text))).toEqual([]);
});
