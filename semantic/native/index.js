'use strict'

// Stands in for Cube's Rust addon: shapes results, refuses hidden members, and says clearly what is not there.
const { ResultWrapper, ResultMultiWrapper } = require('./result.js')

const missing = (name) => () => {
  throw new Error(
    `${name} needs Cube's native addon, which Embut does not ship: ` +
      'the SQL API, Cube Store, Jinja models and the Tesseract planner are not available.',
  )
}

// Cube makes an engine at every compile, and uses it only for model files that hold Jinja.
class NativeInstance {
  newJinjaEngine() {
    return { loadTemplate: missing('A Jinja model'), renderTemplate: missing('A Jinja model') }
  }

  loadPythonContext() {
    return missing('A Python model')()
  }
}

class ResultArrayWrapper {
  constructor() {
    missing('ResultArrayWrapper')()
  }
}

module.exports = {
  NativeInstance,
  ResultArrayWrapper,
  ResultMultiWrapper,
  ResultWrapper,
  buildSqlAndParams: missing('buildSqlAndParams'),
  execSql: missing('execSql'),
  getCubestoreResult: missing('getCubestoreResult'),
  isFallbackBuild: () => true,
  loadPythonContext: missing('loadPythonContext'),
  newJinjaEngine: missing('newJinjaEngine'),
  parseCubestoreResultMessage: missing('parseCubestoreResultMessage'),
  pythonLoadConfig: missing('pythonLoadConfig'),
  redactSqlLiterals: missing('redactSqlLiterals'),
  registerInterface: missing('registerInterface'),
  resetLogger: () => {},
  rest4sql: missing('rest4sql'),
  rowsToColumnar: missing('rowsToColumnar'),
  setupLogger: () => {},
  shutdownInterface: missing('shutdownInterface'),
  sql4sql: missing('sql4sql'),
  transpileJs: missing('transpileJs'),
  transpileYaml: missing('transpileYaml'),
}
