"""One module a publisher: each reads what a user downloads (or a package carries) and writes tables or facts."""
