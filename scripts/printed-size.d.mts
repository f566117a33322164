/** The printed size of an expression in text syntax: leaves, operators and function names; brackets do not count. */
export function printedSize(text: string): number;
