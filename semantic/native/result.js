'use strict'

const { pivotQuery } = require('./pivot.js')
const { transformRows } = require('./transform.js')

const encode = (value) => {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

const withoutAbsent = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null))

/** One query's rows with what is needed to shape them. */
class ResultWrapper {
  constructor(rows) {
    if (rows?.isWrapper) return rows
    this.isWrapper = true
    this.rows = rows ?? []
    this.transformData = {}
    this.root = {}
  }

  setTransformData(transformData) {
    this.transformData = transformData
  }

  setRootResultObject(root) {
    this.root = root
  }

  getRootResultObject() {
    return [this.root]
  }

  /** The response as an object, without the trip through JSON. */
  getFinalObject() {
    return { ...withoutAbsent(this.root), data: transformRows(this.transformData, this.rows) }
  }

  async getFinalResult() {
    return encode(this.getFinalObject())
  }
}

/** The results of a compareDateRange or blending request, with the query that pivots them together. */
class ResultMultiWrapper {
  constructor(results, { queryType, slowQuery }) {
    this.isWrapper = true
    this.results = results
    this.queryType = queryType
    this.slowQuery = slowQuery
  }

  getRootResultObject() {
    return this.results.map((result) => result.root)
  }

  getFinalObject() {
    const { queryType, slowQuery } = this
    const results = this.results.map((result) => result.getFinalObject())
    return { queryType, results, pivotQuery: pivotQuery(queryType, results), slowQuery }
  }

  async getFinalResult() {
    return encode(this.getFinalObject())
  }
}

module.exports = { ResultMultiWrapper, ResultWrapper }
