import { OUTCOMES, type Outcome } from './words.ts'
import './run-pill.css'

/** What became of a run, in a word and a colour. */
export const RunPill = ({ outcome }: { outcome: Outcome }) => (
  <span className={`run-pill run-pill--${outcome}`}>{OUTCOMES[outcome]}</span>
)
