/** A note as the body of a LaTeX document; the template loads amsmath, amssymb, booktabs, graphicx, hyperref and ulem. */

import { MathError } from '../problem.ts';
import { setAuthorFormula } from '../render/author-formula.ts';
import { latexProse } from '../render/latex-prose.ts';
import { prepareLatex } from '../syntax/latex-prepare.ts';
import type { Dialect } from './note-printer.ts';

export const latexDialect: Dialect = {
  text: (value) => latexProse(curlQuotes(value)),
  formula: formulaOf,
  emphasis: (content) => `\\emph{${content}}`,
  strong: (content) => `\\textbf{${content}}`,
  struck: (content) => `\\sout{${content}}`,
  code: (value) => `\\texttt{${codeLine(value)}}`,
  codeBlock: (value) => {
    const lines = value.split('\n').map((line) => `\\mbox{}${codeLine(line)}`);
    return `\\begin{quote}\\ttfamily\\small\\raggedright\n${lines.join('\\\\\n')}\n\\end{quote}`;
  },
  link: (url, content) => (isWebAddress(url) ? `\\href{${addressOf(url)}}{${content}}` : content),
  image: (path, alt) =>
    /^[\w./-]+\.(?:png|jpe?g|pdf)$/i.test(path) && !path.startsWith('/') && !path.includes('..')
      ? `\\IfFileExists{${path}}{\\includegraphics[max width=\\linewidth]{${path}}}{${latexProse(alt)}}`
      : undefined,
  lineBreak: '\\\\\n',
  heading: (depth, content) =>
    depth === 0 ? `\\title{${content}}\n\\date{}\n\\maketitle` : `\\${headings[depth - 1] ?? 'paragraph'}{${content}}`,
  quote: (content) => `\\begin{quote}\n${content}\n\\end{quote}`,
  list: (items, start) => {
    const kind = start === undefined ? 'itemize' : 'enumerate';
    const first = start === undefined || start === 1 ? '' : `\\setcounter{enumi}{${start - 1}}\n`;
    return `\\begin{${kind}}\n${first}${items.map((item) => `\\item {}${item}`).join('\n')}\n\\end{${kind}}`;
  },
  task: (done) => (done ? '\\ensuremath{\\boxtimes}' : '\\ensuremath{\\square}'),
  table: tableOf,
  rule: '\\par\\medskip\\hrule\\medskip',
  footnote: (content) => `\\footnote{${content}}`,
};

const headings = ['section', 'subsection', 'subsubsection', 'paragraph', 'subparagraph'] as const;

/** Words in a typewriter's face, spaces kept; an underscore or slash may end a line. */
function codeLine(value: string): string {
  return latexProse(value)
    .replace(/(?<!\\) /g, '\\ ')
    .replace(/--/g, '-{}-')
    .replace(/`/g, '\\textasciigrave{}')
    .replace(/'/g, '\\textquotesingle{}');
}

/** Straight quotes of prose as the pair that they stand for. */
function curlQuotes(text: string): string {
  return text.replace(/(^|[\s([{/-])"(?=\S)/g, '$1“').replaceAll('"', '”');
}

/** Environments of amsmath that open mathematics themselves. */
const ownDisplay =
  /^\s*\\begin\{((?:align|equation|gather|multline|alignat|flalign|eqnarray)\*?)\}[\s\S]*\\end\{\1\}\s*$/;

/** What KaTeX can set and what holds no command that reaches outside a formula. */
function formulaOf(tex: string, display: boolean): string | undefined {
  if (setAuthorFormula(tex, display).complaint !== undefined || !isHarmless(tex)) return undefined;
  const whole = tex.trim().replace(/\n[ \t]*(?=\n)/g, '');
  if (!display) return `$${whole}$`;
  return ownDisplay.test(whole) ? whole : `\\[\n${whole}\n\\]`;
}

function isHarmless(tex: string): boolean {
  try {
    prepareLatex(tex);
    return true;
  } catch (error) {
    if (error instanceof MathError) return false;
    throw error;
  }
}

function isWebAddress(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(url);
}

/** An address in which nothing is a command. */
function addressOf(url: string): string {
  const plain = url.toWellFormed().replace(/[^\w\-.~:/?#[\]@!&'()*+,;=%]/g, (sign) => encodeURIComponent(sign));
  return plain.replace(/[%#&_~]/g, (sign) => (sign === '~' ? '\\string~' : `\\${sign}`));
}

/** Widest table, in characters of its longest row, that gets columns as wide as their content. */
const narrow = 90;

function tableOf(rows: Parameters<Dialect['table']>[0], align: Parameters<Dialect['table']>[1]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const isWide = Math.max(...rows.map((row) => row.join('').length)) > narrow;
  const share = (0.95 / columns).toFixed(3);
  const letters = Array.from({ length: columns }, (_, at) =>
    isWide ? `p{\\dimexpr ${share}\\linewidth-2\\tabcolsep}` : letterOf[align?.[at] ?? 'left'],
  );
  const [head = [], ...body] = rows.map((row) => `${row.join(' & ')} \\\\`);
  return [
    '\\begin{center}',
    `\\begin{tabular}{${letters.join('')}}`,
    '\\toprule',
    head,
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{center}',
  ].join('\n');
}

const letterOf = { left: 'l', center: 'c', right: 'r' } as const;
