import type { EmptyDatabase } from './http-database.ts'

/** One call of a command that cannot work, and what its one line has to say. */
export type FailingCall = {
  name: string
  words?: string[]
  environment?: Record<string, string>
  says: RegExp
}

/**
 * Databases that a command may meet: as it wants them, migrated by a newer version, with no table,
 * and of another program.
 */
export type Databases = Record<'migrated' | 'newer' | 'empty' | 'foreign', EmptyDatabase>

/** A migration that no version of ours has. */
export const FUTURE = '29990101_000000_from_the_future'

/** The settings that lead to a database. */
export const buildDatabaseSettings = ({ url, ownerUrl }: EmptyDatabase) => ({
  DATABASE_URL: url,
  DATABASE_OWNER_URL: ownerUrl,
})

function withWrongPassword(right: string): string {
  const url = new URL(right)
  url.password = 'hunter2'
  return url.href
}

const buildUsagePattern = (name: string) => `Usage: npm run ${name}.*\\.$`
/** Calls that no setting can make right. */
export const WRONG_CALLS: FailingCall[] = [
  { name: 'admin', says: new RegExp(`needs a command. ${buildUsagePattern('admin')}`) },
  {
    name: 'admin',
    words: ['creat', 'a@b.example'],
    says: /no command "creat" \(did you mean create\?\)\. Usage: /,
  },
  {
    name: 'admin',
    words: ['create'],
    says: new RegExp(`needs an e-mail address. ${buildUsagePattern('admin')}`),
  },
  {
    name: 'admin',
    words: ['create', 'notanaddress'],
    says: /^"notanaddress" is not an e-mail address\. Specify one/,
  },
  {
    name: 'admin',
    words: ['reset-password', 'a@b.example', 'secret'],
    says: /does not accept "secret"\. Usage: /,
  },
  {
    name: 'admin',
    words: ['invite', 'a@b.example', '--force'],
    says: /has no option --force\. Usage: /,
  },
  {
    name: 'audit',
    words: ['verify', 'abc'],
    says: new RegExp(`"abc" is not the hash of a seal.* ${buildUsagePattern('audit')}`),
  },
  {
    name: 'verify-history',
    says: /^Specify the file of a history\. Usage: npm run verify-history -- FILE, or npm run/,
  },
  { name: 'storage', says: new RegExp(`needs a command. ${buildUsagePattern('storage')}`) },
  {
    name: 'storage',
    words: ['move', 'r2'],
    says: new RegExp(`no command "r2"\\. ${buildUsagePattern('storage')}`),
  },
  {
    name: 'storage',
    words: ['move', 's3'],
    says: /^STORAGE is disk, so new files are still stored there: nothing was moved\. Set STORAGE=s3/,
  },
  {
    name: 'import',
    words: ['wordpress', '.'],
    says: /no command "wordpress"\. Usage: npm run import -- jekyll DIR \[--dry-run\], or npm run/,
  },
  {
    name: 'import',
    words: ['jekyll', '.', '--dryrun'],
    says: /no option --dryrun \(did you mean --dry-run\?\)/,
  },
  {
    name: 'import',
    words: ['jekyll', '/nonexistent'],
    says: /^The folder "\/nonexistent" cannot be read: it does not exist \(ENOENT\)/,
  },
  {
    name: 'import',
    words: ['jekyll', 'package.json'],
    says: /^The folder "package\.json" cannot be read: it is a file/,
  },
  {
    name: 'import',
    words: ['jekyll', '.ci'],
    says: /^The folder "\.ci" has no markdown files \(\.md\), so nothing was imported\./,
  },
  {
    name: 'import',
    words: ['catalog', '/nonexistent'],
    says: /^"\/nonexistent" is not a file, so nothing was imported\. Specify a CSV file\.$/,
  },
  {
    name: 'import',
    words: ['catalog', 'cars.csv', '--dry-run'],
    says: /^npm run import has no option --dry-run\. Usage: /,
  },
  { name: 'admin', words: ['cre\nate'], says: /^npm run admin has no command "cre\\u000aate"/ },
  {
    name: 'admin',
    words: ['create', 'a@b.example', 'x\u001b[31m'],
    says: /does not accept "x\\u001b\[31m"/,
  },
  {
    name: 'admin',
    words: ['create', 'ann@localhost'],
    says: /^"ann@localhost" is not an e-mail address/,
  },
  { name: 'audit', words: ['--fo\nrce'], says: /has no option --fo\\u000arce\. Usage: / },
  {
    name: 'worker',
    words: ['--help'],
    says: /^npm run worker has no option --help\. Usage: npm run worker, or /,
  },
  { name: 'start', words: ['a\nb'], says: /^npm start does not accept "a\\u000ab"/ },
  {
    name: 'migrate',
    words: ['down'],
    says: new RegExp(`no command "down"\\. ${buildUsagePattern('migrate')}`),
  },
  { name: 'migrate', words: ['create'], says: /needs a name for the migration, such as add_color/ },
  { name: 'migrate', words: ['create', 'add', 'color'], says: /does not accept "color"/ },
  { name: 'migrate:all', words: ['status', 'now'], says: /does not accept "now"/ },
  {
    name: 'demo:reset',
    words: ['all'],
    says: /^npm run demo:reset does not accept "all"\. Usage: npm run demo:reset\.$/,
  },
  { name: 'generate', words: ['types'], says: /^npm run generate does not accept "types"/ },
  {
    name: 'generate',
    environment: { PORT: 'x' },
    says: /^PORT is "x", but it must be a whole number from 1 to 65535/,
  },
  {
    name: 'drill',
    words: ['nonsense'],
    says: new RegExp(`no command "nonsense"\\. ${buildUsagePattern('drill')}`),
  },
  {
    name: 'bench',
    words: ['nonsense'],
    says: new RegExp(`no command "nonsense"\\. ${buildUsagePattern('bench')}`),
  },
  {
    name: 'start',
    words: ['--port', '4000'],
    says: /^npm start does not accept "--port 4000"\. .*PORT=4000 npm start\.$/,
  },
]

