import { writeFileSync } from 'node:fs'

/** Writes what became of each test file, with its hooks and imports in its seconds, where `EMBUT_TEST_REPORT` says. */
export default class SuiteReporter {
  onTestRunEnd(modules) {
    const files = modules.map((module) => {
      const tests = [...module.children.allTests()]
      const hooks = [...module.children.allSuites()].flatMap((suite) => suite.errors())
      const count = (state) => tests.filter((test) => test.result().state === state).length
      return {
        name: module.moduleId,
        ...{ passed: count('passed'), failed: count('failed'), skipped: count('skipped') + count('pending') },
        seconds: secondsOf(module.diagnostic()),
        failures: [...[...module.errors(), ...hooks].map(firstLine), ...tests.flatMap(failureOf)],
      }
    })
    writeFileSync(process.env.EMBUT_TEST_REPORT, JSON.stringify(files))
  }
}

function secondsOf({ environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration }) {
  return (environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration) / 1000
}

/** The name of a test that failed, with the first line of why. */
function failureOf(test) {
  const { state, errors = [] } = test.result()
  return state === 'failed' ? [`${test.fullName}: ${firstLine(errors[0])}`] : []
}

const firstLine = (error) => String(error?.message ?? '').split('\n', 1)[0]
