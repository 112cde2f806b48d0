import type { GateStatistics } from './frame'

/** What the gates of one node say, in words that need no formula. */
export interface GateVerdict {
  /** `calm`: working as it should; `notice`: worth a look; `warning`: it learns little like this. */
  tone: 'calm' | 'notice' | 'warning'
  /** One short line for a card: "Remembers about 12 steps". */
  text: string
  /** How the line was found, for the hover. */
  detail: string
}

/** One time step in the words of the data: day, days. */
export interface StepWords {
  one: string
  many: string
}

/** Gates whose activation is the share of memory that is kept from one time step to the next (LSTM f; GRU z). */
const KEEP_GATES = ['forget', 'update']
/** Share of activations from which a gate counts as stuck. */
const STUCK = 0.9
/** A longer memory is said as "hundreds of steps": the estimate is too rough for more. */
const LONGEST = 200

/**
 * Reads the gates of one recurrent node; of several copies of it the one that gives most cause to look, else the one that remembers
 * longest.
 */
export function gateVerdict(
  gates: readonly GateStatistics[],
  words: StepWords = { one: 'step', many: 'steps' },
): GateVerdict | null {
  const copies = [...new Set(gates.map(({ copy }) => copy))]
  const verdicts = copies.flatMap((copy) => {
    const own = gates.filter((gate) => gate.copy === copy)
    const verdict = copyVerdict(own, words)
    if (!verdict) return []
    const kept = keepingGate(own)?.mean ?? 0
    const detail = copy === undefined ? verdict.detail : `Of the copy “${copy}”: ${verdict.detail}`
    return [{ verdict: { ...verdict, detail }, weight: TONES.indexOf(verdict.tone) + kept }]
  })
  return verdicts.toSorted((a, b) => b.weight - a.weight)[0]?.verdict ?? null
}

/** The calmest first. */
const TONES: readonly GateVerdict['tone'][] = ['calm', 'notice', 'warning']

interface KeepingGate {
  gate: string
  /** How it stands when nothing is kept. */
  atOnce: string
  /** Share of the memory that is kept; how often it is below 0.1, and above 0.9. */
  mean: number
  low: number
  high: number
}

/** Where there is but an input gate, memory goes as new things come (coupled gates, minimal gated memory): 1 − it is what is kept. */
function keepingGate(gates: readonly GateStatistics[]): KeepingGate | null {
  const keep = gates.find(({ gate }) => KEEP_GATES.includes(gate))
  if (keep) return { ...keep, atOnce: 'shut (below 0.1)' }
  const input = gates.find(({ gate }) => gate === 'input')
  if (!input) return null
  return { gate: 'input', atOnce: 'open (above 0.9)', mean: 1 - input.mean, low: input.high, high: input.low }
}

/**
 * Reads the gates of one copy. A memory that keeps the share f of itself at every step has faded to a third after about
 * 1 / (1 - f) steps, which is what "remembers about N steps" says. Null when the node reports no gate that keeps memory.
 */
function copyVerdict(gates: readonly GateStatistics[], words: StepWords): GateVerdict | null {
  const keep = keepingGate(gates)
  if (!keep) return null
  const input = gates.find(({ gate }) => gate === 'input')
  if (input && input.low > STUCK) {
    return {
      tone: 'warning',
      text: 'Writes hardly anything new',
      detail: `The input gate is shut (below 0.1) in ${percent(input.low)} of cases, so little reaches the memory.`,
    }
  }
  if (keep.low > STUCK) {
    return {
      tone: 'warning',
      text: 'Forgets at once',
      detail: `The ${keep.gate} gate is ${keep.atOnce} in ${percent(keep.low)} of cases: nothing is kept for the next step.`,
    }
  }
  if (gates.every(({ low, high }) => low + high > STUCK)) {
    return {
      tone: 'notice',
      text: 'Gates are wide open or shut',
      detail:
        'Nearly all activations are below 0.1 or above 0.9, where gates change slowly. A smaller learning rate can help.',
    }
  }
  const steps = 1 / Math.max(1 - keep.mean, 1 / (2 * LONGEST))
  const detail = `On average the ${keep.gate} gate keeps ${percent(keep.mean)} of the memory at each step; after N = 1 / (1 − ${keep.mean.toFixed(2)}) ${words.many} about a third is left.`
  if (keep.high > STUCK || steps > LONGEST) {
    return { tone: 'notice', text: 'Keeps nearly everything', detail }
  }
  return {
    tone: 'calm',
    text: `Remembers about ${steps < 1.5 ? `1 ${words.one}` : `${rounded(steps)} ${words.many}`}`,
    detail,
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** Two digits at most are meant seriously. */
function rounded(steps: number): number {
  return steps < 20 ? Math.round(steps) : Math.round(steps / 5) * 5
}
