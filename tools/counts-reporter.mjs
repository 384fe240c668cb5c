import { writeFileSync } from 'node:fs'

/** The first line of the first error: enough to know one failure from another where only the end of what was printed is kept. @param {readonly { message: string }[] | undefined} errors */
const why = ([error] = []) => (error ? ` (${error.message.split('\n', 1)[0]?.slice(0, 300)})` : '')

/**
 * Vitest's own reports stay as they are; this one writes what `npm test` counts to COUNTS_FILE: tests, and what failed outside a test (a file that does not load, a hook, an unhandled error).
 */
export default class CountsReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules @param {readonly unknown[]} unhandled */
  onTestRunEnd(modules, unhandled) {
    let passed = 0
    /** @type {string[]} */
    const failed = unhandled.map((error) => `outside the tests: ${error instanceof Error ? error.message : String(Object(error).message ?? error)}`)
    /** @type {string[]} */
    const skipped = []
    for (const module of modules) {
      const file = module.relativeModuleId
      if (module.errors().length > 0) failed.push(`${file}: it does not load${why(module.errors())}`)
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed.push(`${file} > ${suite.fullName}: its preparation failed${why(suite.errors())}`)
      for (const test of module.children.allTests()) {
        const result = test.result()
        const name = `${file} > ${test.fullName}`
        if (result.state === 'passed') passed += 1
        else if (result.state === 'skipped') skipped.push(result.note ? `${name} (${result.note})` : name)
        else failed.push(`${name}${why(result.errors)}`)
      }
    }
    writeFileSync(process.env.COUNTS_FILE ?? 'test-counts.json', JSON.stringify({ passed, failed, skipped }))
  }
}
