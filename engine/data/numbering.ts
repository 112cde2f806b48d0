/** Numbers names as they appear. */
export class Numbering {
  readonly names: string[] = []
  readonly #known = new Map<string, number>()

  of(name: string): number {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const number = this.names.length
    this.#known.set(name, number)
    this.names.push(name)
    return number
  }
}
