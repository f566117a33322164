/**
 * The table of faults as data. An entry of `faults.txt` names the fault, its layer and its file, says in words what is
 * wrong, and gives the text to find (`- `) and what stands there instead (`+ `), line by line.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Layers in the order of the report, and whether a certificate has to see its faults by itself. */
export const layers = new Map([
  ['constructors', true],
  ['exact-values', false],
  ['rules', true],
  ['presentation', true],
  ['text-reader', false],
  ['latex-reader', false],
  ['names', false],
  ['text-printer', true],
  ['latex-printer', true],
  ['markdown-printer', true],
  ['terminal-printer', true],
  ['html-printer', false],
  ['typst-printer', false],
  ['oracle', false],
]);

/** @typedef {{ id: string, layer: string, file: string, words: string, find: string, replacement: string }} Fault */

/** @returns {Fault[]} */
export function readFaults() {
  const text = readFileSync(new URL('faults.txt', import.meta.url), 'utf8');
  const blocks = text
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line !== '' && line[0] !== '#'));
  return blocks.filter((lines) => lines.length > 0).map(faultOf);
}

function faultOf([head, words, ...lines]) {
  const [id, layer, file] = head.split(' | ');
  const marked = (mark) => lines.filter((line) => line[0] === mark).map((line) => line.slice(2));
  return { id, layer, file, words, find: marked('-').join('\n'), replacement: marked('+').join('\n') };
}

/** The file with the fault in it; undefined where the text to find does not stand there exactly once. */
export function withFault(text, { find, replacement }) {
  const at = text.indexOf(find);
  if (find === '' || at < 0 || text.indexOf(find, at + 1) >= 0) return undefined;
  return text.slice(0, at) + replacement + text.slice(at + find.length);
}

/** The faulty text of the fault's file. */
export function faultyText(fault) {
  const text = withFault(readFileSync(`${root}${fault.file}`, 'utf8'), fault);
  if (text === undefined) throw new Error(`${fault.id}: its text does not stand exactly once in ${fault.file}`);
  return text;
}
