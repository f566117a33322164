/** What markup may hold, checked without a browser. */

const ours = 'section p ol li div span details summary dl dt dd code pre a';
const katex =
  'math semantics annotation mrow mi mo mn mtext mspace mfrac msup msub msubsup msqrt mroot mover munder munderover';
const drawing = 'mstyle mtable mtr mtd mpadded menclose mphantom svg path line';
const allowed = new Set(`${ours} ${katex} ${drawing}`.split(' '));
const attributes =
  /^(?: (?:class|style|id|lang|role|tabindex|aria-[a-z]+|href|xmlns|encoding|mathcolor|mathvariant|width|height|viewbox|preserveaspectratio|d|[a-z]+)="[^"<>]*")*$/i;

/** Tags that the renderer does not make, attributes that run or load something, and tags that nobody closes. */
export function strayTags(html: string): string[] {
  const stray: string[] = [];
  const opened: string[] = [];
  for (const [tag, slash, name = '', rest = ''] of html.matchAll(/<(\/?)([^\s>/]*)([^>]*)>?/g)) {
    const isEmpty = rest.endsWith('/');
    const written = rest.replace(/\/$/, '').trimEnd();
    if (!allowed.has(name) || !attributes.test(written) || / on[a-z]+=|javascript:|url\(/i.test(written))
      stray.push(tag);
    if (/ href="(?!#)/.test(written)) stray.push(tag);
    if (slash === '' && !isEmpty) opened.push(name);
    else if (!isEmpty && opened.pop() !== name) stray.push(tag);
  }
  return [...stray, ...opened];
}
