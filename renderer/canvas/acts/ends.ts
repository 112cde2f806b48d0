/** Which side of its node a socket is on: wires begin at outputs and end at inputs. */
export type Side = 'input' | 'output'

/** One end of a wire. */
export interface End {
  node: string
  port: string
}

export function sameEnd(a: End, b: End): boolean {
  return a.node === b.node && a.port === b.port
}

/** "node:port", for sets and maps. */
export function endKey(end: End): string {
  return `${end.node}:${end.port}`
}
