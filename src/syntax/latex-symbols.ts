/** What LaTeX commands stand for: one table for each kind of sign. A new command is one entry here. */

import { greekNames } from './names.ts';
import type { RelationSign } from './relation.ts';

function table<Value extends string>(entries: string): ReadonlyMap<string, Value> {
  const words = entries.trim().split(/\s+/);
  return new Map(
    Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at], words[2 * at + 1]] as [string, Value]),
  );
}

const variants =
  '\\varepsilon epsilon \\vartheta theta \\varphi phi \\varrho rho \\varsigma sigma \\varpi pi \\varkappa kappa \\varGamma Gamma \\varDelta Delta \\varTheta Theta \\varLambda Lambda \\varXi Xi \\varPi Pi \\varSigma Sigma \\varUpsilon Upsilon \\varPhi Phi \\varPsi Psi \\varOmega Omega \\hbar hbar \\imath i \\jmath j \\digamma digamma';

/** Commands that are letters: `\alpha` to `alpha`. */
export const letterCommands: ReadonlyMap<string, string> = new Map([
  ...Array.from(greekNames.values(), (name) => [`\\${name}`, name] as const),
  ...table(variants),
]);

/** Relations, by the text of KaTeX's node. */
export const relations: ReadonlyMap<string, RelationSign> = table<RelationSign>(`
  = =  \\equiv =  ≡ =  \\triangleq =  \\doteq =  := :=  ≔ :=  \\coloneqq :=
  \\approx ~  ≈ ~  \\simeq ~  \\cong ~  \\propto ~  \\sim ~  ∝ ~  \\thickapprox ~  \\thicksim ~
  < <  \\lt <  > >  \\gt >  \\le <=  \\leq <=  \\leqslant <=  ≤ <=  \\leqq <=  \\ge >=  \\geq >=  \\geqslant >=  ≥ >=  \\geqq >=
  \\ne !=  \\neq !=  ≠ !=
  \\to ->  \\rightarrow ->  → ->  \\mapsto ->  \\longrightarrow ->  \\leftarrow ->  ← ->  \\gets ->  \\longleftarrow ->
  \\in in  ∈ in  \\subset in  \\subseteq in`);

/** Arrows between statements. */
export const implications: ReadonlySet<string> = new Set(
  '\\Rightarrow ⇒ \\Longrightarrow \\implies \\iff \\Leftrightarrow ⇔ \\Longleftrightarrow \\therefore ∴ \\because \\Leftarrow \\Longleftarrow \\leadsto'.split(
    ' ',
  ),
);

/** The signs of products and sums, as the grammar knows them. `.` is the centred dot, a product or a dot product. */
export const signs: ReadonlyMap<string, string> = table(`
  + +  - -  * *  / /  \\times x  × x  \\otimes kron  ⊗ kron  \\ast *  ∗ *  \\cdot .  · .  ⋅ .  \\cdotp .  \\centerdot .  \\bullet .
  \\odot .*  ⊙ .*  \\circ o  ∘ o  \\oslash ./  \\div /  ÷ /  \\slash /  ! !  , ,  ; ;  : :  . dot  \\colon :`);

/** Delimiters and the pair that each belongs to. */
export const openings: ReadonlyMap<string, string> = table(
  `( (  [ [  \\lbrack [  \\{ {  \\lbrace {  \\langle <  ⟨ <  < <  \\lparen (  \\lgroup (  \\lfloor floor  ⌊ floor  \\lceil ceil  ⌈ ceil`,
);
export const closings: ReadonlyMap<string, string> = table(
  `) (  ] [  \\rbrack [  \\} {  \\rbrace {  \\rangle <  ⟩ <  > <  \\rparen (  \\rgroup (  \\rfloor floor  ⌋ floor  \\rceil ceil  ⌉ ceil`,
);

/** Upright bars: of an absolute value `|`, of a norm `‖`. */
export const bars: ReadonlyMap<string, string> = table(
  '| |  \\vert |  \\lvert |  \\rvert |  ∣ |  \\| ‖  \\Vert ‖  \\lVert ‖  \\rVert ‖  ‖ ‖  ∥ ‖  \\parallel ‖',
);

