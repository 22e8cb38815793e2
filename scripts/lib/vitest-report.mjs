import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './paths.mjs'

const firstLine = ({ name, message }) => `${name ?? 'Error'}: ${String(message).split('\n')[0]}`
const told = (where, errors) => errors.map((error) => `${where}: ${firstLine(error)}`)

/** Counts a run of vitest for the sum of all parts, and says what failed, also where no test did. */
export default class Report {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const having = (state) => tests.filter((test) => test.result().state === state)
    const failures = [
      ...having('failed').map(
        (test) => `${fileOf(test.module)} › ${test.fullName}: ${firstLine(test.result().errors[0] ?? {})}`,
      ),
      ...modules.flatMap((module) => told(fileOf(module), around(module))),
      ...unhandled.map((error) => `nobody caught, ${by(error)}: ${firstLine(error)}`),
    ]
    const slow = tests.map((test) => ({ name: test.fullName, ms: test.diagnostic()?.duration ?? 0 }))
    writeFileSync(
      process.env.TEST_REPORT,
      JSON.stringify({ passed: having('passed').length, failures, slow }),
    )
  }
}

/** What went wrong in a file outside its tests: loading it, before them, after them. */
const around = (module) => [module, ...module.children.allSuites()].flatMap((part) => part.errors())
const fileOf = ({ moduleId }) => relative(root, moduleId)
const by = ({ VITEST_TEST_PATH, VITEST_TEST_NAME }) =>
  [VITEST_TEST_PATH && relative(root, VITEST_TEST_PATH), VITEST_TEST_NAME].filter(Boolean).join(' › ') ||
  'in no test'
