"""The assistant's custom actions: slots -> question -> answer -> text and payload. No SQL here."""
