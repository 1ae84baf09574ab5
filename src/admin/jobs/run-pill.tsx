import { OUTCOME_LABELS, type Outcome } from './format.ts'
import '../lot/cells.css'
import './run-pill.css'

/** What became of a run, in a word and a colour. */
export const RunPill = ({ outcome }: { outcome: Outcome }) => (
  <span className={`status-pill run-pill--${outcome}`}>{OUTCOME_LABELS[outcome]}</span>
)
