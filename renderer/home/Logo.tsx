import styles from './Logo.module.css'

/** The mark: one cell, unrolled over time. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
        <path d="M5 15H25" stroke="var(--accent)" strokeWidth="2" strokeLinecap="round" opacity="0.55" />
        <rect x="2" y="9" width="9" height="12" rx="3" fill="var(--accent)" />
        <rect x="13" y="10.5" width="7" height="9" rx="2.5" fill="var(--accent)" opacity="0.72" />
        <rect x="22" y="12" width="5.5" height="6" rx="2" fill="var(--accent)" opacity="0.5" />
      </svg>
      <span>Unroll</span>
    </span>
  )
}
