### Conversation: answers, support, reports, my comments.

talk-order-label = Order of the comments
talk-order-newest = Newest first
talk-order-supported = Most supported first
talk-order-official = With an official answer first
comment-answer = Answer
comment-open = Open the comment
comment-support-on = I support this
comment-support-off = Withdraw my support
comment-support-count =
    { $n ->
        [0] Nobody supports it yet
        [one] { $n } person supports it
       *[other] { $n } people support it
    }
comment-edited-at = changed { $when }
comment-removed-at = The author took this comment back on { $when }.
comment-hidden-code = A moderator hid this comment ({ $when }). Rule: { $code }. Reason: { $reason }
comment-waiting-tag = Waits for a check
comment-waiting = Only you see the comment until a moderator has looked at it.
comment-more-replies =
    { $n ->
        [one] { $n } more answer
       *[other] { $n } more answers
    }
comment-page-title = Comment: { $about }
comment-back = Back to all comments
comment-answer-title = Answer
comment-answer-label = Your answer
comment-answer-submit = Publish the answer
comment-edit-title = Correct the words
comment-edit-hint = The words can be changed for { $minutes } minutes after publication. The change will be marked.
comment-edit-submit = Save the change
comment-edit-late = More than { $minutes } minutes have passed, so the words can no longer be changed. You can take the comment back and write a new one.
comment-remove-title = Take the comment back
comment-remove-text = The words will be gone for good; a mark stays in their place. Answers stay.
comment-remove-submit = Take the comment back
comment-remove-confirm = Take the comment back? The words cannot be restored.
comment-pin-on = Pin to the top
comment-pin-off = Unpin
comment-report-title = Report a breach of the rules
comment-report-text = A moderator will look at the report. The author does not see your name.
comment-report-reason = Which rule is broken
comment-report-choose = Choose from the list
comment-report-words = Explanation
comment-report-submit = Report
comment-reported-already = You have reported this comment already. A moderator will look at it.
comment-blocked = A moderator has barred you from writing in this territory. The page “My comments” tells until when and why.
comment-too-often = At most { $max } comments an hour can be written. Please try again later.
comment-waits = Your comment is saved. It appears once a moderator has looked at it; the page “My comments” shows how it stands.
comment-edited = The change is saved.
comment-removed = Your comment was taken back.
comment-supported = You support the comment.
comment-withdrawn = Your support is withdrawn.
comment-reported = Thank you. A moderator will look at your report.
talk-line-title = Conversation about the line “{ $line }”: { $place }, { $year }
talk-line-lead = Comments on this line of the budget. Official answers stand first.
talk-line-back = Back to the budget in plain words
talk-lines-title = Conversations about the lines of the budget
talk-lines-text = You can say something about each line and read what others say.
talk-lines-show = List of the lines
my-comments-title = My comments
my-comments-lead = What you wrote, and what moderators decided about it.
my-comments-none = You have not written any comment yet.
my-comments-projects = To the projects
comment-not-yours = This comment is not yours.
comment-closed = A comment that is hidden or taken back cannot be changed.
comment-own-support = You cannot support your own comment.
comment-own-report = You cannot report your own comment; you can take it back.