/**
 * Calls on databases of the test, or on none; `file` is a file where a folder should be. `port` is
 * free.
 */
export const listDatabaseCalls = (
  databases: Databases,
  file: string,
  port: number,
): FailingCall[] => [
  {
    name: 'admin',
    words: ['create', 'a@b.example'],
    environment: { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/lot' },
    says: /^The database lot at 127\.0\.0\.1:9 cannot be used: nothing is listening there .* Check DATABASE_URL\.$/,
  },
  {
    name: 'audit',
    words: ['verify'],
    environment: { DATABASE_URL: withWrongPassword(databases.migrated.url) },
    says: /^The database .* cannot be used: password authentication failed.*\. Check DATABASE_URL\.$/,
  },
  {
    name: 'admin',
    words: ['create', 'a@b.example'],
    environment: buildDatabaseSettings(databases.empty),
    says: /^The database .* has none of the Forecourt tables\. Run npm run migrate first/,
  },
  {
    name: 'migrate',
    environment: buildDatabaseSettings(databases.foreign),
    says: /^The migration \S+ failed and was rolled back: relation "users" already exists\. .*another program: set DATABASE_URL to an empty database\.$/,
  },
  {
    name: 'demo:reset',
    environment: buildDatabaseSettings(databases.migrated),
    says: /^demo:reset works only with the embedded database and outside production, but DATABASE_URL is set: nothing was removed\.$/,
  },
  {
    name: 'migrate',
    words: ['status'],
    environment: { DATA_DIR: file },
    says: /^DATA_DIR is ".*file", but that folder cannot be used: it is a file.*DATA_DIR=\.data\.$/,
  },
  {
    name: 'admin',
    words: ['create', 'a@b.example'],
    environment: { DATA_DIR: '/proc/nowhere/data' },
    says: /^The data directory \/proc\/nowhere\/data cannot be used \(ENOENT\)\. .*another DATA_DIR\.$/,
  },
  ...[
    'admin create a@b.example',
    'audit verify',
    'import jekyll .',
    'migrate',
    'migrate create x',
    'worker',
    'start',
  ].map((call) => {
    const [name = '', ...words] = call.split(' ')
    return {
      name,
      words,
      environment: {
        ...buildDatabaseSettings(databases.newer),
        METRICS_PORT: '0',
        PORT: String(port),
      },
      says: new RegExp(
        `was migrated by a newer version of Forecourt: this one does not recognize ${FUTURE}\\. ` +
          'Start that version or a newer one, or restore a backup',
      ),
    }
  }),
]
