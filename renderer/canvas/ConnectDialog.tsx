import { Button, Modal } from '@mantine/core'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { IconTile } from '../nodes/IconTile'
import { kindWords } from '../nodes/kindWords'
import { endTitle, nodeFacts, sourcePorts, targetPorts } from '../nodes/nodeFacts'
import { useDocument } from '../state/document'
import type { End } from './acts/ends'
import { endKey } from './acts/ends'
import styles from './ConnectDialog.module.css'
import { connect, currentContext } from './editing'
import { canvasView, useCanvasView } from './view'
import { judge, oppositeEnds, wireBetween } from './wiring'

/** Wiring without dragging: every socket that one of the node's outputs could feed, and for the others why not. */
export function ConnectDialog() {
  const node = useCanvasView((view) => view.connecting)
  // Drawn again after each wire, so that the list tells what is connected now.
  useDocument((state) => state.document)
  const context = currentContext()
  const facts = node === null ? null : nodeFacts(context.model, node, context.summary)
  const sources = sourcePorts(facts)
  const close = (): void => canvasView.set({ connecting: null })
  return (
    <Modal
      opened={facts !== null}
      onClose={close}
      title={`Connect ${facts?.title ?? ''} to…`}
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {node !== null &&
        sources.map((port) => (
          <Targets
            key={port.name}
            from={{ node, port: port.name }}
            heading={sources.length > 1 ? (facts?.ways?.enter === port ? `${port.label}, inside` : port.label) : null}
          />
        ))}
      {facts && sources.length === 0 && (
        <p className={styles.nothing}>{facts.title} gives no output: it is where the model ends.</p>
      )}
    </Modal>
  )
}

function Targets({ from, heading }: { from: End; heading: string | null }) {
  const context = currentContext()
  const targets = oppositeEnds(context, from, 'output').map((end) => ({
    end,
    wired: wireBetween(context.model, from, end) !== null,
    judgement: judge(context, from, 'output', end),
  }))
  const rank = (one: (typeof targets)[number]): number => (one.wired ? 0 : one.judgement.ok ? 1 : 2)
  targets.sort((a, b) => rank(a) - rank(b))
  return (
    <section>
      {heading && <h3 className={styles.heading}>{heading}</h3>}
      <ul className={styles.list}>
        {targets.map(({ end, wired, judgement }) => (
          <li key={endKey(end)} className={styles.row}>
            <Target end={end} />
            <Choice from={from} end={end} wired={wired} judgement={judgement} />
          </li>
        ))}
      </ul>
      {targets.length === 0 && <p className={styles.nothing}>There is no other node with an input yet.</p>}
    </section>
  )
}

function Target({ end }: { end: End }) {
  const { model, summary } = currentContext()
  const facts = nodeFacts(model, end.node, summary)
  const port = targetPorts(facts).find(({ name }) => name === end.port)
  const takes = port?.kinds.map((kind) => kindWords[kind].name).join(' or ')
  return (
    <div className={styles.target}>
      <IconTile letter={facts?.letter ?? '?'} category={facts?.category ?? 'unknown'} />
      <span className={styles.name}>{facts ? endTitle(facts, end.port) : end.node}</span>
      <span className={styles.port}>
        {facts && facts.inputs.length > 1 ? `${port?.label}, ` : ''}takes {takes || 'anything'}
      </span>
    </div>
  )
}

function Choice(props: { from: End; end: End; wired: boolean; judgement: ReturnType<typeof judge> }) {
  const { from, end, wired, judgement } = props
  const close = (): void => canvasView.set({ connecting: null })
  if (wired) {
    return (
      <span className={styles.done}>
        <IconCheck size={16} aria-hidden="true" /> connected
      </span>
    )
  }
  if (judgement.ok) {
    return (
      <Button
        size="xs"
        rightSection={<IconArrowRight size={14} />}
        onClick={() => {
          connect(from, end)
          close()
        }}
      >
        Connect
      </Button>
    )
  }
  return (
    <div className={styles.refused}>
      <p>{judgement.message}</p>
      {judgement.adapters.map((act) => (
        <Button
          key={act.label}
          size="xs"
          variant="default"
          onClick={() => {
            useDocument.getState().apply(act)
            close()
          }}
        >
          {act.label}
        </Button>
      ))}
    </div>
  )
}
