import type { KeyboardEvent, MouseEvent } from 'react'
import { kindWords } from '../nodes/kindWords'
import { endKey } from './acts/ends'
import type { SocketView } from './flowViews'
import styles from './Socket.module.css'
import { WireHandle } from './WireHandle'
import { clickSocket, grabSocket } from './wiringGestures'

/** A socket: told apart by colour, by shape and by letter. Drag from it, or click one and then another. While a wire is laid: see markFits.ts. */
export function Socket({
  node,
  title,
  socket,
  focusable,
}: {
  node: string
  title: string
  socket: SocketView
  focusable: boolean
}) {
  const { name, side, kinds, carries, connected } = socket
  const end = socket.end ?? { node, port: name }
  const shown = carries ?? (kinds.length === 1 ? kinds[0] : undefined)
  const letter = shown ? kindWords[shown].letter : kinds.map((kind) => kindWords[kind].letter).join('')

  /** Grabbing a connected input takes the end of its wire; an output, with Ctrl or Shift, its beginning. */
  const grab = (event: MouseEvent): void => {
    if (!connected || event.button !== 0) return
    if (side === 'output' && !event.ctrlKey && !event.metaKey && !event.shiftKey) return
    if (!grabSocket(end, side, event.nativeEvent)) return
    event.stopPropagation()
    event.preventDefault()
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    event.stopPropagation()
    clickSocket(end, side, event.currentTarget)
  }

  return (
    <WireHandle
      side={side}
      name={name}
      tabIndex={focusable ? 0 : -1}
      aria-label={socketName(title, socket)}
      data-kind={shown ?? (kinds.length > 0 ? 'several' : 'unknown')}
      data-connected={connected}
      data-end={endKey(end)}
      data-side={side}
      onMouseDownCapture={grab}
      onClick={(event) => {
        event.stopPropagation()
        clickSocket(end, side, event.currentTarget)
      }}
      onKeyDown={press}
    >
      <span className={styles.mark}>
        <span className={styles.letter}>{letter || '?'}</span>
      </span>
    </WireHandle>
  )
}

function socketName(title: string, { side, kinds, carries, label, sentence, connected }: SocketView): string {
  const kind = (carries ? [carries] : kinds).map((one) => kindWords[one].name).join(' or ') || label
  const verb = side === 'input' ? 'takes' : 'gives'
  const state = connected ? 'connected' : 'not connected'
  return `${title} ${verb} ${kind}${sentence ? `, ${sentence}` : ''}, ${state}`
}
