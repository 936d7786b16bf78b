"""How well expertise is found, against people's judgement and size."""
