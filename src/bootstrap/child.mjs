import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/**
 * Runs a child to its end. SIGINT and SIGTERM are handed on to it, each once. Answers its exit
 * `code` (128 + n when signal n ended it) and which signal we were `stopped` by, if any. `onStart`
 * gets the child as soon as it runs. A `detached` child is told together with everything it
 * started: npm alone would wait for an install script that nobody told.
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

/** Starts to hand signals on; the function it answers ends that, and tells which came first. */
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
 * Whether Ctrl-C reaches the child without us: a terminal interrupts its whole foreground process
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
