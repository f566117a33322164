export interface Fault {
  readonly id: string;
  readonly layer: string;
  readonly file: string;
  /** What is wrong. */
  readonly words: string;
  readonly find: string;
  readonly replacement: string;
}

/** Layers in the order of the report, and whether a certificate has to see their faults by itself. */
export const layers: ReadonlyMap<string, boolean>;

export function readFaults(): Fault[];

/** The file with the fault in it; undefined where the text to find does not stand there exactly once. */
export function withFault(text: string, fault: Pick<Fault, 'find' | 'replacement'>): string | undefined;
