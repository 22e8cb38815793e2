import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleOptions } from './build.mjs'
import { root } from './paths.mjs'
import { warn } from './screen.mjs'

/** Rebuilds web and worker as their sources change, and tells whose bundle came out different. */
export async function watch(onChange) {
  const { context, formatMessages } = await import('esbuild')
  // These bundles no longer match the stamp of the last whole build.
  writeFileSync(join(root, 'dist', '.stamp'), '{}')
  const contexts = await Promise.all(
    ['web', 'worker'].map(async (name) => {
      let last
      const onEnd = async ({ errors, outputFiles = [] }) => {
        if (errors.length > 0) {
          warn((await formatMessages(errors, { kind: 'error', color: process.stdout.isTTY })).join('\n'))
          return
        }
        for (const file of outputFiles) writeFileSync(file.path, file.contents)
        const code = outputFiles.find((file) => file.path.endsWith('.mjs'))
        const hash = createHash('sha256').update(code.contents).digest('hex')
        if (last && last !== hash) await onChange(name)
        last = hash
      }
      const plugin = { name: 'tell', setup: (build) => build.onEnd(onEnd) }
      const watched = await context({ ...bundleOptions([name]), write: false, plugins: [plugin] })
      await watched.watch()
      return watched
    }),
  )
  return () => Promise.all(contexts.map((watched) => watched.dispose()))
}
