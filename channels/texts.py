"""What the channels themselves say to students and staff. Answers are worded in actions/ and domain.yml."""

from __future__ import annotations

MASKED = (
    "I took out what looked like a personal number, date or address before reading your message. Please leave such "
    "details out: I don't need them."
)
PERSON_CHAT = (
    "I have passed this on to {contact}. Somebody will answer here as soon as they can; if you leave, they can write "
    "to the e-mail address that you gave. What you write from now on goes to them and not to me. You can end this at "
    "any time."
)
PERSON_EMAIL = (
    "I am passing this on to {contact}. They will write to the e-mail address that you gave. Meanwhile you can go on "
    "asking me."
)
ENDED_STAFF = "The talk with a person has ended. You can ask me again."
ENDED_STUDENT = "You have ended the talk with a person. You can ask me again."
OVERDUE = "I am sorry: nobody could take up your question so far. Please ask {contact}. You can ask me again, too."
NO_PERSON = "Questions are not passed on to a person here. Please ask {contact}."
NOTICE = (
    "You are talking to a program. What you write here is deleted {days} days after you last used it. Please leave out "
    "personal details such as ID numbers. You can download or delete the conversation at any time."
)

MAIL_SUBJECT = "A student asks for a person"
MAIL_BODY = """A student asks for a person in the career assistant{school}.

Name:      {name}
E-mail:    {email}
Question:  {question}
Asked:     {created}

Answer by replying to this message: it goes to the student's address.
{transcript}
The student agreed that you get these details for this answer. Delete this message when you no longer need it: the
assistant deletes its own copy after {days} days without use, and at once when the student asks for it.
"""
MAIL_TRANSCRIPT = """
What was said so far (the student agreed that you read it):

{lines}
"""
MAIL_NO_TRANSCRIPT = """
The student did not share the conversation.
"""

SPEAKERS = {"user": "Student", "assistant": "Assistant", "staff": "Staff", "notice": "Note"}
EXPORT_TITLE = "Conversation with the career assistant{school}"
EXPORT_NOTE = "All times are UTC. Session {session}, begun {started}, exported {exported}."
EXPORT_FEEDBACK = "You said about the answer {answer_id}: {said}{comment}"
EXPORT_PERSON = "You asked for a person on {created} (name: {name}; e-mail: {email}; question: {question})."
