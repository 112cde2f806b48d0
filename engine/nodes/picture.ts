/**
 * The small picture that explains a node, as plain data; the window draws each kind once, so that a new type needs no drawing of its
 * own. Time runs from left to right.
 */
export type Picture =
  /** One time step of a layer that remembers: gates on the line of its memory, by their names. `mixes`: what has no gate. */
  | { kind: 'cell'; gates: readonly string[]; mixes?: string }
  /** Several memories that fade at speeds of their own. */
  | { kind: 'fading' }
  /** One step looks at others: `itself` all steps of its own sequence, `other` those of another one, `all` one answer looks at all. */
  | { kind: 'attention'; looksAt: 'itself' | 'other' | 'all' }
  /** What a frame holds reads from both ends. */
  | { kind: 'bothWays' }
  /** What a frame holds, several times on top of each other. */
  | { kind: 'layers' }
  /** Parts one after another, each with a way around it. */
  | { kind: 'block'; parts: readonly string[] }
  /** Many time steps become one. */
  | { kind: 'gather'; keeps: 'last' | 'average' | 'largest' }
  /** One becomes many time steps. */
  | { kind: 'repeat' }
  | { kind: 'reverse' }
  /** A window that slides along the steps. */
  | { kind: 'window' }
  /** Every number that comes in counts towards every number that goes out. */
  | { kind: 'mix' }
  /** A symbol chooses a row of numbers. */
  | { kind: 'lookUp' }
  /** Waves that tell steps apart. */
  | { kind: 'waves' }
  /** A curve that bends numbers. */
  | { kind: 'curve' }
  /** Numbers of any spread are brought to one. */
  | { kind: 'even' }
  /** Some numbers are hidden by chance. */
  | { kind: 'hide' }
  /** Two become one. */
  | { kind: 'join'; how: 'add' | 'multiply' | 'sideBySide' }
  /** A wire that goes on. */
  | { kind: 'pass' }
  /** Where the model says something. */
  | { kind: 'answer'; says: 'number' | 'class' | 'tags' | 'next' | 'sequence' }
  /** Rows of examples. */
  | { kind: 'examples' }
