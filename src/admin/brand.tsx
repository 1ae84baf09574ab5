/** The mark of Forecourt: a car under its roof. Drawn in the panel's own text colour, so that it reads in light and dark. */
function Mark({ size }: { size: number }) {
  return (
    <svg aria-hidden="true" fill="none" height={size} viewBox="0 0 32 32" width={size}>
      <path d="M2 9.5 16 4l14 5.5" stroke="currentColor" strokeLinecap="round" strokeLinejoin="round" strokeWidth="2.2" />
      <path
        d="M5 22.5c0-1.700 1.100-3.100 2.700-3.400l2.800-.600 2.900-3.600c.700-.900 1.700-1.400 2.900-1.400h2.500c1.200 0 2.300.600 3 1.600l2.200 3.200.900.200c1.300.300 2.100 1.400 2.100 2.700v1.300c0 .800-.600 1.500-1.500 1.500H6.500c-.800 0-1.500-.700-1.500-1.500z"
        fill="currentColor"
      />
      <circle cx="11" cy="25" fill="var(--theme-bg)" r="2.700" stroke="currentColor" strokeWidth="1.800" />
      <circle cx="22" cy="25" fill="var(--theme-bg)" r="2.700" stroke="currentColor" strokeWidth="1.800" />
    </svg>
  )
}

/** On the sign-in page. */
export function Logo() {
  return (
    <div style={{ alignItems: 'center', color: 'var(--theme-text)', display: 'flex', gap: '0.75rem' }}>
      <Mark size={52} />
      <span style={{ fontSize: '1.9rem', fontWeight: 600, letterSpacing: '-0.02em' }}>Forecourt</span>
    </div>
  )
}

/** In the corner of every screen. */
export function Icon() {
  return <Mark size={22} />
}
