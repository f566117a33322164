/** The signs between the sides of a statement. Only `=` is a claim of equality; the others are read and passed on. */
export type RelationSign = '=' | ':=' | '~' | '<' | '>' | '<=' | '>=' | '!=' | '->' | 'in';
