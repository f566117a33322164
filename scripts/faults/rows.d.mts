/** A row that builds with a fault are asked: `textbook.txt:12`, the verb and its options. */
export function certificateRows(): readonly { readonly id: string; readonly verb: string; readonly source: string }[];
