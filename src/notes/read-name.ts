import type { NameRole } from '../meaning/names/table.ts';

/** How a name of a claim was read that the text does not define. */
export interface ReadName {
  readonly name: string;
  /** Of an index also whether a sum binds it. */
  readonly role: NameRole | 'summed' | 'free';
  /** Of a quantity that is no number, in the words of `--shape`. */
  readonly shape?: string;
}
