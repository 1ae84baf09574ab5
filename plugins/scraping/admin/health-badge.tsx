import type { Health } from '../domain/health.ts'
import { formatHealth } from './format.ts'
import '../../../src/admin/ui/cells.css'
import './health.css'

/** A competitor's health as a colored badge. */
export const HealthBadge = ({ health }: { health: Pick<Health, 'state' | 'since'> }) => (
  <span className={`status-pill health-badge--${health.state}`}>{formatHealth(health)}</span>
)
