import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { propose, toHundredths } from '../../semantic/plan/index.ts'
import { planQuestions, runs } from './arbitrary.ts'
import { askSecond } from './second.ts'

it('proposals are those of a second implementation in Python, to the cent', async () => {
  const questions = fc.sample(planQuestions, { seed: runs.seed, numRuns: runs.numRuns })
  const asked = questions.map(({ season, workingDaysOf, people, ...question }) => {
    const months = [question.month, ...people.flatMap(({ history }) => history.map(({ month }) => month))]
    return {
      ...{ ...question, people },
      season: season.map(({ n, d }) => [String(n), String(d)]),
      days: Object.fromEntries(months.map((month) => [month, workingDaysOf(month)])),
    }
  })
  const second = z.array(z.array(z.number())).parse(await askSecond({ questions: asked }))
  const first = questions.map((question) =>
    propose(question).proposals.map(({ value }) => Number(toHundredths(value))),
  )
  expect(first, `seed ${runs.seed}`).toEqual(second)
})
