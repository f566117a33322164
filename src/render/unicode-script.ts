/** Small letters above and below the line, as far as Unicode has them. */

const superscriptLetters =
  '0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻=⁼aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻAᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁWᵂ';
const subscriptLetters = '0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋=₌aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ';

function pairs(letters: string): ReadonlyMap<string, string> {
  const all = [...letters];
  return new Map(all.flatMap((letter, at) => (at % 2 === 0 ? [[letter, all[at + 1] as string] as const] : [])));
}

const superscript = pairs(superscriptLetters);
const subscript = pairs(subscriptLetters);

/** Without the spaces around signs. */
export function compact(text: string): string {
  return text.replace(/ ([+−=]) /g, '$1');
}

function inScript(letters: ReadonlyMap<string, string>, text: string): string | undefined {
  const small = [...compact(text)].map((letter) => letters.get(letter));
  return small.includes(undefined) ? undefined : small.join('');
}

/** `text` raised, or undefined where a letter is missing. */
export function inSuperscript(text: string): string | undefined {
  return inScript(superscript, text);
}

/** `text` lowered, or undefined where a letter is missing. */
export function inSubscript(text: string): string | undefined {
  return inScript(subscript, text);
}
