/**
 * mathjs's parser and node classes, put together from its own factories with nothing that evaluates.
 *
 * `create(parseDependencies)` would bring typed functions, matrices and units along: 6 ms at each start and code that we
 * never want to reach from a text. What the factories ask for beyond nodes is given as a function that refuses.
 */

import {
  createAccessorNode,
  createArrayNode,
  createAssignmentNode,
  createBlockNode,
  createConditionalNode,
  createConstantNode,
  createFunctionAssignmentNode,
  createFunctionNode,
  createIndexNode,
  createNode,
  createObjectNode,
  createOperatorNode,
  createParenthesisNode,
  createParse,
  createRangeNode,
  createRelationalNode,
  createSymbolNode,
} from 'mathjs/number';

type Factory = (dependencies: object) => unknown;

// mathjs's types know the factories of its full entry alone.
declare module 'mathjs/number' {
  export const createAccessorNode: Factory;
  export const createArrayNode: Factory;
  export const createAssignmentNode: Factory;
  export const createBlockNode: Factory;
  export const createConditionalNode: Factory;
  export const createConstantNode: Factory;
  export const createFunctionAssignmentNode: Factory;
  export const createFunctionNode: Factory;
  export const createIndexNode: Factory;
  export const createNode: Factory;
  export const createObjectNode: Factory;
  export const createOperatorNode: Factory;
  export const createParenthesisNode: Factory;
  export const createParse: Factory;
  export const createRangeNode: Factory;
  export const createRelationalNode: Factory;
  export const createSymbolNode: Factory;
}

/** What we take of mathjs; its types do not cover the number-only entry. */
interface Mathjs {
  // biome-ignore lint/suspicious/noExplicitAny: mathjs has no types for its node classes
  readonly [name: string]: any;
}

function refuseToEvaluate(): never {
  throw new Error('syntax trees are read and printed here, never evaluated');
}

/** Factories in the order in which their products build on one another; named one by one, so that no other is bundled. */
const factories = {
  Node: createNode,
  SymbolNode: createSymbolNode,
  AccessorNode: createAccessorNode,
  ArrayNode: createArrayNode,
  AssignmentNode: createAssignmentNode,
  BlockNode: createBlockNode,
  ConditionalNode: createConditionalNode,
  ConstantNode: createConstantNode,
  FunctionAssignmentNode: createFunctionAssignmentNode,
  FunctionNode: createFunctionNode,
  IndexNode: createIndexNode,
  ObjectNode: createObjectNode,
  OperatorNode: createOperatorNode,
  ParenthesisNode: createParenthesisNode,
  RangeNode: createRangeNode,
  RelationalNode: createRelationalNode,
  parse: createParse,
} satisfies Readonly<Record<string, Factory>>;

function assemble(): Mathjs {
  const parts: Record<string, unknown> = {
    math: {},
    mathWithTransform: {},
    config: {
      number: 'number',
      numberFallback: 'number',
      matrix: 'Array',
      predictable: false,
      relTol: 1e-12,
      absTol: 1e-15,
    },
    // The parser is declared with typed-function for several kinds of argument; texts are the only kind we hand it.
    typed: Object.assign((_name: string, signatures: Readonly<Record<string, unknown>>) => signatures.string, {
      addConversion: () => undefined,
    }),
    numeric: (text: string) => Number(text),
    isBounded: (value: number) => Number.isFinite(value),
    subset: refuseToEvaluate,
    matrix: refuseToEvaluate,
    size: refuseToEvaluate,
    ResultSet: refuseToEvaluate,
  };
  for (const [name, build] of Object.entries(factories)) parts[name] = build(parts);
  return parts;
}

export const mathjs: Mathjs = assemble();
