import { Notifications } from '@mantine/notifications'
import type { CSSProperties } from 'react'
import { useApp } from '../state/app'

/** Height of the dock when only its tabs are shown. */
const TABS_HEIGHT = 40

/** Messages in the corner of the canvas, where they cover neither tables and charts nor a form; at the start in the window's upper one. */
export function Messages() {
  const screen = useApp((state) => state.screen)
  const dock = useApp((state) => (state.dockOpen ? state.sizes.dock : TABS_HEIGHT))
  const inspector = useApp((state) => (state.inspectorOpen && !state.room.narrow ? state.sizes.right : 0))
  const room = { '--dock-height': `${dock}px`, '--inspector-width': `${inspector}px` } as CSSProperties
  return (
    <Notifications
      // At the start the list of recent files is in the lower corner.
      position={screen === 'home' ? 'top-right' : 'bottom-right'}
      containerWidth={380}
      limit={4}
      style={room}
    />
  )
}
