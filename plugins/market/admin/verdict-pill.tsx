import type { Problem } from '../domain/decision.ts'
import { PROBLEM_LABELS, type Recommendation, RECOMMENDATIONS } from './format.ts'
import '../../../src/admin/ui/cells.css'
import './verdict-pill.css'

/** A recommendation as a colored pill. */
export const VerdictPill = ({ recommendation }: { recommendation: Recommendation }) => (
  <span className={`status-pill verdict-pill--${recommendation}`}>
    {RECOMMENDATIONS[recommendation]}
  </span>
)

/** A problem that needs a decision as a colored pill. */
export const ProblemPill = ({ problem }: { problem: Problem }) => (
  <span className={`status-pill verdict-pill--${problem}`}>{PROBLEM_LABELS[problem]}</span>
)
