"""Rasa graph components: the gazetteer of the knowledge base and the sentence embeddings."""
