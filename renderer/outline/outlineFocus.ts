/** Where the keyboard goes when what has it is about to go away: nobody is to begin anew at the top of the window. */

/** To the row below, or at the end the one above; not to a row that goes away along with this one. */
export function leaveRow(row: Element): void {
  const going = row.closest('li')
  const rows = [...(row.closest('[data-outline]')?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const here = rows.findIndex((one) => one === row || (going?.contains(one) ?? false))
  const below = rows.slice(here + 1).find((one) => !going?.contains(one))
  const beside = below ?? rows[here - 1]
  beside?.focus()
}

/** From a wire to the row of the node that it begins at. */
export function leaveWire(button: Element): void {
  const row = button.closest('ul')?.closest('li')?.querySelector<HTMLElement>('[data-row]')
  row?.focus()
}
