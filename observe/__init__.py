"""How an operator sees what the assistant does: request ids, logs, metrics. Knows nothing of careers, Rasa or HTTP."""
