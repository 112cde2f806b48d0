import { Button, Modal } from '@mantine/core'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { IconTile } from '../nodes/IconTile'
import { kindWords } from '../nodes/kindWords'
import { endTitle, nodeFacts, sourcePorts, targetPorts, titleOf } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import { adaptersForMove, moveWireAct } from './acts/connect'
import { type End, endKey, type Side, sameEnd } from './acts/ends'
import styles from './ConnectDialog.module.css'
import { connect, currentContext, positions } from './editing'
import { blockEnds } from './groups/blocks'
import { readCanvasId } from './groups/canvasIds'
import { currentGroups } from './groups/currentGroups'
import { nameOf } from './groups/groupActs'
import { canvasView, useCanvasView } from './view'
import { judge, oppositeEnds, type WiringContext, wireBetween } from './wiring'

/** Wiring without dragging: every socket that one of the node's outputs could feed, and for the others why not. */
export function ConnectDialog() {
  const card = useCanvasView((view) => view.connecting)
  // Drawn again after each wire, so that the list tells what is connected now.
  useDocument((state) => state.document)
  const context = currentContext()
  const giver = card === null ? null : giverOf(context, card)
  return (
    <Modal
      opened={giver !== null}
      onClose={close}
      title={`Connect ${giver?.title ?? ''} to…`}
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {giver?.sources.map(({ end, label }) => (
        <Targets key={endKey(end)} from={end} inside={giver.nodes} heading={giver.sources.length > 1 ? label : null} />
      ))}
      {giver?.sources.length === 0 && (
        <p className={styles.nothing}>{giver.title} gives no output: it is where the model ends.</p>
      )}
    </Modal>
  )
}

/** A card that gives something: its name, the nodes that it stands for, and what a wire can begin at. */
interface Giver {
  title: string
  nodes: ReadonlySet<string>
  sources: readonly { end: End; label: string }[]
}

/** A node, or a closed group with the outputs that its card shows; null: it is not there any more. */
function giverOf({ model, summary }: WiringContext, card: string): Giver | null {
  const { kind, id } = readCanvasId(card)
  if (kind === 'group') {
    const group = currentGroups()[id]
    if (!group) return null
    const { outputs } = blockEnds(model, group, positions(), summary)
    const sources = outputs.map((end) => {
      const facts = nodeFacts(model, end.node, summary)
      const port = facts?.outputs.find(({ name }) => name === end.port)
      const several = (facts?.outputs.length ?? 0) > 1
      return { end, label: `${facts?.title ?? end.node}${several && port ? `, ${port.label}` : ''}` }
    })
    return { title: nameOf(group), nodes: new Set(group.nodes), sources }
  }
  const facts = nodeFacts(model, card, summary)
  const sources = sourcePorts(facts).map((port) => ({
    end: { node: card, port: port.name },
    label: facts?.ways?.enter === port ? `${port.label}, inside` : port.label,
  }))
  return facts && { title: facts.title, nodes: new Set([card]), sources }
}

/** Moving an end of a wire without dragging: every socket that it could go to. */
export function MoveEndDialog() {
  const moving = useCanvasView((view) => view.moving)
  const { model, summary } = currentContext()
  const wire = useDocument((state) => (moving ? activeModelOf(state).wires[moving.wire] : undefined))
  const fixed = moving && wire ? (moving.side === 'input' ? wire.from : wire.to) : null
  const facts = fixed && nodeFacts(model, fixed.node, summary)
  const name = facts && fixed ? endTitle(facts, fixed.port) : ''
  return (
    <Modal
      opened={fixed !== null}
      onClose={close}
      title={moving?.side === 'input' ? `Move the wire from ${name} to…` : `Let the wire to ${name} begin at…`}
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {moving && fixed && (
        <Places wire={moving.wire} fixed={{ node: fixed.node, port: fixed.port }} side={moving.side} />
      )}
    </Modal>
  )
}

const close = (): void => canvasView.set({ connecting: null, moving: null })

