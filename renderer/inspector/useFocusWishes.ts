import { useEffect } from 'react'
import { useApp } from '../state/app'
import { type FocusWish, useSelection } from '../state/selection'
import { fieldId } from './settingsEditing'

/** Puts the keyboard's focus on the field that a jump from the problems list asked for, once it is there. */
export function useFocusWishes(): void {
  const wish = useSelection((selection) => selection.focus)
  useEffect(() => {
    if (!wish) return
    // Closed where the window is small, or by the user; what is asked for is in it.
    if (wish.kind !== 'field') useApp.getState().openInspector()
    const frame = requestAnimationFrame(() => {
      const field = document.getElementById(idOf(wish))
      field?.focus()
      field?.scrollIntoView({ block: 'nearest' })
      useSelection.getState().wishFocus(null)
    })
    return () => cancelAnimationFrame(frame)
  }, [wish])
}

function idOf(wish: FocusWish): string {
  switch (wish.kind) {
    case 'setting':
      return fieldId.setting(wish.setting)
    case 'training':
      return fieldId.training(wish.field)
    case 'data':
      return `data-${wish.field ?? ''}`
    case 'field':
      return wish.id
  }
}
