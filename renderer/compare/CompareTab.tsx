import { Button } from '@mantine/core'
import { IconCopy, IconPlayerPlayFilled, IconScale } from '@tabler/icons-react'
import { useState } from 'react'
import { tell, warn } from '../shell/notify'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { isBusy } from '../state/runMachine'
import { CompareChart } from './CompareChart'
import styles from './CompareTab.module.css'
import { CompareTable } from './CompareTable'
import { useCompare } from './compareStore'
import { compareRows, firstSorting, type Sorting, scoreWords, tableText } from './compareTable'
import { type Comparison, missingModels } from './comparison'
import { DuplicateAsButton } from './DuplicateAsButton'

/** All models of the document, trained on the same data with the same settings: curves over each other and figures side by side. */
export function CompareTab() {
  const comparison = useCompare((state) => state.comparison)
  return comparison ? <Compared comparison={comparison} /> : <NothingCompared />
}

function NothingCompared() {
  const count = useDocument((state) => state.document.models.length)
  return (
    <div className={styles.empty}>
      <IconScale size={28} stroke={1.5} aria-hidden="true" />
      <p>
        {count > 1
          ? `Train all ${count} models one after another on the same data, with the same seed and as many epochs, and see which one learns best.`
          : 'This document has one model. Make a rival with as many weights, then train both on the same data and see which one learns best.'}
      </p>
      <div className={styles.buttons}>
        {count > 1 ? <TrainAllButton /> : null}
        <DuplicateAsButton />
      </div>
    </div>
  )
}

function TrainAllButton({ again = false }: { again?: boolean }) {
  const trainAll = useCompare((state) => state.trainAll)
  const busy = useRun(({ state }) => isBusy(state))
  return (
    <Button
      size="xs"
      variant={again ? 'default' : 'filled'}
      disabled={busy}
      leftSection={<IconPlayerPlayFilled size={11} />}
      onClick={trainAll}
    >
      {again ? 'Train all again' : 'Train all'}
    </Button>
  )
}

function Compared({ comparison }: { comparison: Comparison }) {
  const document = useDocument((state) => state.document)
  const [chosen, setSorting] = useState<Sorting | null>(null)
  const { metric, running } = comparison
  const sorting = chosen ?? firstSorting('score', metric)
  const rows = compareRows(comparison, document, sorting)
  const missing = missingModels(comparison, document)
  const outdated = rows.filter((row) => row.outdated).length
  return (
    <div className={styles.compare}>
      <CompareChart />
      <section className={styles.figures} aria-label="Models in figures">
        <div className={styles.scroll}>
          <CompareTable comparison={comparison} rows={rows} sorting={sorting} onSort={setSorting} />
        </div>
        <div className={styles.foot}>
          <p className={styles.note}>{noteOf(comparison, outdated, missing)}</p>
          {running ? null : <TrainAllButton again />}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCopy size={13} stroke={1.75} />}
            onClick={() => void copy(tableText(comparison, rows))}
          >
            Copy table
          </Button>
        </div>
        <p className="visuallyHidden">{metric ? scoreWords(metric) : ''}</p>
      </section>
    </div>
  )
}

function noteOf(comparison: Comparison, outdated: number, missing: readonly string[]): string {
  if (missing.length > 0) {
    const [first] = missing
    const who = missing.length === 1 ? `“${first}” is` : `${missing.length} models are`
    return `${who} new and not in this comparison.`
  }
  if (outdated > 0) {
    return outdated === comparison.entries.length
      ? 'Data, settings or models have changed since.'
      : 'Some models have changed since.'
  }
  return comparison.metric ? `${scoreWords(comparison.metric)}.` : 'The first model begins …'
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    tell('Table copied. Paste it into a spreadsheet or a mail.')
  } catch (error) {
    warn('The table was not copied', `The clipboard did not take it (${String(error)}). Try again.`)
  }
}
