/** `node ask.mjs MODULE`: a build of the library answers every row; each answer's certificates are printed as one line of JSON. */

import { pathToFileURL } from 'node:url';
import { certificatesOf } from './certificates.mjs';
import { certificateRows } from './rows.mjs';

const library = await import(pathToFileURL(process.argv[2]).href);

for (const { id, verb, source, options } of certificateRows()) {
  process.stdout.write(`${JSON.stringify({ id, ...answer(verb, source, options) })}\n`);
}

function answer(verb, source, options) {
  try {
    const result = library[verb](source, options);
    const printed = {
      terminal: library.toTerminal(result, { color: false }),
      markdown: library.toMarkdown(result),
      latex: library.toLatex(result),
    };
    return { certificates: certificatesOf(result, printed) };
  } catch (error) {
    return { thrown: error.problem?.code ?? String(error).slice(0, 200) };
  }
}
