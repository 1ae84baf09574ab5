import type { Health } from '../domain/health.ts'
import { formatHealth } from './format.ts'
import '../../../src/admin/lot/cells.css'
import './health.css'

/** How a competitor is, in words and a colour. */
export const HealthBadge = ({ health }: { health: Pick<Health, 'state' | 'since'> }) => (
  <span className={`status-pill health-badge--${health.state}`}>{formatHealth(health)}</span>
)
