import type pg from 'pg'
import type { Payload } from 'payload'
import { getPostgresAdapter } from './transaction.ts'

/** The rights of the application's role on each kind of object in the schema. */
const RIGHTS = {
  table: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  sequence: ['USAGE', 'SELECT'],
  function: ['EXECUTE'],
} as const

/**
 * The tables with fewer rights: the audit log and its seals are append-only, and only the owner
 * writes redactions and migrations, and creates job queues (`queue`, `version`).
 */
const RESTRICTED_RIGHTS: Readonly<Record<string, readonly string[]>> = {
  activity_logs: ['SELECT', 'INSERT'],
  admin_audit_logs: ['SELECT', 'INSERT'],
  audit_seals: ['SELECT', 'INSERT'],
  audit_seal_entries: ['SELECT', 'INSERT'],
  audit_redactions: ['SELECT'],
  payload_migrations: ['SELECT'],
  queue: ['SELECT', 'UPDATE'],
  version: ['SELECT', 'UPDATE'],
}

type SchemaObject = {
  name: string
  full: string
  kind: keyof typeof RIGHTS
  held: string[]
}

/** Our schema, and that of the job queues. */
const SCHEMAS = ['public', 'pgboss']

/**
 * Every object in these schemas that the current role owns, with the rights that were granted to
 * the role $1 by name.
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
 * Grants the application's role its rights, and revokes all others: it may read and write rows,
 * only append to the audit log, and not change tables. Runs as the owner of the tables; if the
 * application's role is that owner, does nothing. Rights that are already correct are not changed.
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

/** The role that the application uses in its database. */
export async function loadApplicationRole(payload: Payload): Promise<string> {
  const { rows } = await getPostgresAdapter(payload).pool.query<{ role: string }>(
    'select current_user as role',
  )
  return rows[0]?.role ?? ''
}

/**
 * A warning if the application's role owns its tables, or is a member of the role that does: it
 * could then disable the protection of the audit log. Null otherwise.
 */
export async function findOwnershipWarning(payload: Payload): Promise<string | null> {
  const { rows } = await getPostgresAdapter(payload).pool.query<{ role: string; owns: boolean }>(
    `select current_user as role, pg_has_role(relowner, 'member') as owns from pg_class
      where ` + `oid = 'public.activity_logs'::regclass`,
  )
  const [found] = rows
  if (!found?.owns) return null
  return (
    `The role ${found.role} in DATABASE_URL owns the tables and could disable the protection ` +
    'of the audit log. To let another role own them, set DATABASE_OWNER_URL (see .env.example).'
  )
}
