"""What interview lessons ask of a story: the parts that their rubrics name."""
