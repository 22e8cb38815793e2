import { dirname, join } from 'node:path'
import { node24 } from './install.mjs'
import { root } from './paths.mjs'
import { run } from './processes.mjs'

/** A tool from the packages, on the Node that the app runs on. */
export function tool(name, args, options = {}) {
  const PATH = `${dirname(node24())}:${process.env.PATH}`
  const env = { ...process.env, PATH, NEXT_TELEMETRY_DISABLED: '1', ...options.env }
  return run(join(root, 'node_modules', '.bin', name), args, { cwd: root, ...options, env })
}
