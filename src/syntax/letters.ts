/** Letters of all scripts in patterns, without their price where a text is as usual. */

/** What the classes hold of ASCII and the letters of Greek. */
const usual: readonly (readonly [name: string, members: string])[] = [
  ['\\p{L}', 'A-Za-z\\u0391-\\u03a1\\u03a3-\\u03c9'],
  ['\\p{Ll}', 'a-z\\u03ac-\\u03c9'],
  ['\\p{N}', '0-9'],
  ['\\p{M}', ''],
];
const unusual = /[\u0080-\u0390\u03a2\u03ca-\uffff]/;

/**
 * A pattern in which `[\p{L}]`, `[\p{Ll}]`, `[\p{N}]` and `[\p{M}]`, always in brackets, are the letters, small letters, digits
 * and marks of all scripts. These classes are hundreds of ranges: V8 needs longer to compile one than a short formula takes to
 * be read, and a start of the command would pay that twenty times. So a text of ASCII and Greek letters meets the same pattern
 * with what these have of them.
 *
 *     letters`^[\p{L}][\p{L}\p{N}_]*$`.test('größe') // true
 */
export function letters({ raw: [source = ''] }: TemplateStringsArray): Pick<RegExp, 'test' | 'exec'> {
  let plain: RegExp | undefined;
  let full: RegExp | undefined;
  const of = (text: string): RegExp => {
    if (unusual.test(text)) {
      full ??= new RegExp(source, 'u');
      return full;
    }
    plain ??= new RegExp(
      usual.reduce((written, [name, members]) => written.replaceAll(name, members), source),
      'u',
    );
    return plain;
  };
  return { test: (text) => of(text).test(text), exec: (text) => of(text).exec(text) };
}

export const singleLetter = letters`^[\p{L}]$`;
export const smallLetter = letters`^[\p{Ll}]$`;
