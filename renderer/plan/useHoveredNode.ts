import { useEffect, useState } from 'react'

/** The node whose card on the canvas the pointer is over, or that has the keyboard's focus. */
export function useHoveredNode(): string | null {
  const [node, setNode] = useState<string | null>(null)
  useEffect(() => {
    const follow = (event: Event): void => {
      const card = event.target instanceof Element ? event.target.closest('.react-flow__node') : null
      setNode(card?.getAttribute('data-id') ?? null)
    }
    document.addEventListener('pointerover', follow)
    document.addEventListener('focusin', follow)
    return () => {
      document.removeEventListener('pointerover', follow)
      document.removeEventListener('focusin', follow)
    }
  }, [])
  return node
}
