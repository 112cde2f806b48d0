import type { KeptFile } from './protocol'

/** Files of a run that ended, from its trainer to the control thread. */
export interface KeptRun {
  kind: 'kept'
  run: string
  files: Readonly<Record<KeptFile, Uint8Array<ArrayBuffer>>>
}

/** Runs that are kept, at most, and bytes of all of them together; the newest is kept whatever its size. */
const MAX_RUNS = 8
const MAX_BYTES = 512 * 1024 * 1024

/** What the host remembers of the last runs that ended. */
export class KeptRuns {
  #runs: KeptRun[] = []

  keep(run: KeptRun): void {
    this.#runs = [run, ...this.#runs.filter((other) => other.run !== run.run)].slice(0, MAX_RUNS)
    let bytes = 0
    this.#runs = this.#runs.filter(({ files }, index) => {
      bytes += files.best.length + files.last.length
      return index === 0 || bytes <= MAX_BYTES
    })
  }

  /** null: not one of the last runs. */
  file(run: string, which: KeptFile): Uint8Array | null {
    return this.#runs.find((kept) => kept.run === run)?.files[which] ?? null
  }
}
