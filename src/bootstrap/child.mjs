import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/**
 * Runs a child process to its end. SIGINT and SIGTERM are forwarded to it, each once. Returns its
 * exit `code` (128 + n if signal n ended it) and the signal that `stopped` us, if any. `onStart`
 * receives the child as soon as it runs. For a `detached` child, signals go to its whole process
 * group: npm alone would wait for an install script that did not receive the signal.
 */
export function runChild(file, args, { onStart, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, options)
    const release = forwardSignals(child, options.detached)
    child.once('spawn', () => onStart?.(child))
    child.once('error', (cause) => {
      release()
      reject(cause)
    })
    child.once('close', (code, signal) => {
      const stopped = release()
      resolve({ code: signal ? 128 + constants.signals[signal] : code, stopped })
    })
  })
}

/**
 * Forwards signals to the child. Returns a function that stops forwarding and returns the first
 * signal that arrived.
 */
function forwardSignals(child, detached) {
  const seen = new Set()
  const handOn = (signal) => {
    if (seen.has(signal)) return
    seen.add(signal)
    if (child.exitCode !== null || child.signalCode !== null) return
    if (detached) process.kill(-child.pid, signal)
    else if (signal !== 'SIGINT' || !terminalInterruptsGroup()) child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, handOn)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, handOn)
    return [...seen][0]
  }
}

/**
 * Whether Ctrl-C reaches the child directly: a terminal interrupts its whole foreground process
 * group.
 */
function terminalInterruptsGroup() {
  try {
    // proc(5), after the name in parentheses: state, ppid, pgrp, session, tty_nr, tpgid
    const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8')
      .split(') ')
      .at(-1)
      .split(' ')
    return group === foreground
  } catch {
    return Boolean(process.stdin.isTTY) // a system without /proc
  }
}
