import type pg from 'pg'
import type { Payload } from 'payload'
import { getPostgresAdapter } from './transaction.ts'

/** What the application's role may do with each kind of thing in the schema. */
const RIGHTS = {
  table: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  sequence: ['USAGE', 'SELECT'],
  function: ['EXECUTE'],
} as const

/**
 * Where it may do less: the audit log and its seals are append-only, and only the owner writes
 * redactions and migrations.
 */
const RESTRICTED_RIGHTS: Readonly<Record<string, readonly string[]>> = {
  activity_logs: ['SELECT', 'INSERT'],
  admin_audit_logs: ['SELECT', 'INSERT'],
  audit_seals: ['SELECT', 'INSERT'],
  audit_seal_entries: ['SELECT', 'INSERT'],
  audit_redactions: ['SELECT'],
  payload_migrations: ['SELECT'],
}

type SchemaObject = { name: string; full: string; kind: keyof typeof RIGHTS; held: string[] }

/** Ours, and the one of the job queues. */
const SCHEMAS = ['public', 'pgboss']

/**
 * Everything of these schemas that the asking role owns, with what was granted to the role $1 by
 * name.
 */
const OBJECTS = `
  with application as (select oid from pg_roles where rolname = $1), schemas as (select oid
    from pg_namespace where nspname = any($2))
  select relname as name, oid::regclass::text as full, case relkind when 'S' then 'sequence'
    else 'table' end as kind,
    array(select privilege_type from aclexplode(relacl), application
      where grantee = application.oid) as held
  from pg_class where relnamespace in (table schemas) and relkind in ('r', 'p', 'S')
    and pg_has_role(relowner, 'usage')
  union all
  select proname, oid::regprocedure::text, 'function',
    array(select privilege_type from aclexplode(proacl), application
      where grantee = application.oid)
  from pg_proc where pronamespace in (table schemas) and prokind = 'f'
    and pg_has_role(proowner, 'usage')`

/**
 * Brings what the application's role may do to what it should: reads and writes rows, only adds to
 * the trail, changes no table. Asked by the owner of the tables; where the application is that
 * owner itself, there is nothing to grant. Changes nothing that is right.
 */
export async function grantToApplication(owner: pg.Client, application: string): Promise<void> {
  const { rows } = await owner.query<{ same: boolean; closed: string[] }>(
    `select current_user = $1 as same, array(select nspname::text from pg_namespace
       where nspname = any($2) and not has_schema_privilege($1, oid, 'usage')) as closed`,
    [application, SCHEMAS],
  )
  if (rows[0]?.same) return
  const role = owner.escapeIdentifier(application)
  const objects = await owner.query<SchemaObject>(OBJECTS, [application, SCHEMAS])
  const statements = objects.rows.flatMap((thing) => listGrantChanges(thing, role))
  for (const schema of rows[0]?.closed ?? [])
    statements.unshift(`grant usage on schema ${schema} to ${role}`)
  if (statements.length > 0) await owner.query(statements.join(';'))
}

function listGrantChanges({ name, full, kind, held }: SchemaObject, role: string): string[] {
  const wanted: readonly string[] = RESTRICTED_RIGHTS[name] ?? RIGHTS[kind]
  const missing = wanted.filter((right) => !held.includes(right))
  const beyond = held.filter((right) => !wanted.includes(right))
  return [
    ...(missing.length > 0 ? [`grant ${missing.join(', ')} on ${kind} ${full} to ${role}`] : []),
    ...(beyond.length > 0 ? [`revoke ${beyond.join(', ')} on ${kind} ${full} from ${role}`] : []),
  ]
}

/** The role that the application asks its database as. */
export async function loadApplicationRole(payload: Payload): Promise<string> {
  const { rows } = await getPostgresAdapter(payload).pool.query<{ role: string }>(
    'select current_user as role',
  )
  return rows[0]?.role ?? ''
}

/**
 * What a person should hear where the application's role owns its tables, or could: then it could
 * take the trail's guard away.
 */
export async function findOwnershipWarning(payload: Payload): Promise<string | null> {
  const { rows } = await getPostgresAdapter(payload).pool.query<{ role: string; owns: boolean }>(
    `select current_user as role, pg_has_role(relowner, 'member') as owns from pg_class
      where ` + `oid = 'public.activity_logs'::regclass`,
  )
  const [found] = rows
  if (!found?.owns) return null
  return (
    `The role ${found.role} of DATABASE_URL owns the tables and could disable the ` +
    'protection of the audit log. Let another role own them: DATABASE_OWNER_URL (see .env.example).'
  )
}
