import { Button } from '@mantine/core'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useDocument } from '../state/document'
import styles from './ErrorBoundary.module.css'
import { save } from './files'

/** A mistake of ours while drawing: the document is still there, can be saved, and the window drawn anew. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className={styles.box}>
        <h1>Something in the window went wrong.</h1>
        <p role="alert">Your model “{useDocument.getState().document.name}” is safe. Save it, then go on.</p>
        <p className={styles.detail}>{error.message}</p>
        <div className={styles.buttons}>
          <Button onClick={() => this.setState({ error: null })}>Go on</Button>
          <Button variant="default" onClick={() => void save({ as: true })}>
            Save under another name…
          </Button>
        </div>
      </main>
    )
  }
}
