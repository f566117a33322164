/**
 * Compiles as Typst, in both languages, what is derived from every line of `test/cases/expressions.txt` and a few results
 * of other kinds. Not a part of `npm test`: the compiler takes 50 MB. To run it:
 *
 *     npm install --no-save @myriaddreamin/typst-ts-node-compiler && npm run build && node scripts/typst.mjs [FOLDER]
 *
 * With FOLDER, the pages are left there as SVG. Ends with 1 where something does not compile.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { derive, gradient, hessian, stationary, toTypst } from '../dist/index.js';

const folder = process.argv[2];
const compiler = NodeCompiler.create();

function* results() {
  const lines = readFileSync('test/cases/expressions.txt', 'utf8').split('\n');
  for (const line of lines.filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const [source, wrt, order = '1'] = line.split('=>').map((part) => part.trim());
    yield [line, derive(source, { wrt, order: Number(order), verify: false })];
  }
  const backprop = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';
  yield ['backward pass', gradient(backprop, { wrt: 'beta[j],alpha[j]', update: true })];
  yield ['hessian', hessian('x^2*y + sin(y)', { wrt: 'x,y' })];
  yield ['normal equations', stationary('sum((a*x[i] + b - y[i])^2, i)', { wrt: 'a,b' })];
  yield ['not solved', stationary('exp(x) - x^2', { wrt: 'x' })];
  yield ['taylor', derive('sin(x)', { wrt: 'x', taylor: 3, at: 'pi/2' })];
  yield ['implicit', derive('', { implicit: 'x^2 + y^2 = 1', wrt: 'x', order: 2 })];
  yield ['names', derive('loss(x_bar, W1) + é*x_in^2 + ßa(θ_hat)*varphi', { wrt: 'x_in' })];
}

const setup = '#set page(width: 21cm, height: auto, margin: 1.5cm)\n';

function compile(text) {
  try {
    return { svg: compiler.svg({ mainFileContent: setup + text }) };
  } catch (error) {
    return { problem: String(error.message ?? error) };
  }
}

let count = 0;
const failures = [];
if (folder !== undefined) mkdirSync(folder, { recursive: true });
for (const [name, result] of results()) {
  for (const lang of ['en', 'ja']) {
    const text = toTypst(result, { lang, expand: true });
    const { svg, problem } = compile(text);
    count++;
    if (problem !== undefined) failures.push(`${name} (${lang}): ${problem}\n${text}`);
    else if (folder !== undefined) writeFileSync(join(folder, `${count}.svg`), svg);
  }
}
for (const failure of failures) process.stderr.write(`${failure}\n\n`);
process.stdout.write(`${count - failures.length} of ${count} texts compile\n`);
if (failures.length > 0) process.exitCode = 1;
