import * as Api from '../../../generated/api/index.js'
import { pollMedia, type WorldPoll } from '../world/polls.js'
import { callerOf } from './input-peers.js'
import type { HandlerContext } from './context.js'
import { refuse } from './refuse.js'

const MAX_QUESTION = 255
const MAX_ANSWERS = 12
const MAX_ANSWER = 100
const MAX_OPTION_BYTES = 100
const MAX_SOLUTION = 200
/** The service says in its configuration how long a poll may be open; here it is a month. */
const MAX_PERIOD_SECONDS = 31 * 86_400

/**
 * @throws {RpcError} 400 POLL_QUESTION_INVALID, POLL_ANSWERS_INVALID, POLL_ANSWER_INVALID, POLL_OPTION_INVALID,
 * POLL_OPTION_DUPLICATE, QUIZ_...; MEDIA_INVALID, for a period or a solution that is none
 */
export function newPoll(
  { poll: given, correctAnswers, solution, solutionEntities }: Api.InputMediaPoll,
  context: HandlerContext,
): Api.MessageMediaPoll {
  const { question, publicVoters, multipleChoice, quiz, closePeriod, closeDate } = given
  const { world } = context
  const { length } = question.text
  if (length === 0 || length > MAX_QUESTION) refuse(400, 'POLL_QUESTION_INVALID')
  if (closePeriod !== undefined && (closePeriod <= 0 || closePeriod > MAX_PERIOD_SECONDS)) refuse(400, 'MEDIA_INVALID')
  const answers = answersOf(given.answers)
  const correct = new Set(quiz ? correctAnswers : [])
  if (solution !== undefined && solution.length > MAX_SOLUTION) refuse(400, 'MEDIA_INVALID')
  if (quiz) checkQuiz(correct, multipleChoice, answers.length)
  const poll: WorldPoll = {
    id: world.randomId(),
    creator: callerOf(context),
    asked: { question, publicVoters, multipleChoice, quiz, closePeriod },
    answers,
    correct,
    solution: solution === undefined ? undefined : { solution, solutionEntities: solutionEntities ?? [] },
    closed: given.closed,
    closeDate: closePeriod === undefined ? closeDate : undefined,
    votes: new Map(),
    places: [],
  }
  world.polls.set(poll.id, poll)
  return pollMedia(poll)
}

/** Answers that come without a name of their own get one. */
function answersOf(given: readonly Api.TypePollAnswer[]): Api.PollAnswer[] {
  if (given.length < 2 || given.length > MAX_ANSWERS) refuse(400, 'POLL_ANSWERS_INVALID')
  const answers = given.map((each, index) => {
    const { text } = each
    if (text.text.length === 0 || text.text.length > MAX_ANSWER) refuse(400, 'POLL_ANSWER_INVALID')
    const option = each instanceof Api.PollAnswer ? each.option : new TextEncoder().encode(`${index}`)
    if (option.length === 0 || option.length > MAX_OPTION_BYTES) refuse(400, 'POLL_OPTION_INVALID')
    return new Api.PollAnswer({ text, option })
  })
  if (new Set(answers.map(({ option }) => String(option))).size < answers.length) refuse(400, 'POLL_OPTION_DUPLICATE')
  return answers
}

function checkQuiz(correct: ReadonlySet<number>, multipleChoice: boolean, count: number): void {
  if (multipleChoice) refuse(400, 'QUIZ_MULTIPLE_INVALID')
  if (correct.size === 0) refuse(400, 'QUIZ_CORRECT_ANSWERS_EMPTY')
  if (correct.size > 1) refuse(400, 'QUIZ_CORRECT_ANSWERS_TOO_MUCH')
  if ([...correct].some((place) => place < 0 || place >= count)) refuse(400, 'QUIZ_CORRECT_ANSWER_INVALID')
}
