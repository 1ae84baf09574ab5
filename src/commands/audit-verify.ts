import { formatCount } from '../domain/format-count.ts'
import type pg from 'pg'
import { findSeal, verifySeals } from '../audit/seals/verify.ts'
import { printLine } from './run-command.ts'

/**
 * Compares the audit log with its seals and prints the result; `hash` is the hash of a seal to
 * find. Reads everything in one snapshot, so that a server may keep writing.
 */
export async function verifyAuditLog(client: pg.PoolClient, hash?: string): Promise<void> {
  await client.query('set transaction isolation level repeatable read, read only')
  await client.query('set local statement_timeout = 0')
  const { entries, waiting, head, problems } = await verifySeals(client)
  const seal = hash === undefined ? undefined : await findSeal(client, hash.toLowerCase())
  if (seal === null)
    problems.push(
      `No seal has the hash ${hash}. The chain was replaced, or the hash is from another database.`,
    )
  for (const problem of problems) printLine(problem)
  if (problems.length > 0) process.exitCode = 1
  printLine(
    `${problems.length > 0 ? 'The audit log is NOT intact' : 'The audit log is intact'}: ` +
      `${formatCount(entries, 'sealed entry', 'sealed entries')} verified; ` +
      `${formatCount(waiting, 'entry', 'entries')} waiting for the next seal.`,
  )
  if (seal) printLine(`${hash} is seal ${seal.seal}, created at ${seal.sealedAt.toISOString()}.`)
  if (head)
    printLine(
      `The newest seal is ${head.seal}, created at ${head.sealedAt.toISOString()}. Store its ` +
        `hash elsewhere to verify against it later: ${head.hash}`,
    )
  else
    printLine(
      'There is no seal yet. The job seal-audit-log creates one every minute while a ' +
        'server or worker is running.',
    )
}
