### Questions about budgets.

question-title = Questions and answers
question-hub = What did residents ask about lines of budgets, and what did the offices answer?
question-lead = Questions about lines of budgets and the official answers of the offices.
question-about = Ask about any line. The answer of the office is pinned under the question.
question-none = Nobody has asked about this budget yet.
question-none-listed = There are no such questions. A question is asked on the page of a citizens' budget.
question-ask = Ask a question
question-line = About which line
question-body = Your question
question-body-hint = Everybody will see it. Leave personal data out.
question-send = Send the question
question-sign-in = Sign in to ask a question
question-all = All questions of this territory
question-by = { $name }, { $when }
question-answered-by = Official answer: { $office }, { $when }
question-waits = Waiting for an answer.
question-answer = Answer
question-answer-label = The answer in the name of the office; it replaces an earlier one
question-hidden = Hidden by a moderator on { $when }. Reason: { $reason }
question-asked = Your question is published. The answer will appear here.
question-answered = The answer is published.
question-filter = Which questions
question-state = Answer
question-state-all = All
question-state-open = Waiting
question-state-answered = Answered
