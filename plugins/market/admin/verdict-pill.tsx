import type { Recommendation } from '../domain/verdict.ts'
import { RECOMMENDATIONS } from './format.ts'
import '../../../src/admin/ui/cells.css'
import './verdict-pill.css'

/** A recommendation as a colored pill. */
export const VerdictPill = ({ recommendation }: { recommendation: Recommendation }) => (
  <span className={`status-pill verdict-pill--${recommendation}`}>
    {RECOMMENDATIONS[recommendation]}
  </span>
)
