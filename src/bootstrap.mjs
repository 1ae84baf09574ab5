/**
 * The door every command goes through: `node src/bootstrap.mjs <command> [args…]`, which is what
 * `npm start`, `npm test` and the other scripts call. It brings the checkout into working order
 * (dependencies installed, admin built) and then runs the command. Plain JavaScript without
 * dependencies, because it runs before node_modules exists.
 */
import { describeNodeProblem } from './bootstrap/node-version.mjs'

const refusal = describeNodeProblem(process.versions.node)
if (refusal) {
  process.stderr.write(`${refusal}\n`)
  process.exitCode = 1
} else {
  // Loaded only now: an older Node could not even parse what follows.
  import('./bootstrap/main.mjs')
    .then(({ main }) => main(process.argv.slice(2)))
    .catch((error) => {
      process.stderr.write(
        `Some Forecourt files are missing: ${String(error.message).split('\n')[0]}. Run git ` +
          'status to see which ones.\n',
      )
      return 1
    })
    .then((code) => {
      process.exitCode = code
    })
}
