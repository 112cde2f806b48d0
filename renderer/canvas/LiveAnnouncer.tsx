import { useDocument } from '../state/document'

/** Tells what happened to those who listen: "Add LSTM", "Undone: Move Dense", why a wire was refused. */
export function LiveAnnouncer() {
  const { text, count } = useDocument((state) => state.announcement)
  return (
    <div className="visuallyHidden" role="status" aria-live="polite">
      {/* A sentence that is the same as the last one is said again only when it differs, so every other one ends with a space. */}
      {count % 2 === 0 ? text : `${text}\u00a0`}
    </div>
  )
}
