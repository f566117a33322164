/** The reader of LaTeX, with KaTeX: what `derive` for sources in text reads its pages back with, where they are LaTeX. */

export { scanSource } from '../syntax/read.ts';
