"""The face in a terminal: words become arguments, an answer becomes a picture."""
