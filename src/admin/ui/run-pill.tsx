import { OUTCOME_LABELS, type Outcome } from './format.ts'
import './cells.css'
import './run-pill.css'

/** The outcome of a run as a colored pill. */
export const RunPill = ({ outcome }: { outcome: Outcome }) => (
  <span className={`status-pill run-pill--${outcome}`}>{OUTCOME_LABELS[outcome]}</span>
)
