/** Small letters above and below the line, as far as Unicode has them: read in text, printed in terminals. */

const raisedLetters =
  '0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻=⁼aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻAᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁWᵂ';
const loweredLetters = '0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋=₌aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ';
/** Those that are read and not printed, as few fonts have them. */
const moreRaised = '(⁽)⁾βᵝγᵞδᵟθᶿφᵠχᵡVⱽ';
const moreLowered = '(₍)₎jⱼ';

function pairs(letters: string): (readonly [letter: string, script: string])[] {
  const all = [...letters];
  return Array.from({ length: all.length / 2 }, (_, at) => [all[2 * at] as string, all[2 * at + 1] as string]);
}

/** Raised and lowered signs by the letters of the line. */
export const raised: ReadonlyMap<string, string> = new Map(pairs(raisedLetters));
export const lowered: ReadonlyMap<string, string> = new Map(pairs(loweredLetters));

/** The signs of each kind. What they stand for says Unicode, and not these tables: so a mistake in them does not cancel out. */
const signsOf = (...tables: readonly string[]): ReadonlySet<string> =>
  new Set(tables.flatMap(pairs).map(([, script]) => script));

const signs = {
  raised: signsOf(raisedLetters, moreRaised),
  lowered: signsOf(loweredLetters, moreLowered),
};

/** The letter of the line that a raised or lowered sign stands for. */
export function letterOfScript(kind: 'raised' | 'lowered', sign: string): string | undefined {
  return signs[kind].has(sign) ? sign.normalize('NFKC').replace('\u2212', '-') : undefined;
}
