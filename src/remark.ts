/** The entry `chainrule/remark`. */

export { type RemarkDeriveOptions, remarkDerive } from './remark/remark-derive.ts';
