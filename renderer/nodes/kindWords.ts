import type { PortKind } from '../../engine/nodes/defineNode'

/** What a socket carries, for those who do not see its colour and shape. */
export const kindWords: Readonly<Record<PortKind, { letter: string; name: string }>> = {
  tokens: { letter: 't', name: 'symbols' },
  sequence: { letter: 's', name: 'sequence' },
  vector: { letter: 'v', name: 'vector' },
}
