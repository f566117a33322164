/** Stands in the bundle for `node:child_process`, which commander loads for executable subcommands; we have none. */
export function spawn(): never {
  throw new Error('chainrule runs no other program');
}
