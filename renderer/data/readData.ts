import { create } from 'zustand'
import type { Baseline, ColumnSummary, Metric } from '../../engine/data/prepared'
import type { DataDefinition } from '../../engine/document/dataSchema'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { HostEvent, HostLost } from '../../engine/host/protocol'
import { useDocument } from '../state/document'

/** What the engine said of the data beyond the summary, which the document store holds. */
export interface DataReading {
  /** `reading` before the first answer and while a changed definition is read. */
  status: 'reading' | 'ready' | 'refused'
  baselines: readonly Baseline[]
  metric: Metric | null
  /** Columns of the table as last seen; they stay while the definition is wrong, so that it can be put right. */
  columns: readonly ColumnSummary[]
}

const nothing: DataReading = { status: 'reading', baselines: [], metric: null, columns: [] }

export const useData = create<DataReading>()(() => nothing)

/** Milliseconds of rest before a changed definition is read: typing a number should not read a file for each digit. */
const REST = 300

/** How often in a row the engine may be lost while reading before the window stops asking it to start anew. */
const MAX_LOSSES = 3

const NO_ENGINE: Diagnostic = {
  code: 'engine.absent',
  severity: 'error',
  message:
    'The training engine does not start, so the data cannot be read. Close Unroll and open it again; if that does not help, install it anew.',
  place: { kind: 'data' },
}

let latest: string | null = null
let count = 0
let losses = 0

function ask(data: DataDefinition, documentPath: string | null): void {
  count += 1
  latest = `data-${count}`
  useData.setState({ status: 'reading' })
  window.unroll.engine.send({ kind: 'describeData', request: latest, data, documentPath })
}

/** Has the data described now and whenever their definition or the document's folder changes. Returns what ends it. */
export function readDataOnChange(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const askNow = () => {
    timer = null
    const { document, path } = useDocument.getState()
    ask(document.data, path)
  }
  const end = useDocument.subscribe((state, before) => {
    if (state.document.data === before.document.data && state.path === before.path) return
    if (timer !== null) clearTimeout(timer)
    // A document that was just opened has no summary at all: nothing to wait for.
    if (state.summary !== null) {
      timer = setTimeout(askNow, REST)
      return
    }
    useData.setState({ ...nothing })
    askNow()
  })
  askNow()
  return () => {
    end()
    if (timer !== null) clearTimeout(timer)
  }
}

/** Takes the engine's answers; those to a question that was overtaken are not heard. */
export function hearData(event: HostEvent | HostLost): void {
  if (event.kind === 'dataDescribed' || event.kind === 'dataRefused') losses = 0
  if (event.kind === 'dataDescribed' && event.request === latest) {
    const { summary, baselines, metric, problems } = event
    useData.setState({ status: 'ready', baselines, metric, columns: summary.columns ?? [] })
    useDocument.getState().setSummary(summary, problems)
  }
  if (event.kind === 'dataRefused' && event.request === latest) {
    useData.setState({ status: 'refused', baselines: [], metric: null })
    useDocument.getState().setSummary(null, event.problems)
  }
  // The engine starts anew when it is asked; what it was reading is asked for once more, but not for ever.
  if (event.kind === 'lost' && useData.getState().status === 'reading') {
    losses += 1
    const { document, path } = useDocument.getState()
    if (losses < MAX_LOSSES) {
      ask(document.data, path)
      return
    }
    losses = 0
    useData.setState({ status: 'refused', baselines: [], metric: null })
    useDocument.getState().setSummary(null, [NO_ENGINE])
  }
}
