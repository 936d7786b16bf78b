"""Facts that the rules about results are asked with."""
