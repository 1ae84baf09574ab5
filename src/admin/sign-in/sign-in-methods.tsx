import type { ServerProps } from 'payload'
import { resolveReturnPath } from '../../domain/return-to.ts'
import { parseSignInProblem, signInProblems } from '../../domain/sign-in-problem.ts'
import { getService } from '../../services.ts'
import './sign-in.css'

/**
 * Shown above or instead of the form: why the last sign-in failed, and a button for each identity
 * provider.
 */
export function WaysIn({ payload, searchParams }: Pick<ServerProps, 'payload' | 'searchParams'>) {
  const { passwords, providers } = getService(payload, 'signIn')
  const problem = parseSignInProblem(searchParams?.['problem'])
  const returnTo = encodeURIComponent(resolveReturnPath(searchParams?.['redirect']))
  return (
    <div className="ways-in">
      {problem && (
        <div className="ways-in__problem" role="alert">
          <strong>{signInProblems[problem].title}.</strong> {signInProblems[problem].words}
        </div>
      )}
      {providers.map(({ id, label }) => (
        <a className="ways-in__button" href={`/auth/${id}?returnTo=${returnTo}`} key={id}>
          Sign in with {label}
        </a>
      ))}
      {!passwords && providers.length === 0 && (
        <p className="ways-in__problem">
          No one can sign in yet: passwords are disabled, and no identity provider is configured.
        </p>
      )}
      {passwords && providers.length > 0 && <p className="ways-in__or">or with a password</p>}
    </div>
  )
}
