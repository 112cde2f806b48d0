import { useNodeId, useStoreApi } from '@xyflow/react'
import { XYHandle } from '@xyflow/system'
import type { ComponentProps, MouseEvent, TouchEvent } from 'react'
import styles from './Socket.module.css'

/** React Flow's name for the one canvas of the window: its handles are found by it. */
const FLOW = '1'

/**
 * Where wires are taken hold of: what React Flow's `Handle` is, without listening to its store. With 1300 sockets each of those was drawn
 * anew whenever a wire was begun and ended, only to say of itself that it could be the wire's end.
 */
export function WireHandle({
  side,
  name,
  tabIndex,
  ...rest
}: { side: 'input' | 'output'; name: string; tabIndex: number } & Omit<
  ComponentProps<'div'>,
  'id' | 'className' | 'role' | 'tabIndex'
>) {
  const card = useNodeId() ?? ''
  const store = useStoreApi()
  const type = side === 'input' ? 'target' : 'source'
  const edge = side === 'input' ? 'left' : 'right'

  const press = ({ nativeEvent, currentTarget }: MouseEvent<HTMLElement> | TouchEvent<HTMLElement>): void => {
    if ('button' in nativeEvent && nativeEvent.button !== 0) return
    const { connectionMode, connectionRadius, domNode, nodeLookup, lib, rfId, ...flow } = store.getState()
    XYHandle.onPointerDown(nativeEvent, {
      handleDomNode: currentTarget,
      isTarget: side === 'input',
      handleId: name,
      nodeId: card,
      connectionMode,
      connectionRadius,
      domNode,
      nodeLookup,
      lib,
      flowId: rfId,
      autoPanOnConnect: flow.autoPanOnConnect,
      ...(flow.autoPanSpeed === undefined ? {} : { autoPanSpeed: flow.autoPanSpeed }),
      dragThreshold: flow.connectionDragThreshold,
      panBy: flow.panBy,
      cancelConnection: flow.cancelConnection,
      updateConnection: flow.updateConnection,
      ...(flow.onConnectStart ? { onConnectStart: flow.onConnectStart } : {}),
      // Asked for when they are needed: the canvas may have been drawn anew since.
      onConnectEnd: (event, state) => store.getState().onConnectEnd?.(event, state),
      onConnect: (connection) => store.getState().onConnect?.(connection),
      isValidConnection: (connection) => store.getState().isValidConnection?.(connection) ?? true,
      getTransform: () => store.getState().transform,
      getFromHandle: () => store.getState().connection.fromHandle,
    })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: React Flow looks for a plain element
    <div
      {...rest}
      className={`react-flow__handle react-flow__handle-${edge} nodrag nopan ${styles.socket} ${type} connectable connectablestart connectableend connectionindicator`}
      data-handleid={name}
      data-nodeid={card}
      data-handlepos={edge}
      data-id={`${FLOW}-${card}-${name}-${type}`}
      role="button"
      tabIndex={tabIndex}
      onMouseDown={press}
      onTouchStart={press}
    />
  )
}
