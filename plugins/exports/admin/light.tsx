import type { Light as Color } from '../domain/feed-problem.ts'
import './feeds.css'

/** A traffic light with its meaning in words. */
export const Light = ({ light, children }: { light: Color; children: string }) => (
  <span className={`feed-light feed-light--${light}`}>{children}</span>
)