/** `inside`: nodes that the card stands for, to which no wire of it leads. */
function Targets({ from, inside, heading }: { from: End; inside: ReadonlySet<string>; heading: string | null }) {
  const context = currentContext()
  const isWired = (end: End): boolean => wireBetween(context.model, from, end) !== null
  const targets = rankedEnds(context, from, 'output', isWired).filter(({ end }) => !inside.has(end.node))
  return (
    <section>
      {heading && <h3 className={styles.heading}>{heading}</h3>}
      <ul className={styles.list}>
        {targets.map(({ end, wired, judgement }) => (
          <li key={endKey(end)} className={styles.row}>
            <Place end={end} side="input" />
            <Choice
              words={wired ? { done: 'connected' } : { act: 'Connect' }}
              judgement={judgement}
              onChoose={() => connect(from, end)}
            />
          </li>
        ))}
      </ul>
      {targets.length === 0 && <p className={styles.nothing}>There is no other node with an input yet.</p>}
    </section>
  )
}

/** `side`: that of the sockets that the end may be moved to. */
function Places({ wire, fixed, side }: { wire: string; fixed: End; side: Side }) {
  const context = currentContext()
  const { model } = context
  const old = model.wires[wire]
  const now = side === 'input' ? old?.to : old?.from
  const opposite = side === 'input' ? 'output' : 'input'
  const places = rankedEnds(context, fixed, opposite, (end) => now !== undefined && sameEnd(end, now))
  const move = (end: End): void => {
    const act = moveWireAct(model, wire, end, side)
    if (act) useDocument.getState().apply(act)
  }
  return (
    <ul className={styles.list}>
      {places.map(({ end, wired, judgement }) => (
        <li key={endKey(end)} className={styles.row}>
          <Place end={end} side={side} />
          <Choice
            words={wired ? { done: 'is there now' } : { act: 'Move here' }}
            judgement={
              judgement.ok
                ? judgement
                : { ...judgement, adapters: adaptersForMove(model, wire, side, judgement.adapters) }
            }
            onChoose={() => move(end)}
          />
        </li>
      ))}
    </ul>
  )
}

/** Sockets opposite to one: those that are wired to it first, then those that fit. */
function rankedEnds(context: WiringContext, start: End, side: Side, isWired: (end: End) => boolean) {
  const ends = oppositeEnds(context, start, side).map((end) => ({
    end,
    wired: isWired(end),
    judgement: judge(context, start, side, end),
  }))
  const rank = (one: (typeof ends)[number]): number => (one.wired ? 0 : one.judgement.ok ? 1 : 2)
  return ends.sort((a, b) => rank(a) - rank(b))
}

function Place({ end, side }: { end: End; side: Side }) {
  const { model, summary } = currentContext()
  const facts = nodeFacts(model, end.node, summary)
  const ports = side === 'input' ? targetPorts(facts) : sourcePorts(facts)
  const port = ports.find(({ name }) => name === end.port)
  const kinds = port?.kinds.map((kind) => kindWords[kind].name).join(' or ')
  return (
    <div className={styles.target}>
      <IconTile letter={facts?.letter ?? '?'} category={facts?.category ?? 'unknown'} />
      <span className={styles.name}>{facts ? endTitle(facts, end.port) : end.node}</span>
      <span className={styles.port}>
        {whichOne(model, end.node)}
        {ports.length > 1 ? `${port?.label}, ` : ''}
        {side === 'input' ? 'takes' : 'gives'} {kinds || 'anything'}
      </span>
    </div>
  )
}

/** "after Embedding, " for a node of whose name there are several. */
function whichOne(model: WiringContext['model'], node: string): string {
  const title = (id: string): string => {
    const one = model.nodes[id]
    return one ? titleOf(one) : id
  }
  if (!Object.keys(model.nodes).some((id) => id !== node && title(id) === title(node))) return ''
  const source = Object.values(model.wires).find(({ to }) => to.node === node)?.from.node
  return source === undefined ? 'not fed yet, ' : `after ${title(source)}, `
}

function Choice(props: {
  words: { done: string } | { act: string }
  judgement: ReturnType<typeof judge>
  onChoose: () => void
}) {
  const { words, judgement, onChoose } = props
  if ('done' in words) {
    return (
      <span className={styles.done}>
        <IconCheck size={16} aria-hidden="true" /> {words.done}
      </span>
    )
  }
  if (judgement.ok) {
    return (
      <Button
        size="xs"
        data-autofocus
        rightSection={<IconArrowRight size={14} />}
        onClick={() => {
          onChoose()
          close()
        }}
      >
        {words.act}
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
