import '../ui/cells.css'

/** The status of a car as a colored pill. */
export function StatusPill({ status, label }: { status: string; label: string }) {
  return <span className={`status-pill status-pill--${status}`}>{label}</span>
}
