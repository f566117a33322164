/** The examples of `--example NAME`; a test holds them equal to the blocks in `examples/`. */

export interface Example {
  readonly source: string;
  readonly wrt: string;
}

export const examples: ReadonlyMap<string, Example> = new Map([
  ['backprop', { source: 'E(g(sum(beta[i] * f(dot(x[i], alpha[i])), i)))', wrt: 'beta[j]' }],
  ['least-squares', { source: 'sum((y[i] - a * x[i] - b)^2, i)', wrt: 'a' }],
  [
    'logistic',
    { source: '-sum(t[i] * log(sigmoid(w * x[i] + b)) + (1 - t[i]) * log(1 - sigmoid(w * x[i] + b)), i)', wrt: 'w' },
  ],
]);
