### Ratings, comments, moderation.


## Ratings

rating-title = Residents’ rating
rating-question = How do you rate this project?
rating-value-1 = 1, very poor
rating-value-2 = 2, poor
rating-value-3 = 3, fair
rating-value-4 = 4, good
rating-value-5 = 5, excellent
rating-submit = Rate
rating-change = Change the rating
rating-yours = Your rating: { $value }. You can change it at any time.
rating-saved = Your rating is counted.
rating-mean = Average rating { $mean } of 5
rating-none = Nobody has rated it yet. Yours can be the first.
rating-votes =
    { $n ->
        [one] { $n } vote
       *[other] { $n } votes
    }
rating-distribution = How the votes are spread
rating-sign-in = Sign in to rate.
rating-residents-only = Only residents rate projects.
rating-one-person = One person has one vote on each project.

## Comments

comments-title = Comments
comments-count =
    { $n ->
        [0] No comments
        [one] { $n } comment
       *[other] { $n } comments
    }
comments-none = There are no comments yet. Be the first to say what you think.
comment-label = Your comment
comment-hint = At most { $max } characters. Your name is shown next to it.
comment-submit = Post the comment
comment-posted = Your comment is posted.
comment-sign-in = Sign in to comment.
comment-official = Official reply
comment-by = { $name }, { $when }
comment-hidden = A moderator hid this comment ({ $when }). Reason: { $reason }
comment-older = Earlier comments
comment-newer = Later comments

## Moderation

moderation-title = Moderation
moderation-intro = A comment stays if it is polite and to the point. If you hide it, everybody sees the reason.
moderation-queue = Latest comments
moderation-queue-empty = There are no new comments.
moderation-hide = Hide
moderation-show = Show again
moderation-reason = Reason for hiding
moderation-reason-hint = For example: personal data, insult, advertising. The reason is shown in place of the comment.
moderation-hidden = The comment is hidden.
moderation-shown = The comment is visible again.
moderation-original = Hidden text (visible to moderators only)
