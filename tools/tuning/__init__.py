"""Tunes the sentence embeddings to this domain: questions that one statement answers move together, others apart.

Run it by hand (`python -m tools.tuning`) when the questions in knowledge/asked/ have changed a lot; a new question
needs no tuning to be found. Method: contrastive learning with in-batch negatives (van den Oord et al. 2018, InfoNCE;
Henderson et al. 2017) on the encoder's layers; the word embeddings stay as they are.
"""
