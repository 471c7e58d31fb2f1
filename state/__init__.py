"""What Waymark keeps of its users: conversations, feedback, talks with a person, gaps. Imports no Rasa."""