/** Accents and what they add to a name; `vector` marks one. */
export const accents: ReadonlyMap<string, string> = table(
  '\\hat hat \\widehat hat \\bar bar \\tilde tilde \\widetilde tilde \\dot dot \\ddot ddot \\check check \\widecheck check \\breve breve \\acute acute \\grave grave \\mathring ring \\vec vector \\overrightarrow vector \\overrightharpoon vector \\utilde tilde',
);

/** `arcsin` as the inverse of `sin`: what the superscript -1 makes of a function. */
export const inverses: ReadonlyMap<string, string> = table(
  'sin asin cos acos tan atan cot acot sec asec csc acsc sinh asinh cosh acosh tanh atanh coth acoth',
);

/** Operators that name no function of their argument. */
export const refusedOperators: ReadonlySet<string> = new Set(
  'lim limsup liminf sup inf argmin argmax arg Pr dim ker hom gcd deg plim prox Proj Var Cov'.split(' '),
);

/** Signs that are told apart only to be refused by name. */
export const refusedSigns: ReadonlyMap<string, string> = new Map([
  ...['\\cdots', '\\@cdots', '\\ldots', '\\dots', '\\vdots', '\\ddots', '…', '⋯', '\\dotsb', '\\dotsc'].map(
    (dots) => [dots, 'a row of dots'] as const,
  ),
  ...['\\infty', '∞'].map((sign) => [sign, 'infinity'] as const),
  ...['\\mid', '\\middle'].map((sign) => [sign, 'a condition behind a bar'] as const),
  ...['\\pm', '\\mp', '±', '∓'].map((sign) => [sign, 'a double sign'] as const),
  ['\\oplus', 'the sign \\oplus'],
  ['\\wedge', 'the sign \\wedge'],
  ['\\forall', 'a quantifier'],
  ['\\exists', 'a quantifier'],
  ['\\cup', 'a set operation'],
  ['\\cap', 'a set operation'],
  ['\\setminus', 'a set operation'],
  ['\\emptyset', 'a set'],
  ['\\Re', 'a real part'],
  ['\\Im', 'an imaginary part'],
]);

/** Letters that are read as functions where a parenthesis follows, unless something speaks against it. */
export const usualFunctions: ReadonlySet<string> = new Set(
  'f g h E F G H J L O o phi psi sigma Phi Psi ell'.split(' '),
);

/** Letters that are special functions where they are applied and nothing speaks against it: Gamma, J_0, Y_1, I_0. */
export const specialLetters: ReadonlySet<string> = new Set(['Gamma', 'J', 'Y', 'I']);

/** Letters that are probability densities where a label and a bracket follow: p_\\theta(x). */
export const densities: ReadonlySet<string> = new Set(['p', 'q', 'pi']);

/** Letters that are read as functions only where a single argument of {@link usualArguments} follows. */
export const usualArguments: ReadonlySet<string> = new Set(['x', 'y', 'z', 't']);

/** Upright letters that are special functions, with an index or without. */
export const uprightFunctions: ReadonlyMap<string, string> = table(
  'J_0 besselj0 J_1 besselj1 Y_0 bessely0 Y_1 bessely1 I_0 besseli0 I_1 besseli1 W lambertw B beta psi digamma sigma sigmoid',
);

/** Letters that several together, as in x_{ij}, are indices one by one. */
export const indexLetters: ReadonlySet<string> = new Set('i j k l m n p q r s t u v mu nu alpha beta'.split(' '));

/** Words that would pass for rows of index letters. */
export const subscriptWords: ReadonlySet<string> = new Set('in min lin sim init'.split(' '));

/** Words that join statements, and those that begin a condition. */
export const connectives =
  /^(?:now|note|recall|similarly|finally|clearly|indeed|again|moreover|furthermore|consequently|equivalently|next|let|and|or|so|thus|hence|therefore|then|also|where|with|because|since|that is|i\.e\.|which|it follows|we|by|implies|gives|yields|using|from|と|より|よって|ここで|したがって|ただし|および|また)(?![A-Za-z])/i;
export const conditions =
  /^(?:for|if|when|whenever|unless|otherwise|else|in case|on|at|as|except|provided|のとき|ならば)(?![A-Za-z])/i;
export const otherwise = /^[（(]?(?:otherwise|else|elsewhere|in all other cases|その他|それ以外)/i;
