/** What to do to see gates. */
export function gatesEmpty(trained: boolean): string {
  return trained
    ? 'No node of this run has gates. LSTM and GRU have: add one to see what it keeps and forgets.'
    : 'Press Train to see what an LSTM or a GRU keeps, writes and lets out.'
}
