/** A year of temperatures, today, and what may come: past solid, forecast dashed with its doubt. */
export function ForecastArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true">
      <g stroke="var(--chart-grid)" strokeWidth="1">
        <path d="M16 26H224M16 52H224M16 78H224M16 104H224" />
      </g>
      <path
        d="M156 52C164 44 172 38 180 33C192 26 208 22 224 21V51C208 49 192 50 180 53C172 55 164 56 156 52Z"
        fill="var(--hue-orange-soft)"
      />
      <path
        d="M16 92L22 84L28 90L34 78L40 83L46 68L52 74L58 58L64 66L70 48L76 54L82 36L88 45L94 34L100 42L106 40L112 54L118 48L124 63L130 58L136 70L142 60L148 64L156 52"
        fill="none"
        stroke="var(--hue-blue)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M156 14V104" stroke="var(--border-strong)" strokeWidth="1" strokeDasharray="2 4" />
      <path
        d="M156 52C170 44 190 38 224 36"
        fill="none"
        stroke="var(--hue-orange)"
        strokeWidth="2"
        strokeDasharray="5 5"
        strokeLinecap="round"
      />
      <circle cx="156" cy="52" r="4.5" fill="var(--surface-sunken)" stroke="var(--hue-blue)" strokeWidth="2" />
      <circle cx="224" cy="36" r="3.5" fill="var(--hue-orange)" />
    </svg>
  )
}
