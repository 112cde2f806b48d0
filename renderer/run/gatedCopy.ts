/** One recurrent node, or one copy of it where a frame lays it out more than once: what has gates of its own. */
export interface GatedCopy {
  node: string
  /** "backward", "layer 2"; absent: the only one. */
  copy?: string | undefined
}

/** The key of a copy in maps; node ids hold no spaces. */
export const keyOfCopy = ({ node, copy }: GatedCopy): string => (copy === undefined ? node : `${node} ${copy}`)

export function copyOfKey(key: string): GatedCopy {
  const end = key.indexOf(' ')
  return end < 0 ? { node: key } : { node: key.slice(0, end), copy: key.slice(end + 1) }
}
