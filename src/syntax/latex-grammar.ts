/**
 * The grammar of formulas: sums of products of factors, over the tokens of one side of a statement.
 * Long sums and products are read in loops; only nesting recurses, and {@link deeper} bounds it.
 */

import type { Span } from '../problem.ts';
import {
  type Context,
  type Cursor,
  cursorOver,
  deeper,
  failSyntax,
  failUnexpected,
  isSign,
  lastEnd,
  peek,
  refuse,
  takeScript,
} from './latex-cursor.ts';
import { readBig } from './latex-binder.ts';
import { readCases } from './latex-cases.ts';
import { readFraction, readNabla, readPartial, readSlashed } from './latex-derivative.ts';
import { foldProduct, foldSum, type Factor, type Summand } from './latex-fold.ts';
import { readBars, readCall, readGroup } from './latex-group.ts';
import { readFunction, readName } from './latex-name.ts';
import { readSubscript, readSuperscript, withIndices, withSuperscript } from './latex-scripts.ts';
import type { Token, TokenOf } from './latex-tokens.ts';
import { callNode, constantNode, locate, type MathNode, operatorNode, spanAcross, view } from './node.ts';

/** The parts of the grammar that call each other in a circle, handed down so that no file imports upward. */
export interface Grammar {
  readonly sum: (cursor: Cursor) => MathNode;
  readonly product: (cursor: Cursor) => MathNode;
  readonly juxtaposed: (cursor: Cursor) => MathNode;
  readonly factor: (cursor: Cursor) => MathNode;
  readonly all: (context: Context, tokens: readonly Token[], span: Span) => MathNode;
  readonly starts: (cursor: Cursor) => boolean;
}

const grammar: Grammar = { sum, product, juxtaposed, factor, all, starts };
