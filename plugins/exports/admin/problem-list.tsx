import type { FeedProblem } from '../domain/feed-problem.ts'
import './feeds.css'

/** Problems, each with its reason and its fix. */
export const ProblemList = ({ problems }: { problems: readonly FeedProblem[] }) => (
  <ul className="feed-problems">
    {problems.map(({ code, severity, reason, fix }) => (
      <li className={`feed-problems__item feed-problems__item--${severity}`} key={code + reason}>
        {reason} <span className="feed-problems__fix">{fix}</span>
      </li>
    ))}
  </ul>
)
