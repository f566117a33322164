/** The examples of `--example NAME`; a test holds them equal to the blocks in `examples/models/`. */

export interface Example {
  readonly source: string;
  readonly wrt: string;
  readonly shapes?: string;
  readonly order?: number;
}

export const examples: ReadonlyMap<string, Example> = new Map<string, Example>([
  ['backprop', { source: 'E(g(sum(beta[i] * f(dot(x[i], alpha[i])), i)))', wrt: 'beta[j]' }],
  ['least-squares', { source: 'sum((y[i] - a * x[i] - b)^2, i)', wrt: 'a' }],
  [
    'logistic',
    { source: '-sum(t[i] * log(sigmoid(w * x[i] + b)) + (1 - t[i]) * log(1 - sigmoid(w * x[i] + b)), i)', wrt: 'w' },
  ],
  [
    'perceptron',
    {
      source: 'z1 = W1*x + b1; a1 = f(z1); z2 = W2*a1 + b2; a2 = f(z2); z3 = W3*a2 + b3; E = norm(z3 - y)^2/2',
      wrt: 'W1,b1,W2,b2,W3,b3',
      shapes:
        'x: vector(n), y: vector(k), W1: matrix(m, n), b1: vector(m), W2: matrix(p, m), b2: vector(p), W3: matrix(k, p), b3: vector(k)',
    },
  ],
  [
    'cross-entropy',
    {
      source: "z = W*x + b; L = -y'*log(softmax(z))",
      wrt: 'W,b',
      shapes: 'x: vector(n), y: vector(k) one-hot, W: matrix(k, n), b: vector(k)',
    },
  ],
  [
    'batch',
    {
      source: 'sum(norm(W*X[i] + b - Y[i])^2, i, 1, N)/N',
      wrt: 'W',
      shapes: 'X: family(vector(n)), Y: family(vector(m)), W: matrix(m, n), b: vector(m)',
    },
  ],
  [
    'linear-regression',
    { source: 'norm(X*w - y)^2/2', wrt: 'w', order: 2, shapes: 'X: matrix(m, n), w: vector(n), y: vector(m)' },
  ],
  [
    'ridge',
    {
      source: 'norm(X*w - y)^2/2 + lambda*norm(w)^2/2',
      wrt: 'w',
      order: 2,
      shapes: 'X: matrix(m, n), w: vector(n), y: vector(m), lambda: scalar',
    },
  ],
  [
    'logistic-regression',
    {
      source: "sum(softplus(X*w)) - y'*X*w",
      wrt: 'w',
      order: 2,
      shapes: 'X: matrix(m, n), w: vector(n), y: vector(m) binary',
    },
  ],
  [
    'gaussian',
    {
      source: "-N*logdet(S)/2 - sum((X[i] - mu)'*inv(S)*(X[i] - mu), i, 1, N)/2",
      wrt: 'mu,S',
      shapes: 'X: family(vector(n)), mu: vector(n), S: matrix(n, n) positive definite',
    },
  ],
  [
    'factorisation',
    { source: "norm(X - U*V')^2/2", wrt: 'U,V', shapes: 'X: matrix(m, n), U: matrix(m, k), V: matrix(n, k)' },
  ],
  [
    'rnn',
    {
      source: 'h[0] = h0; h[t] = tanh(W*h[t-1] + U*x[t] + b); L = norm(V*h[3] - y)^2/2',
      wrt: 'W,U,b,V',
      shapes:
        'h0: vector(n), W: matrix(n, n), U: matrix(n, m), b: vector(n), V: matrix(k, n), x: family(vector(m)), y: vector(k)',
    },
  ],
  [
    'attention',
    {
      source: "S = Q*K'/sqrt(d); P = softmax(S); A = P*V; L = norm(A - Y)^2/2",
      wrt: 'Q,K,V',
      shapes: 'Q: matrix(m, d), K: matrix(n, d), V: matrix(n, p), Y: matrix(m, p)',
    },
  ],
]);
