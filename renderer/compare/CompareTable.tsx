import { IconArrowDown, IconArrowUp, IconTrophy } from '@tabler/icons-react'
import { useRunHistory } from '../run/history'
import { useDocument } from '../state/document'
import styles from './CompareTable.module.css'
import { useCompare } from './compareStore'
import { curveStyle } from './compareStyle'
import { COLUMNS, type CompareRow, columnTitle, firstSorting, type Sorting } from './compareTable'
import type { Comparison } from './comparison'

interface CompareTableProps {
  comparison: Comparison
  rows: readonly CompareRow[]
  sorting: Sorting
  onSort: (sorting: Sorting) => void
}

/** The models in figures. A heading sorts, a name opens the model's tab; the row under the pointer or the focus has its curve stand out. */
export function CompareTable({ comparison, rows, sorting, onSort }: CompareTableProps) {
  const { metric } = comparison
  return (
    <table className={styles.table}>
      <caption className="visuallyHidden">Models compared</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => {
            const isSorted = sorting.column === column
            const Arrow = sorting.rising ? IconArrowUp : IconArrowDown
            const title = columnTitle(column, metric)
            return (
              <th
                key={column}
                scope="col"
                aria-sort={isSorted ? (sorting.rising ? 'ascending' : 'descending') : 'none'}
                data-text={column === 'name' || undefined}
              >
                <button
                  type="button"
                  className={styles.sort}
                  title={`Sort by ${title.toLowerCase()}`}
                  onClick={() => onSort(isSorted ? { column, rising: !sorting.rising } : firstSorting(column, metric))}
                >
                  {title}
                  {isSorted ? <Arrow size={12} stroke={2} aria-hidden="true" /> : null}
                </button>
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.entry.model} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row }: { row: CompareRow }) {
  const { entry, index, cells, isBest, outdated, status } = row
  const highlighted = useCompare((state) => state.highlight === entry.model)
  const highlight = useCompare((state) => state.setHighlight)
  const isThere = useDocument((state) => state.document.models.some(({ id }) => id === entry.model))
  const setActive = useDocument((state) => state.setActiveModel)
  const show = () => {
    setActive(entry.model)
    // Its charts and meters too, which otherwise show the run that trains, or did last.
    if (entry.run !== null) useRunHistory.getState().show(entry.run)
  }
  const isBad = entry.outcome === 'problem' || entry.outcome === 'failed'
  return (
    <tr
      data-highlighted={highlighted || undefined}
      data-best={isBest || undefined}
      onMouseEnter={() => highlight(entry.model)}
      onMouseLeave={() => highlight(null)}
    >
      <th scope="row" data-text={true}>
        <span className={styles.model}>
          <Curve index={index} />
          <button
            type="button"
            className={styles.name}
            disabled={!isThere}
            title={isThere ? `Show ${cells.name} on the canvas` : `${cells.name} was deleted`}
            onClick={show}
            onFocus={() => highlight(entry.model)}
            onBlur={() => highlight(null)}
          >
            {cells.name}
          </button>
          {isBest ? (
            <span className={styles.best}>
              <IconTrophy size={11} stroke={2} aria-hidden="true" /> best
            </span>
          ) : null}
        </span>
        {status !== '' || outdated ? (
          <span className={styles.status} data-bad={isBad || undefined} title={status}>
            {[status, outdated ? 'made before the last change' : ''].filter(Boolean).join(' · ')}
          </span>
        ) : null}
      </th>
      {COLUMNS.slice(1).map((column) => (
        <td key={column} data-strong={column === 'score' || undefined}>
          {cells[column]}
        </td>
      ))}
    </tr>
  )
}

/** The line that the model has in the chart. */
function Curve({ index }: { index: number }) {
  const { ink, dash } = curveStyle(index)
  return (
    <svg className={styles.curve} width="22" height="10" viewBox="0 0 22 10" aria-hidden="true">
      <line
        x1="1"
        y1="5"
        x2="21"
        y2="5"
        stroke={`var(--hue-${ink})`}
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  )
}
