import './cells.css'

/** Where a car stands, in words and a colour. */
export function StatusPill({ status, label }: { status: string; label: string }) {
  return <span className={`status-pill status-pill--${status}`}>{label}</span>
}
