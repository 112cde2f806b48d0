import { Button } from '@mantine/core'
import { IconAlertTriangle, IconListNumbers } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import type { OutlinedGroup, PlanOutline } from '../../engine/compile/outlinePlan'
import { withContent } from '../canvas/places'
import { approximately } from '../nodes/approximately'
import { useApp } from '../state/app'
import { activeModelOf, useDocument } from '../state/document'
import { pointAt } from '../state/marks'
import { useSelection } from '../state/selection'
import { PlanGroup } from './PlanGroup'
import styles from './PlanTab.module.css'
import { byteWords, type Part, partTitle } from './planWords'
import { useHoveredNode } from './useHoveredNode'
import { usePlan } from './usePlan'

/** What the engine does in one training step, in order, beside the graph that it was made from; each points to the other. */
export function PlanTab() {
  const state = usePlan()
  const active = useDocument((document) => document.activeModel)
  useEffect(() => () => pointAt(null), [])
  switch (state.kind) {
    case 'reading':
      return <Empty>Reading the data …</Empty>
    case 'making':
      return <Empty>Making the plan …</Empty>
    case 'problems':
      return (
        <Empty warning>
          There is no plan yet: this model has problems that come first.
          <Button size="xs" variant="default" onClick={() => useApp.getState().showDock('problems')}>
            Show the problems
          </Button>
        </Empty>
      )
    case 'failed':
      return <Empty warning>Unroll could not make the plan, which is our mistake, not yours: {state.message}</Empty>
    case 'made':
      // Another model came to the canvas a moment ago: its own plan is being made.
      if (state.model !== active) return <Empty>Making the plan …</Empty>
      return <Plan outline={state.outline} shards={state.shards} />
  }
}

function Empty({ warning = false, children }: { warning?: boolean; children: React.ReactNode }) {
  const Icon = warning ? IconAlertTriangle : IconListNumbers
  return (
    <div className={styles.empty} data-warning={warning}>
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      {children}
    </div>
  )
}

function Plan({ outline, shards }: { outline: PlanOutline; shards: number }) {
  const { groups, rows, steps, instructions, flops, bytes } = outline
  const selected = useSelection((selection) => selection.nodes)
  const model = useDocument(activeModelOf)
  const chosen = useMemo(() => withContent(model, [...selected]), [model, selected])
  const hovered = useHoveredNode()
  const whole = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected.length === 0) return
    // In each column the first lines of what is selected come into view.
    for (const column of whole.current?.querySelectorAll('[data-column]') ?? []) {
      column.querySelector('[data-chosen="true"]')?.scrollIntoView({ block: 'nearest' })
    }
  }, [selected])
  const parts = (wanted: readonly Part[]) =>
    wanted.map((part) => (
      <PlanPart
        key={part}
        part={part}
        groups={groups.filter(({ phase }) => phase === part)}
        chosen={chosen}
        hovered={hovered}
      />
    ))
  return (
    <div ref={whole} className={styles.plan}>
      <dl className={styles.figures}>
        <Figure name="Instructions" value={String(instructions)} />
        <Figure name="Work in one step" value={`${approximately(flops * shards)} sums`} />
        <Figure name="Weights" value={byteWords(bytes.parameters)} />
        <Figure name="Working memory" value={`${shards > 1 ? `${shards} × ` : ''}${byteWords(bytes.arena)}`} />
        <Figure
          name="Sized for"
          value={`${shards > 1 ? `${shards} × ` : ''}${rows} examples (B) × ${steps} time steps (T)`}
        />
      </dl>
      <div className={styles.columns}>
        <div className={styles.column} data-column>
          {parts(['forward', 'probe'])}
        </div>
        <div className={styles.column} data-column>
          {parts(['backward'])}
        </div>
      </div>
    </div>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function PlanPart(props: {
  part: Part
  groups: readonly OutlinedGroup[]
  chosen: ReadonlySet<string>
  hovered: string | null
}) {
  const { part, groups, chosen, hovered } = props
  const { title, help } = partTitle(part)
  if (groups.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className={styles.part}>
        {title} <span>{help}</span>
      </h3>
      <ol className={styles.groups}>
        {groups.map((group) => (
          <PlanGroup
            key={group.lines[0]?.index ?? 0}
            group={group}
            chosen={group.node !== null && chosen.has(group.node)}
            hovered={group.node !== null && group.node === hovered}
          />
        ))}
      </ol>
    </section>
  )
}
