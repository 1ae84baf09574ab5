/**
 * The Forecourt logo: a car under a roof. Drawn in the panel's text color, so that it works in
 * light and dark mode.
 */
function Mark({ size }: { size: number }) {
  return (
    <svg aria-hidden="true" fill="none" height={size} viewBox="0 0 32 32" width={size}>
      <path
        d="M2 9.5 16 4l14 5.5"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="2.2"
      />
      <path
        d="M5 22.5c0-1.7 1.1-3.1 2.7-3.4l2.8-.6 2.9-3.6c.7-.9 1.7-1.4 2.9-1.4h2.5
          c1.2 0 2.3.6 3 1.6l2.2 3.2.9.2c1.3.3 2.1 1.4 2.1 2.7v1.3c0 .8-.6 1.5-1.5 1.5
          H6.5c-.8 0-1.5-.7-1.5-1.5z"
        fill="currentColor"
      />
      <circle
        cx="11"
        cy="25"
        fill="var(--theme-bg)"
        r="2.7"
        stroke="currentColor"
        strokeWidth="1.8"
      />
      <circle
        cx="22"
        cy="25"
        fill="var(--theme-bg)"
        r="2.7"
        stroke="currentColor"
        strokeWidth="1.8"
      />
    </svg>
  )
}

/** On the sign-in page. */
export function Logo() {
  return (
    <div className="brand-logo">
      <Mark size={52} />
      <span>Forecourt</span>
    </div>
  )
}

/** In the corner of every screen. */
export function Icon() {
  return <Mark size={26} />
}
